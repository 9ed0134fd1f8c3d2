import { GALLERY } from "../../src/gallery.ts";
import { STORIES } from "../../src/story.ts";
import { expect, test } from "./page.ts";

/** What each story shows, to the letter: the engine decides, and the page must say it. */
const ANSWERS: Readonly<Record<string, string>> = {
  "returning-user": "Alice sees no screen. photos.example gets an access token for one hour and no refresh token.",
  "one-button": "Alice signs in, then is asked and approves. photos.example gets an access token for one hour and a refresh token that outlives the session.",
  "upgrade": "Alice sees no screen. photos.example gets an access token for one hour and no refresh token.",
  "leaked-database": "Alice is asked and approves. photos.example gets an access token for one hour and a refresh token that outlives the session.",
  "proxied-sign-in": "Alice sees no screen. maps.example gets an access token for one hour and a refresh token that ends with the session.",
  "forgotten-prompt": "Alice sees no screen. photos.example gets an access token for one hour and no refresh token.",
  "payroll": "Alice sees no screen. payroll.example gets an access token for one hour and a refresh token that outlives the session.",
  "single-page-app": "Alice is asked and approves. notes.example gets an access token for one hour and a refresh token that ends with the session.",
  "incremental": "Alice is asked and approves. photos.example gets an access token for one hour and a refresh token that outlives the session.",
  "native-app": "Alice is asked and approves. photos-app gets an access token for one hour and a refresh token that outlives the session.",
  "implicit": "Alice is asked and approves. photos.example gets an access token in the browser for one hour and no refresh token.",
  "denied": "Alice is asked and refuses. photos.example gets the error access_denied and no token.",
};

test("the page opens on a decision", async ({ playground, page }) => {
  await playground.open();
  await expect(playground.answer).toHaveText(ANSWERS["returning-user"] as string);
  await expect(playground.because).toHaveText("access_type=offline is set aside: the user was not asked, because consent was on record.");
  await expect(page.getByText("Nothing is shown")).toBeVisible();
  await expect(page).toHaveTitle("No screen, no refresh token · Grantwise");
});

for (const story of GALLERY) {
  test(`story: ${story.title}`, async ({ playground, page }) => {
    await playground.open();
    await playground.button("Stories");
    await page.getByRole("dialog").getByRole("button", { name: story.title }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(page.locator(".asks")).toHaveText(story.question);
    await expect(playground.answer).toHaveText(ANSWERS[story.id] as string);

    // The same by its link alone.
    await playground.open(story.fragment);
    await expect(page.locator(".kicker")).toContainText(story.title);
    await expect(playground.answer).toHaveText(ANSWERS[story.id] as string);
    await expect(page.locator(".notes")).toHaveCount(0);
  });
}

test("there are as many stories as are announced", () => {
  expect(GALLERY).toHaveLength(STORIES);
});

test("through the stories, forwards and backwards", async ({ playground, page }) => {
  await playground.open();
  await playground.button("Next story");
  await expect(page.locator(".kicker")).toHaveText(`Story 2 of 12: ${GALLERY[1]?.title}`);
  await playground.button("Previous");
  await playground.button("Previous");
  await expect(page.locator(".kicker")).toHaveText(`Story 12 of 12: ${GALLERY[11]?.title}`);
  await playground.choice("What Alice answers on the consent screen").selectOption("approves");
  // The question stays while one tries what would answer it, and the way back is there.
  await expect(page.locator(".kicker")).toContainText(`Story 12 of 12: ${GALLERY[11]?.title}, changed.`);
  await expect(page.locator(".asks")).toHaveText(GALLERY[11]?.question ?? "");
  await playground.button("Back to the story as it was");
  await expect(page.locator(".kicker")).toHaveText(`Story 12 of 12: ${GALLERY[11]?.title}`);
  await playground.url.fill("https://as.example/authorize?response_type=code&client_id=another&scope=openid");
  await expect(page.locator(".kicker")).toHaveText("Your own request");
});

test("the second story is told of the newcomer and of who comes back", async ({ playground, page }) => {
  await playground.open(GALLERY[1]?.fragment);
  await expect(playground.answer).toContainText("a refresh token that outlives the session");
  await playground.button("Alice, who comes back");
  await expect(playground.answer).toHaveText("Alice signs in. photos.example gets an access token for one hour and no refresh token.");
  await expect(page.locator(".kicker")).toHaveText(`Story 2 of 12: ${GALLERY[1]?.title}`);
  await expect(page.locator(".asks")).toHaveText(GALLERY[1]?.question ?? "");
  await expect(page.getByRole("button", { name: "Alice, who comes back" })).toHaveAttribute("aria-pressed", "true");
});

test("the third story does not answer its question, and the fourth does not call a second time the first", async ({ playground, page }) => {
  await playground.open(GALLERY[2]?.fragment);
  await expect(playground.url).not.toHaveValue(/prompt/);
  await playground.url.fill(`${await playground.url.inputValue()}&prompt=force`);
  await expect(playground.answer).toContainText("a refresh token that outlives the session");
  await expect(page.locator(".asks")).toHaveText(GALLERY[2]?.question ?? "");
  await playground.open(GALLERY[3]?.fragment);
  await expect(page.locator(".screen")).toContainText("the earlier approval was revoked");
  await expect(page.locator(".screen")).not.toContainText("first time");
  await page.getByRole("combobox", { name: "What became of that approval" }).selectOption("it was not kept");
  await expect(page.locator(".screen")).toContainText("the earlier approval was not kept");
});
