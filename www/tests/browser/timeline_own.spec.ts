import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./page.ts";

async function open(page: Page, fragment: string): Promise<void> {
  await page.goto("about:blank");
  await page.goto(`./#${fragment}`);
  await expect(page.locator(".timeline main")).toBeVisible();
}
const form = (page: Page): Locator => page.getByRole("form", { name: "Add a step" });
const fragment = (page: Page): Promise<string> => page.evaluate(() => location.hash.slice(1));
const choose = (page: Page, label: string, value: string) => form(page).getByLabel(label, { exact: true }).selectOption(value);
const add = (page: Page) => form(page).getByRole("button", { name: /^Add step/ }).click();
const steps = (page: Page): Locator => page.locator(".tl-story > ol > li");

test("a scenario of one's own, from nothing, and its link", async ({ page, complaints: _ }) => {
  await open(page, "view=timeline");
  await page.getByText("Go on from here, or begin your own").click();
  await page.getByRole("button", { name: "Begin with nothing" }).click();
  await expect(page.locator(".tl-empty")).toBeVisible();
  // Only what exists is offered: there is no code yet.
  await expect(form(page).getByRole("option", { name: "exchanges a code" })).toHaveCount(0);
  await choose(page, "For", "offline access, by offline_access and prompt=consent");
  await add(page);
  await expect(steps(page)).toHaveCount(1);
  await choose(page, "What happens next", "exchanges a code");
  await expect(form(page).getByLabel("With", { exact: true }).getByRole("option")).toHaveText(["CODE1, code"]);
  await add(page);
  await choose(page, "What happens next", "The user signs out");
  await add(page);
  await choose(page, "What happens next", "time passes");
  await choose(page, "How long", "90 days");
  await add(page);
  await choose(page, "What happens next", "refreshes");
  await add(page);
  await expect(steps(page)).toHaveCount(5);
  await expect(page.locator(".tl-at")).toHaveText("Step 5 of 5");
  const link = await fragment(page);
  expect(link).toBe("view=timeline&scenario=own&profile=keycloak&do=authorize?scope=openid+profile+offline_access;prompt=consent&do=exchange?code=CODE1&do=logout&do=advance_clock?seconds=7776000&do=refresh?refresh_token=RT1&step=5");
  await open(page, link);
  await expect(steps(page)).toHaveCount(5);
  await expect(page.locator(".tl-times text")).toHaveText("90 d");
  // The profile of the story that was there stays, and its tokens last thirty days without use.
  await expect(page.locator(".tl-now")).toContainText("refused: invalid_grant");
});

test("a story goes on, steps are removed, and what is missing then is said in words", async ({ page, complaints: _ }) => {
  await open(page, "view=timeline&scenario=stolen");
  await page.getByText("Go on from here, or begin your own").click();
  await choose(page, "What happens next", "The user changes the password");
  await add(page);
  await expect(page.locator(".kicker")).toContainText("Your own, begun from scenario");
  await expect(steps(page)).toHaveCount(7);
  await form(page).getByRole("button", { name: "Remove the last one" }).click();
  await expect(steps(page)).toHaveCount(6);
  await page.getByRole("button", { name: "Remove step 2" }).click();
  await expect(steps(page)).toHaveCount(5);
  await expect(steps(page).nth(1)).toContainText("There is no refresh token RT1 under this profile");
  await page.goBack();
  await expect(steps(page)).toHaveCount(6);
  await form(page).getByRole("button", { name: "Back to the scenario as it was" }).click();
  expect(await fragment(page)).toBe("view=timeline&scenario=stolen");
});

test("a step of one's own goes up and down by its buttons and by keys", async ({ page, complaints: _ }) => {
  await open(page, "view=timeline&scenario=own&profile=aol&do=authorize?scope=openid&do=exchange?code=CODE1&do=logout");
  await page.getByRole("button", { name: "Move step 3 up" }).click();
  await expect(page.getByRole("button", { name: "Move step 2 up" })).toBeFocused();
  await expect(steps(page).nth(1)).toContainText("The user signs out");
  await expect(page.locator("#announcement")).toContainText("Step 3 is now step 2. Step 2 of 3.");
  expect(await fragment(page)).toBe("view=timeline&scenario=own&profile=aol&do=authorize?scope=openid&do=logout&do=exchange?code=CODE1&step=2");
  await page.keyboard.press("Alt+ArrowDown");
  await expect(steps(page).nth(2)).toContainText("The user signs out");
  await expect(page.getByRole("button", { name: "Move step 3 down" })).toHaveAttribute("aria-disabled", "true");
  // A story that is not one's own stays as it is told.
  await open(page, "view=timeline&scenario=stolen");
  await expect(steps(page).first()).toBeVisible();
  await expect(page.getByRole("button", { name: /^Move step/ })).toHaveCount(0);
});

test("a request of one's own; the person refuses; the world is another", async ({ page, complaints: _ }) => {
  await open(page, "view=timeline&scenario=own");
  await page.getByRole("combobox", { name: "Kind of client" }).selectOption("installed app");
  await page.getByRole("combobox", { name: "Session at first" }).selectOption("not signed in");
  await page.getByRole("combobox", { name: "Profile", exact: true }).selectOption("google");
  await form(page).getByLabel("As the parameters of the request").fill("https://accounts.example/auth?client_id=x&scope=openid+email&access_type=offline");
  await choose(page, "Asked, the user", "refuses");
  await page.keyboard.press("Enter");
  await add(page);
  await expect(page.locator(".tl-now")).toContainText("access_denied");
  expect(await fragment(page)).toContain("profile=google&client=native&session=none&do=authorize?scope=openid+email;access_type=offline;person.consent=denied");
});

test("what is no request is said, and a pasted secret is not kept", async ({ page, complaints: _ }) => {
  await open(page, "view=timeline&scenario=own");
  const query = form(page).getByLabel("As the parameters of the request");
  await query.fill("please");
  await add(page);
  await expect(form(page).getByRole("alert")).toContainText("Write the request as parameters");
  await query.fill("scope=openid&client_secret=hush-hush");
  await add(page);
  await expect(steps(page)).toHaveCount(1);
  await expect(page.getByRole("note")).toContainText("client_secret was removed");
  expect(await page.content()).not.toContain("hush-hush");
  expect(await query.inputValue()).not.toContain("hush");
  // The warning ends with the next change.
  await page.getByRole("button", { name: "Remove the last one" }).click();
  await expect(page.getByRole("note")).toHaveCount(0);
  await open(page, "view=timeline&do=refresh?refresh_token=1//0gRealToken&do=logout");
  await expect(page.getByRole("note")).toContainText("refresh_token was removed");
  expect(await fragment(page)).toBe("view=timeline&do=logout");
});

test("only tokens that exist are offered, under either profile", async ({ page, complaints: _ }) => {
  await open(page, "view=timeline&scenario=own&with=aol&do=authorize?scope=openid&do=exchange?code=CODE1");
  await choose(page, "What happens next", "revokes a token");
  await expect(form(page).getByLabel("With", { exact: true }).getByRole("option")).not.toHaveCount(0);
  await choose(page, "What happens next", "calls the API");
  await expect(form(page).getByLabel("With", { exact: true }).getByRole("option")).toHaveText(["AT1, access token"]);
});
