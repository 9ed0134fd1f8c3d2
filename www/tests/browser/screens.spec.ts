import { expect, test } from "./page.ts";

const ASKED = "scope=openid+profile+email+offline_access&prompt=consent&grant=openid+profile";

test("the consent screen says what is new, what is not, and that access goes on", async ({ playground, page }) => {
  await playground.open(ASKED);
  const screen = page.getByRole("group", { name: "The screen as Alice sees it" });
  await expect(screen.getByRole("heading")).toHaveText("photos.example asks Alice for");
  await expect(screen.locator(".scopes li")).toHaveText([/openid.*already granted/, /profile.*already granted/, /email.*new/, /offline_access.*new/]);
  await expect(screen.getByText("Also while Alice is away: offline access")).toBeVisible();
  await expect(screen.getByText(/^Shown because the request asks for the screen/)).toBeVisible();
  await expect(screen.getByRole("button", { name: "Approve" })).toHaveAttribute("aria-pressed", "true");
});

test("the person answers on the screen", async ({ playground, page }) => {
  await playground.open(ASKED);
  await playground.button("Deny");
  await expect(playground.answer).toHaveText("Alice is asked and refuses. photos.example gets the error access_denied and no token.");
  await expect(page.locator(".location")).toContainText("error=access_denied");
  await playground.button("Approve");
  await expect(playground.answer).toContainText("a refresh token that outlives the session");

  await page.getByLabel("Keep access while you are away").uncheck();
  await expect(playground.answer).toHaveText("Alice is asked and approves a part. photos.example gets an access token for one hour and no refresh token.");
  await expect(playground.because).toHaveText("Offline access is not part of what was granted.");
  await expect(page.locator(".granted")).toContainText("offline_access (not granted)");
  await expect(page.locator(".granted")).toContainText("The client is told");
  expect(await playground.fragment()).toContain("consent=some&consent.scope=openid+profile+email");
  await page.getByLabel("Keep access while you are away").check();
  expect(await playground.fragment()).toBe(ASKED);
});

test("the box to remember the answer", async ({ playground, page }) => {
  await playground.open("profile=aol&scope=openid+profile");
  await page.getByLabel("Remember my answer").check();
  expect(await playground.fragment()).toContain("consent.remember=true");
  await playground.open("profile=google-2011&scope=profile");
  await expect(page.getByLabel("Remember my answer")).toHaveCount(0);
});

test("several screens are a walk", async ({ playground, page }) => {
  await playground.open("scope=openid+profile&prompt=login+consent+select_account&session.accounts=2");
  const walk = page.getByRole("list", { name: "The screens in their order" });
  await expect(walk.getByRole("button")).toHaveText(["1 chooses an account", "2 signs in again", "3 is asked and approves"]);
  await expect(walk).toContainText("then back to photos.example");
  await walk.getByRole("button", { name: "chooses an account" }).click();
  await page.getByRole("button", { name: "Chooses nothing" }).click();
  await expect(playground.answer).toContainText("gets the error account_selection_required");
  await page.getByRole("button", { name: "Bob" }).click();
  await walk.getByRole("button", { name: "signs in again" }).click();
  await page.getByLabel("User", { exact: true }).selectOption("Bob");
  await expect(playground.answer).toContainText("Bob chooses an account, signs in again, then is asked and approves.");
  await page.getByRole("button", { name: "Cannot sign in" }).click();
  await expect(playground.answer).toContainText("gets the error login_required");
});

test("the two lanes and the exact redirect", async ({ playground, page }) => {
  await playground.open("scope=openid+profile+offline_access&prompt=consent");
  await expect(page.getByRole("region", { name: "Through the browser" }).getByRole("listitem")).toHaveText([/code/]);
  await expect(page.getByRole("region", { name: "Over the back channel" }).getByRole("listitem")).toHaveText([/access token/, /ID Token/, /refresh token/]);
  await expect(page.locator(".location")).toHaveText("Location: https://photos.example/callback?code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj");
  await playground.open("response_type=id_token+token&scope=openid&nonce=n");
  await expect(page.getByRole("region", { name: "Through the browser" }).getByRole("listitem")).toHaveText([/access token/, /ID Token/]);
  await expect(page.locator(".location")).toContainText("callback#");
  await playground.open("scope=openid&response_mode=form_post");
  await expect(page.locator(".location")).toContainText("A page that posts to https://photos.example/callback");
  await expect(page.locator(".location li")).toHaveText([/^code=/, /^state=/]);
});

test("why: rules in order, each with its strength and its sources", async ({ playground, page }) => {
  await playground.open();
  const rules = page.locator(".trace > li");
  await expect(rules.nth(1)).toContainText("Consent to everything is on record, so no page is needed. MAY");
  // The sources come after the answer.
  await playground.whole();
  for (const link of await page.locator(".trace a").all()) {
    await expect(link).toHaveAttribute("href", /^https:\/\//);
    await expect(link).toHaveAttribute("rel", /noopener/);
  }
  await page.getByText("The whole decision as JSON").click();
  expect(JSON.parse(await page.locator(".redirect pre").innerText())).toMatchObject({ outcome: "issue" });
});
