import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import type { Locator, Page } from "@playwright/test";
import { expect, stopTheClock, test } from "./page.ts";

const SITE = resolve(process.env.GRANTWISE_SITE ?? "dist");

async function open(page: Page, fragment = "view=timeline"): Promise<void> {
  await page.goto("about:blank");
  await page.goto(`./#${fragment}`);
  await expect(page.locator(".timeline main")).toBeVisible();
}
const at = (page: Page): Locator => page.locator(".tl-at");
const summary = (page: Page): Locator => page.locator(".tl-now");
const row = (page: Page, name: string): Locator => page.locator(".tl-lives").first().getByRole("row").filter({ has: page.getByRole("rowheader", { name: new RegExp(`^${name} `) }) });
const fragment = (page: Page): Promise<string> => page.evaluate(() => location.hash.slice(1));
const button = (page: Page, name: string | RegExp): Locator => page.getByRole("button", { name, exact: typeof name === "string" });

test("from the page to the timeline and back, and what it costs is loaded only then", async ({ playground, page }) => {
  const loaded: string[] = [];
  page.on("response", (response) => loaded.push(new URL(response.url()).pathname));
  await playground.open("profile=aol&scope=openid");
  expect(loaded.filter((path) => /simulation|timeline/.test(path))).toEqual([]);
  await page.getByRole("link", { name: "Timeline" }).click();
  await expect(page.locator(".timeline main")).toBeVisible();
  await expect(page).toHaveTitle(/An ordinary and an offline token/);
  const cost = [...new Set(loaded.filter((path) => /simulation|timeline/.test(path)))].map((path) => {
    const file = path.slice(new URL("./", page.url()).pathname.length);
    return `${file} ${gzipSync(readFileSync(join(SITE, file)), { level: 9 }).length}`;
  });
  console.log(`the timeline, gzipped: ${cost.join(", ")}`);
  expect(cost.length).toBeGreaterThanOrEqual(2);
  await page.goBack();
  await expect(playground.answer).toBeVisible();
  await expect(page).toHaveTitle(/refresh token/);
  await expect(playground.choice("Policy")).toHaveValue("aol");
  await page.goForward();
  await page.getByRole("link", { name: "One request" }).click();
  await expect(playground.answer).toBeVisible();
});

test("the gallery: every scenario under a title, a click opens it, and it runs", async ({ page, complaints: _ }) => {
  await open(page);
  await button(page, "All 33").click();
  const dialog = page.getByRole("dialog", { name: "Scenarios" });
  await expect(dialog.getByRole("listitem")).toHaveCount(33);
  await expect(dialog).not.toContainText("SCN");
  await dialog.getByRole("button", { name: /A stolen refresh token/ }).click();
  await expect(dialog).toBeHidden();
  expect(await fragment(page)).toBe("view=timeline&scenario=stolen");
  await expect(page.locator(".asks")).toContainText("The attacker is faster");
  await button(page, "Next scenario").click();
  await expect(page.locator(".kicker")).toContainText("A code is replayed");
  await button(page, "Previous").click();
  for (let number = 0; number < 33; number += 1) {
    await expect(page.locator(".tl-story > ol > li")).not.toHaveCount(0);
    await expect(page.locator(".tl-story")).not.toContainText("not possible");
    await button(page, "Next scenario").click();
  }
  expect(await fragment(page)).toBe("view=timeline&scenario=stolen");
});

test("step by step: what lives, what ended, and why", async ({ page, complaints: _ }) => {
  await open(page, "view=timeline&scenario=stolen&step=0");
  await expect(at(page)).toHaveText("Before the first step");
  await expect(summary(page)).toContainText("Nothing has been issued");
  await button(page, /^Forward/).click();
  await expect(at(page)).toHaveText("Step 1 of 6");
  await expect(row(page, "CODE1")).toContainText("alive");
  await button(page, /^Forward/).click();
  await button(page, /^Forward/).click();
  await expect(row(page, "RT1")).toContainText("superseded");
  await expect(page.locator(".tl-labels .tl-touched")).toContainText(["RT1", "AT2", "RT2"]);
  await button(page, /^Forward/).click();
  await expect(summary(page)).toContainText("refused: invalid_grant");
  await expect(summary(page)).toContainText("presented again");
  await expect(row(page, "RT2")).toContainText("revoked");
  const here = page.locator(".tl-here");
  await expect(here).toContainText("RT2 ended");
  await here.locator(".sources > summary").first().click();
  await expect(here.getByRole("link", { name: /RFC 9700/ }).first()).toHaveAttribute("href", /^https:/);
  await button(page, /Back$/).click();
  await expect(at(page)).toHaveText("Step 3 of 6");
  expect(await fragment(page)).toBe("view=timeline&scenario=stolen&step=3");
  await page.getByRole("button", { name: /6 The client asks for api/ }).click();
  await expect(at(page)).toHaveText("Step 6 of 6");
  expect(await fragment(page)).toBe("view=timeline&scenario=stolen&step=6");
  // Steps are one entry of the history.
  await page.goBack();
  await expect(at(page)).toHaveText("Before the first step");
});

test("a story opens at its first step, and says what happened to which token", async ({ page, complaints: _ }) => {
  await open(page, "view=timeline&scenario=stolen");
  await expect(at(page)).toHaveText("Step 1 of 6");
  await expect(summary(page)).toContainText("The user is asked. The client gets CODE1.");
  await open(page, "view=timeline&scenario=own&profile=google&do=authorize?scope=openid+email;access_type=offline&do=exchange?code=CODE1&do=password_change&step=3");
  await expect(page.locator(".tl-summary")).toHaveText("• done Nothing ends: AT1 and RT1 live on.");
  await expect(summary(page)).toContainText("The rule: A changed password");
});

test("the picture shows what the table says", async ({ page, complaints: _ }) => {
  await open(page, "view=timeline&step=7");
  const picture = page.locator(".tl-scroll svg");
  await expect(picture).toHaveAccessibleName(/Alive: nothing\. Ended: .*RT1 revoked.*RT2 revoked/);
  await expect(page.locator(".tl-end-word")).toContainText(["revoked", "used"]);
  // Bound to the session: hatched. RT1 and AT1, once as they were and once as they will be.
  await expect(page.locator(".tl-hatched.tl-refresh_token")).toHaveCount(3);
  await page.locator(".tl-column").nth(4).click();
  await expect(at(page)).toHaveText("Step 5 of 7");
  await expect(picture).toHaveAccessibleName(/No session\. Alive: AT2, RT2\./);
  const line = Number(await page.locator(".tl-now-line").getAttribute("x1"));
  const bar = await page.locator(".tl-bar.tl-refresh_token").first().evaluate((element) => Number(element.getAttribute("x")) + Number(element.getAttribute("width")));
  expect(Math.abs(bar - line)).toBeLessThan(1);
});

test("by keyboard alone", async ({ page, complaints: _ }) => {
  await open(page, "view=timeline&scenario=stolen&step=2");
  await page.keyboard.press(".");
  await expect(at(page)).toHaveText("Step 3 of 6");
  await page.keyboard.press(",");
  await page.keyboard.press(",");
  await expect(at(page)).toHaveText("Step 1 of 6");
  await page.locator(".tl-scroll").focus();
  await page.keyboard.press("ArrowRight");
  await expect(at(page)).toHaveText("Step 2 of 6");
  await page.keyboard.press("End");
  await expect(at(page)).toHaveText("Step 6 of 6");
  await page.keyboard.press("ArrowLeft");
  await expect(at(page)).toHaveText("Step 5 of 6");
  await page.keyboard.press("Home");
  await expect(at(page)).toHaveText("Before the first step");
  await page.keyboard.press("]");
  await expect(page.locator(".kicker")).toContainText("A code is replayed");
  // The keys of the other view do nothing behind the scenes.
  const before = await fragment(page);
  for (const key of ["j", "y", "n", "r", "?", "/"]) await page.keyboard.press(key);
  expect(await fragment(page)).toBe(before);
  await button(page, /^Forward/).focus();
  await page.keyboard.press("Enter");
  await expect(at(page)).toHaveText("Step 2 of 4");
  await page.keyboard.press("p");
  await expect(page.locator("html")).toHaveAttribute("data-size", "large");
});

test("each step is told to a screen reader", async ({ page, complaints: _ }) => {
  await open(page, "view=timeline&scenario=stolen&step=3");
  await stopTheClock(page);
  const status = page.locator("#announcement");
  await button(page, /^Forward/).click();
  await page.clock.runFor(200);
  await expect(status).toHaveText("");
  await page.clock.runFor(100);
  await expect(status).toContainText("Step 4 of 6.");
  await expect(status).toContainText("presented again");
});

test("play goes through the steps and stops at the end", async ({ page, complaints: _ }) => {
  await open(page, "view=timeline&scenario=replayed-code&step=4");
  await stopTheClock(page);
  await button(page, "Play").click();
  await expect(at(page)).toHaveText("Before the first step");
  await page.clock.runFor(4600);
  await expect(at(page)).toHaveText("Step 2 of 4");
  await button(page, "Pause").click();
  await page.clock.runFor(9000);
  await expect(at(page)).toHaveText("Step 2 of 4");
  await button(page, "Play").click();
  await page.clock.runFor(9000);
  await expect(at(page)).toHaveText("Step 4 of 4");
  await expect(button(page, "Play")).toHaveAttribute("aria-pressed", "false");
});

test("the same scenario under two profiles, and where they part", async ({ page, complaints: _ }) => {
  await open(page, "view=timeline&scenario=stolen&step=4");
  await page.getByRole("combobox", { name: "Second profile" }).selectOption("oauth2");
  expect(await fragment(page)).toBe("view=timeline&scenario=stolen&with=oauth2&step=4");
  await expect(page.locator(".tl-picture")).toHaveCount(2);
  await expect(page.getByRole("region", { name: "OAuth 2.0, RFC 6749", exact: true }).locator(".tl-now")).toContainText("tokens");
  await expect(page.locator(".tl-story .tl-differs")).not.toHaveCount(0);
  const steps = page.locator(".tl-story > ol > li");
  await expect(steps.nth(0)).not.toContainText("differs");
  await expect(steps.nth(3)).toContainText("≠ differs");
  await expect(steps.nth(4)).toContainText("There is no refresh token RT2 under this profile");
  // Both in one look: nothing is drawn in between.
  const boxes = () => page.locator(".tl-picture").evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom })));
  await expect.poll(async () => { const [one, other] = await boxes(); return one?.top === other?.top; }).toBe(true);
  await page.setViewportSize({ width: 360, height: 780 });
  await expect.poll(async () => { const [one, other] = await boxes(); return (other?.top ?? 0) > (one?.bottom ?? Infinity); }).toBe(true);
  await page.getByRole("combobox", { name: "Second profile" }).selectOption("no other profile");
  await expect(page.locator(".tl-picture")).toHaveCount(1);
  await page.getByRole("combobox", { name: "Profile", exact: true }).selectOption("aol");
  await page.goBack();
  await page.goBack();
  await expect(page.locator(".tl-picture")).toHaveCount(2);
});

test("on a phone the lanes scroll in their own place, and their names stay", async ({ page, complaints: _ }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await open(page, "view=timeline&scenario=backup-later&step=0");
  const label = page.locator(".tl-labels li").first();
  const before = await label.boundingBox();
  await button(page, /^Forward/).click();
  for (let step = 0; step < 6; step += 1) await page.keyboard.press(".");
  await expect.poll(() => page.locator(".tl-scroll").evaluate((element) => element.scrollLeft)).toBeGreaterThan(50);
  expect((await label.boundingBox())?.x).toBe(before?.x);
  await expect(page.locator(".tl-current circle")).toBeInViewport();
});

for (const width of [320, 360, 768, 1280, 1920]) {
  test(`nothing of the timeline is wider than a screen of ${width}`, async ({ page, complaints: _ }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page, "view=timeline&scenario=own&with=aol&do=authorize?scope=openid+https://www.googleapis.com/auth/a.very.long.scope.that.does.not.break&do=exchange?code=CODE1");
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    expect(await page.locator("[style]").count()).toBe(0);
  });
}

test("the link is copied as it stands", async ({ page, context, complaints: _ }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "view=timeline&scenario=stolen&with=aol&step=2");
  await stopTheClock(page);
  await button(page, "Copy link").click();
  await expect(button(page, "✓ Copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/#view=timeline&scenario=stolen&with=aol&step=2$/);
});

test("on paper: the question, the picture, the steps, and nothing to press", async ({ page, complaints: _ }) => {
  await open(page);
  await page.emulateMedia({ media: "print" });
  for (const kept of [".asks", ".tl-picture", ".tl-story", ".tl-lives"]) await expect(page.locator(kept)).toBeVisible();
  for (const gone of [".top nav", ".story .steps", ".tl-stepper", ".tl-builder"]) await expect(page.locator(gone)).toBeHidden();
});

test.describe(() => {
  test.use({ kept: true });

  test("offline after the first visit", async ({ playground, page, context }) => {
    await playground.visitOnce();
    await context.setOffline(true);
    await open(page, "view=timeline&scenario=stolen&step=6");
    await expect(at(page)).toHaveText("Step 6 of 6");
    await context.setOffline(false);
  });
});
