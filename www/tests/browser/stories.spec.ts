import { GALLERY } from "../../src/gallery.ts";
import { expect, test } from "./page.ts";

/** What each story shows, to the letter: the engine decides, and the page must say it. */
const ANSWERS: Readonly<Record<string, string>> = {
  "returning-user": "Alice sees no screen. photos.example gets an access token for one hour and no refresh token.",
  "one-button": "Alice signs in, then is asked and approves. photos.example gets an access token for one hour and a refresh token that outlives the session.",
  "upgrade": "Alice is asked and approves. photos.example gets an access token for one hour and a refresh token that outlives the session.",
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

test("through the stories, forwards and backwards", async ({ playground, page }) => {
  await playground.open();
  await playground.button("Next story");
  await expect(page.locator(".kicker")).toHaveText(`Story 2 of 12: ${GALLERY[1]?.title}`);
  await playground.button("Previous");
  await playground.button("Previous");
  await expect(page.locator(".kicker")).toHaveText(`Story 12 of 12: ${GALLERY[11]?.title}`);
  await playground.choice("What Alice answers on the consent screen").selectOption("approves");
  await expect(page.locator(".kicker")).toHaveText(`Your own, begun from story 12: ${GALLERY[11]?.title}`);
});
