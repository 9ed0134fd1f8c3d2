import { axeFindsNothing } from "./looks.ts";
import { expect, test } from "./page.ts";

/** No screen and no refresh token, because of what was approved before and one knob. */
const AUTO = "profile=google-2012&scope=openid+profile&access_type=offline&grant=openid+profile";

test("the engine that knows all situations is fetched when it is asked for, and not before", async ({ playground, page }) => {
  const fetched: string[] = [];
  page.on("request", (request) => { if (request.url().includes("explore")) fetched.push(request.url()); });
  await playground.open(AUTO);
  await expect(page.locator(".trace > li")).not.toHaveCount(0);
  await page.getByText("change it", { exact: true }).click();
  await expect(page.getByLabel("Find a question")).toBeVisible();
  expect(fetched).toEqual([]);
  await page.locator("#why-summary").click();
  await expect(page.locator(".sentences > li").first()).toContainText("The user sees no consent page because");
  expect(fetched.filter((url) => url.endsWith(".wasm")).length).toBe(1);
});

test("why: a fact marks its field, and the field marks the sentences that rest on it", async ({ playground, page }) => {
  await playground.open(AUTO);
  await playground.button("Why, in full");
  const sentence = page.locator(".sentences > li").first();
  const fact = sentence.getByRole("link", { name: "everything that is asked for beside offline and online access was granted before" });
  await fact.hover();
  await expect(playground.chip("scope")).toHaveAttribute("data-pointed", "");
  // Whatever comes to lie under a pointer at rest would be pointed at.
  await page.mouse.move(0, 0);
  await sentence.getByText(/facts that it also needs/).click();
  await page.mouse.move(0, 0);
  await sentence.getByRole("link", { name: "the user granted this client access before" }).focus();
  await expect(page.locator(".glue", { has: page.locator("#inline-grant") })).toHaveAttribute("data-marked", "");
  // Who points at another one marks that, and what has the focus is marked again as soon as nothing is pointed at.
  const focused = page.locator(".glue", { has: page.locator("#inline-grant") });
  await fact.hover();
  await expect(focused).not.toHaveAttribute("data-marked");
  await page.mouse.move(0, 0);
  await expect(focused).toHaveAttribute("data-marked", "");
  await page.locator("#why-summary").focus();
  await expect(page.locator("[data-marked]")).toHaveCount(0);
  // The focus scrolls, and the pointer would come to lie over something else.
  await page.mouse.move(0, 0);
  await playground.chip("scope").focus();
  await expect(sentence).toHaveAttribute("data-marked", "");
  await page.locator("#inline-consent").focus();
  await expect(sentence).toHaveAttribute("data-marked", "also");
});

test("why: a knob leads to its question, and choosing another answer there changes the sentences", async ({ playground, page }) => {
  await playground.open(AUTO);
  await playground.button("Why, in full");
  const sentence = page.locator(".sentences > li").filter({ hasText: "The client gets no refresh token" });
  await sentence.getByRole("link", { name: "refresh_token_on_auto_approval = never" }).click();
  const knob = page.getByRole("group", { name: "Is a refresh token returned when no screen was shown?" });
  await expect(knob.getByRole("radio", { checked: true })).toBeFocused();
  await expect(knob).toContainText("It matters to this request.");
  await knob.getByRole("radio", { name: /always/ }).check();
  await expect(page.locator(".sentences > li", { hasText: "refresh token" }).first()).not.toContainText("The client gets no refresh token");
  await expect(playground.answer).toContainText("a refresh token that outlives the session");
});

test("why: a page that was shown has its reason, too, and sources stand behind their number", async ({ playground, page }) => {
  await playground.open("profile=keycloak&scope=openid+offline_access&prompt=consent");
  await playground.button("Why, in full");
  const sentences = page.locator(".sentences > li");
  await expect(sentences.first()).toContainText("The user is asked for consent because the request asks for it");
  await expect(sentences.nth(1)).toContainText("The user was asked and approved because the user approved");
  await expect(sentences.filter({ hasText: "The client gets a refresh token that survives the session because" })).toHaveCount(1);
  await expect(sentences.first().locator("a").first()).toBeHidden();
  await sentences.first().getByText(/^\d+ sources?$/).click();
  await expect(sentences.first().locator("a").first()).toBeVisible();
});

test("why: a parameter that is not sent leads to its line in the form, by the keyboard alone", async ({ playground, page }) => {
  await playground.open(AUTO);
  await page.keyboard.press("w");
  await expect(page.locator("#why-summary")).toBeFocused();
  const fact = page.locator(".sentences").getByRole("link", { name: "prompt does not contain force" }).first();
  await expect(fact).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(fact).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#parameter-prompt")).toBeFocused();
});

test("make it come: a button does it, says what moved, and Undo takes it back", async ({ playground, page }) => {
  await playground.open(AUTO);
  const before = await playground.fragment();
  await playground.button("What would change it?");
  await expect(page.getByLabel("What is wanted")).toHaveValue("refresh_token");
  const way = page.locator(".ways > li").filter({ has: page.getByRole("button", { name: "prompt contains force", exact: true }) });
  await expect(way).toContainText("the client's developer");
  await expect(way).toContainText("The server then also shows the consent page");
  await playground.stopTheClock();
  await way.getByRole("button").click();
  await page.clock.runFor(100);
  await expect(playground.chip("prompt")).toHaveAttribute("data-moved", "");
  await expect(playground.answer).toContainText("Alice is asked and approves.");
  await expect(playground.answer).toContainText("a refresh token");
  await expect(page.locator(".done")).toContainText("Done: prompt contains force.");
  await expect(page.locator(".reached")).toContainText("It is so already.");
  await expect(page.getByRole("button", { name: "Undo" })).toBeFocused();
  await playground.button("Undo");
  await expect(playground.answer).toContainText("no refresh token");
  await expect(page.locator(".done")).toHaveCount(0);
  expect(await playground.fragment()).toBe(before);
});

test("make it come: every way that is offered reaches the goal", async ({ playground, page }) => {
  test.slow();
  await playground.open(AUTO);
  await playground.button("What would change it?");
  await page.getByText(/more ways?$/).click();
  const buttons = page.locator(".ways > li > button");
  const count = await buttons.count();
  expect(count).toBeGreaterThan(8);
  for (let at = 0; at < count; at += 1) {
    await buttons.nth(at).click();
    await expect(page.locator(".reached")).toBeVisible();
    await expect(playground.answer).toContainText("a refresh token that");
    await playground.button("Undo");
    await expect(playground.answer).toContainText("no refresh token");
    if (at < count - 1 && !(await buttons.nth(at + 1).isVisible())) await page.getByText(/more ways?$/).click();
  }
});

test("make it come: other goals, and the rules that stand in the way where nothing reaches one", async ({ playground, page }) => {
  await playground.open("scope=openid+profile&prompt=consent");
  await playground.button("What would change it?");
  const goal = page.getByLabel("What is wanted");
  await expect(goal).toHaveValue("no_consent_screen");
  await page.locator(".ways").getByRole("button").first().click();
  await expect(playground.answer).toContainText("Alice sees no screen.");
  await playground.follow("scope=openid+profile&client.known=false");
  await goal.selectOption("a refresh token that survives logout");
  await expect(page.locator(".make-it")).toContainText("Nothing reaches it:");
  await expect(page.locator(".blocked > li")).not.toHaveCount(0);
});

test("where two profiles differ: by cause, by kind, each with an example that differs", async ({ playground, page }) => {
  test.setTimeout(120_000);
  await playground.open();
  await page.locator("#differ-summary").click();
  await page.getByLabel("Compare", { exact: true }).selectOption("OpenID Connect Core 1.0, section 11");
  await page.getByLabel("with", { exact: true }).selectOption("Microsoft Entra ID");
  await playground.button("Compare");
  const cause = page.locator(".cause").filter({ hasText: "offline_without_consent" });
  await expect(cause).toBeVisible({ timeout: 90_000 });
  await expect(cause).toContainText("What becomes of offline_access without prompt=consent");
  const all = await page.locator(".differences > li").count();
  await page.getByLabel("Show", { exact: true }).selectOption({ label: (await page.locator("#differ-kind option").filter({ hasText: "the refresh token" }).textContent()) ?? "" });
  expect(await page.locator(".differences > li").count()).toBeLessThan(all);
  const difference = cause.locator(".differences > li").filter({ hasText: "gives an offline refresh token" }).filter({ hasText: "gives no refresh token" }).first();
  await difference.locator("summary").click();
  await difference.getByRole("button", { name: "Example under openid-core" }).first().click();
  await expect(playground.answer).toContainText("no refresh token");
  await difference.getByRole("button", { name: "Example under microsoft-entra" }).first().click();
  await expect(playground.answer).toContainText("a refresh token");
  await expect(playground.answer).not.toContainText("no refresh token");
  await expect(playground.choice("Policy")).toHaveValue("microsoft-entra");
});

test("a policy and its changed knob: nothing else is named as the cause", async ({ playground, page }) => {
  test.setTimeout(120_000);
  await playground.open("profile=openid-core&policy.refresh_token_rotation=all");
  await page.locator("#differ-summary").click();
  await playground.button("Compare");
  await expect(page.locator(".cause > summary code").first()).toBeVisible({ timeout: 90_000 });
  expect(new Set(await page.locator(".cause > summary code").allTextContents())).toEqual(new Set(["refresh_token_rotation"]));
});

test("a comparison is cancelled, and the page goes on", async ({ playground, page }) => {
  // Nothing comes of it before it is cancelled: the engine's file waits.
  await page.route(/grantwise_explore.*\.wasm$/, () => undefined);
  await playground.open();
  await page.locator("#differ-summary").click();
  await playground.button("Compare");
  await expect(page.getByRole("progressbar", { name: "Comparing every situation" })).toBeVisible();
  await playground.choice("Policy").selectOption("AOL, 2012");
  await expect(playground.answer).toContainText("a refresh token that ends with the session");
  await playground.button("Cancel");
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Compare", exact: true })).toBeVisible();
});

test("all profiles at a glance: rows come one by one, can be stopped, and each opens its differences", async ({ playground, page }) => {
  test.setTimeout(240_000);
  await playground.open("profile=openid-core&policy.refresh_token_rotation=all&scope=openid");
  await page.locator("#differ-summary").click();
  const glance = page.getByRole("region", { name: "All profiles at a glance" });
  await glance.getByRole("button", { name: "Compare OpenID Connect Core 1.0, section 11, changed with every profile" }).click();
  const rows = glance.locator("tbody tr");
  await expect(rows.nth(2)).toBeVisible({ timeout: 90_000 });
  await expect(glance.getByRole("progressbar", { name: /^Compared with \d+ of 35 profiles$/ })).toBeVisible();
  await glance.getByRole("button", { name: "Stop" }).click();
  await expect(glance.getByText(/^Stopped: \d+ of 35 profiles were compared\.$/)).toBeVisible();
  await expect(page.locator("#announcement")).toContainText("What was found stays.");
  const row = rows.nth(2);
  const numbers = (await row.locator("td").allInnerTexts()).map((text) => Number(text.replace("=", "0")));
  const all = numbers.reduce((sum, one) => sum + one, 0);
  await expect(row).toContainText(`${all} differences`);
  await row.getByRole("button").click();
  await expect(page.locator(".cause").first()).toBeVisible({ timeout: 90_000 });
  await expect(page.getByLabel("with", { exact: true })).toHaveValue("smart-app-launch");
  // What the row said is what the list says.
  await expect(page.locator(".differ")).toContainText(`${all} differences between OpenID Connect Core 1.0, section 11, changed and HL7 SMART App Launch`);
  const listed = (await page.locator("#differ-kind option").allTextContents()).slice(1).map((text) => Number(/\((\d+)\)$/.exec(text)?.[1]));
  expect(listed).toEqual(numbers.filter((number) => number > 0));
});

test("what people call things finds the setting, and only what matters can be left", async ({ playground, page }) => {
  await playground.open(AUTO);
  await page.getByText("change it", { exact: true }).click();
  const find = page.getByLabel("Find a question");
  for (const [words, question] of [["sign out", /Does logout end/], ["7 days", /project in testing end after seven days/], ["remember me", /What makes consent last/]] as const) {
    await find.fill(words);
    await expect(page.getByRole("group", { name: question })).toBeVisible();
  }
  await find.fill("");
  await page.getByLabel("Only what would change this request").check();
  await expect(page.locator(".settings .knob")).not.toHaveCount(0);
  expect(await page.locator(".settings .knob").filter({ hasNotText: "It matters to this request." }).count()).toBe(0);
});

test("axe finds nothing: why in full, and what would change it", async ({ playground, page }) => {
  test.slow();
  await axeFindsNothing(page, async () => {
    await playground.open(AUTO);
    await page.locator("#why-summary").click();
    await page.locator("#change-summary").click();
    await page.locator(".sentences details > summary").first().click();
    await page.locator(".ways > li").first().waitFor();
  }, ".explored");
});

test("axe finds nothing, and nothing is wider than a phone: where two policies differ", async ({ playground, page }) => {
  test.setTimeout(150_000);
  await axeFindsNothing(page, async () => {
    await playground.open("profile=openid-core&policy.offline_without_consent=show_consent");
    await page.locator("#differ-summary").click();
    await playground.button("Compare");
    await page.locator(".differences summary").first().click({ timeout: 90_000 });
    await page.getByRole("button", { name: /with every profile$/ }).click();
    await page.locator(".glance tbody tr").nth(1).waitFor({ timeout: 90_000 });
    await page.getByRole("button", { name: "Stop" }).click();
  }, ".explored");
  await page.setViewportSize({ width: 320, height: 800 });
  for (const summary of ["#why-summary", "#change-summary"]) await page.locator(summary).click();
  await page.locator(".ways > li").first().waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
});
