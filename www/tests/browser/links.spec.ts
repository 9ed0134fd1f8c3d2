import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Page } from "@playwright/test";
import { GALLERY } from "../../src/gallery.ts";
import { expect, test, type Playground } from "./page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

async function copied(playground: Playground, page: Page, kind: string): Promise<string> {
  await playground.button("Copy");
  const button = page.locator(`[data-copy=${kind}]`);
  await button.click();
  await expect(button).toContainText("✓ Copied");
  await page.clock.runFor(2100);
  await expect(button).not.toContainText("✓ Copied");
  await page.keyboard.press("Escape");
  return page.evaluate(() => navigator.clipboard.readText());
}

test("back and forward walk through decisions", async ({ playground, page }) => {
  await playground.open();
  await playground.stopTheClock();
  await playground.choice("Policy").selectOption("AOL, 2012");
  await playground.url.pressSequentially("&max_age");
  await page.clock.runFor(1400);
  await playground.url.pressSequentially("=0");
  await expect(playground.answer).toContainText("signs in again");
  await playground.choice("Kind of client").selectOption("native app");

  await page.goBack();
  await expect(playground.choice("Kind of client")).toHaveValue("web");
  // Typing was one step.
  await page.goBack();
  await expect(playground.answer).toContainText("Alice sees no screen.");
  await expect(playground.choice("Policy")).toHaveValue("aol");
  await page.goBack();
  await expect(playground.choice("Policy")).toHaveValue("google-2011");
  await page.goForward();
  await page.goForward();
  await expect(playground.url).toHaveValue(/&max_age=0&state=/);
});

test("what a link says and the page does not know is kept and named", async ({ playground, page }) => {
  await playground.open("scope=openid&colour=blue&session=maybe");
  await expect(page.locator(".notes")).toContainText("This page does not know colour.");
  await expect(page.locator(".notes")).toContainText("session=maybe is none of the values");
  await playground.choice("Policy").selectOption("AOL, 2012");
  expect(await playground.fragment()).toBe("profile=aol&scope=openid&colour=blue");
});

test("a secret in a link is dropped from the address bar too", async ({ playground, page }) => {
  await playground.open("scope=openid&client_secret=hunter2&access_token=abc");
  await expect(page.locator(".notes")).toContainText("client_secret was removed");
  // Asked of the page itself: what the test is told of an address comes after it.
  expect(await playground.fragment()).not.toMatch(/hunter2|abc/);
});

test("a link from a newer page is read as far as it goes", async ({ playground, page }) => {
  await playground.open("v=2&profile=aol&scope=openid");
  await expect(page.locator(".notes")).toContainText("This link is of version 2");
  await expect(playground.choice("Policy")).toHaveValue("aol");
});

test("copied as a link, which opens the same decision", async ({ playground, page }) => {
  await playground.open();
  await playground.stopTheClock();
  await playground.choice("Policy").selectOption("Keycloak");
  const link = await copied(playground, page, "link");
  const answer = await playground.answer.innerText();
  await page.goto("about:blank");
  await page.goto(link);
  await expect(playground.answer).toHaveText(answer, { useInnerText: true });
  await page.clock.runFor(1000);
  await expect(playground.announcement).toHaveText("");
});

test("copied as Markdown", async ({ playground, page }) => {
  await playground.open();
  await playground.stopTheClock();
  const text = await copied(playground, page, "markdown");
  expect(text).toContain("**Alice sees no screen. photos.example gets an access token for one hour and no refresh token.**");
  expect(text).toContain("- Policy: Google, from 7 December 2011 (`google-2011`)");
  expect(text).toContain("Set aside: `access_type=offline`. The user was not asked, because consent was on record.");
  expect(text).toMatch(/\n1\. .*\(vendor; \[.*\]\(https:\/\//);
  expect(text).toMatch(/\[Open in the playground\]\(http:\/\/127\.0\.0\.1:\d+\/some\/folder\/#profile=google-2011/);
});

test("copied as a test vector", async ({ playground, page }) => {
  await playground.open(GALLERY.find(({ id }) => id === "denied")?.fragment);
  await playground.stopTheClock();
  const vector = JSON.parse(await copied(playground, page, "vector"));
  expect(Object.keys(vector)).toEqual(["id", "kind", "profile", "title", "basis", "given", "request", "expect", "knobs", "why"]);
  expect(vector.given.user).toEqual({ login: "ok", consent: "deny" });
  expect(vector.request).toEqual({ endpoint: "authorize", response_type: "code", scope: "openid profile offline_access", prompt: "consent", state: "af0ifjsldkj" });
  expect(vector.expect).toMatchObject({ interaction: ["consent"], result: "redirect_error", error: { code: "access_denied", placement: "query" } });
});

test("copied as a Node snippet, which runs and decides the same", async ({ playground, page }) => {
  const folder = mkdtempSync(join(tmpdir(), "grantwise-snippet-"));
  try {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(resolve(process.env.GRANTWISE_PACKAGE ?? "../target/package"), join(folder, "node_modules", "grantwise"));
    const fragments = [
      ...GALLERY.map(({ fragment }) => fragment),
      "profile=aol&policy.access_token_lifetime_s=600&scope=openid&response_mode=form_post&session=none&login.as=bob",
      "client.known=false&scope=openid",
    ];
    await playground.open();
    await playground.stopTheClock();
    const shown: string[][] = [];
    for (const [at, fragment] of fragments.entries()) {
      await playground.follow(fragment);
      writeFileSync(join(folder, `snippet-${at}.mjs`), await copied(playground, page, "snippet"));
      const { outcome, summary } = JSON.parse(await page.locator(".redirect pre").textContent() ?? "");
      const location = page.locator("p.location");
      shown.push([outcome, summary, ...(await location.count() > 0 ? [(await location.innerText()).replace("Location: ", "")] : [])]);
    }
    // Each is a program; one process runs them in turn.
    const all = `for (let at = 0; at < ${fragments.length}; at += 1) { await import("./snippet-" + at + ".mjs"); console.log("END"); }`;
    writeFileSync(join(folder, "all.mjs"), all);
    const printed = execFileSync(process.execPath, [join(folder, "all.mjs")], { encoding: "utf8" }).split("END\n").slice(0, -1);
    expect(printed.map((lines, at) => lines.split("\n").slice(0, shown[at]?.length))).toEqual(shown);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("where the browser does not let the page copy, the text is shown", async ({ playground, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("no")) } });
  });
  await playground.open();
  await playground.button("Copy");
  await page.locator("[data-copy=link]").click();
  await expect(page.getByLabel("This browser does not let the page copy.")).toHaveValue(/#profile=google-2011/);
});
