import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "./page.ts";

const SITE = resolve(process.env.GRANTWISE_SITE ?? "dist");
const BUDGET = 150 * 1024;

test("the first answer stays within its budget", async ({ playground, page }) => {
  const loaded = new Set<string>();
  page.on("response", (response) => loaded.add(new URL(response.url()).pathname));
  // What is fetched after the first answer, while nothing else happens, is held back and not counted.
  await page.addInitScript(() => { globalThis.requestIdleCallback = () => 0; });
  await playground.open();
  await expect(page.getByRole("row")).not.toHaveCount(0);
  await page.waitForLoadState("networkidle");
  const prefix = new URL("./", page.url()).pathname;
  // The program, and not Node's zlib, which is built for speed and packs a twentieth worse.
  const size = (file: string) => execFileSync("gzip", ["-9", "-c", join(SITE, file)], { maxBuffer: 2 ** 24 }).length;
  const all = readdirSync(SITE, { recursive: true, encoding: "utf8" }).filter((file) => /\.\w+$/.test(file) && file !== "worker.js");
  const first = [...loaded].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length) || "index.html");
  const total = first.map(size).reduce((sum, one) => sum + one, 0);
  const rest = all.filter((file) => !first.includes(file)).map(size).reduce((sum, one) => sum + one, 0);
  console.log(`first answer: ${total} bytes gzipped (${first.map((file) => `${file} ${size(file)}`).join(", ")}); afterwards: ${rest}`);
  expect(first.some((file) => file.endsWith(".wasm"))).toBe(true);
  expect(total).toBeLessThanOrEqual(BUDGET);
});

test("the policy for content is strict, and holds", async ({ playground, page }) => {
  await page.addInitScript(() => {
    const broken: string[] = [];
    Object.assign(globalThis, { broken });
    document.addEventListener("securitypolicyviolation", (event) => broken.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await playground.open();
  const policy = await page.locator("meta[http-equiv='Content-Security-Policy']").getAttribute("content");
  expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self';/);
  await playground.button("Stories");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await playground.button("Next story");
  await playground.button("Large type");
  await page.locator("#question-summary").click();
  await page.getByText("change it", { exact: true }).click();
  await page.getByText("more of them").click();
  expect(await page.evaluate(() => (globalThis as unknown as { broken: string[] }).broken)).toEqual([]);
  expect(await page.locator("[style]").count()).toBe(0);
});

test("no address in the built page is absolute", () => {
  const html = readFileSync(join(SITE, "index.html"), "utf8");
  expect(html.match(/(?:src|href)="(?!\.\/)[^"]*"/g)).toBeNull();
  expect(readdirSync(SITE).sort()).toEqual(["appearance.js", "assets", "icon.svg", "index.html", "manifest.webmanifest", "worker.js"]);
});

test.describe(() => {
  test.use({ kept: true });

  test("after the first visit it works without a network", async ({ playground, page, context }) => {
    await playground.visitOnce();
    await context.setOffline(true);
    await playground.open("profile=aol&scope=openid");
    await expect(playground.answer).toContainText("a refresh token that ends with the session");
    await playground.choice("Policy").selectOption("Okta");
    await page.reload();
    await expect(playground.choice("Policy")).toHaveValue("okta");
    await context.setOffline(false);
    const kept = await page.evaluate(() => caches.keys());
    expect(kept).toHaveLength(1);
  });
});

test("what was to come later and does not is said where it is missed", async ({ playground, page, foreseen }) => {
  // The browser's own word on the file, once for each time it tries, and no error of the page.
  foreseen.push(/Failed to load resource/);
  await page.addInitScript(() => { globalThis.requestIdleCallback = () => 0; });
  await page.route(/assets\/parts/, (route) => route.abort());
  await playground.open();
  await page.getByText("change it", { exact: true }).click();
  await expect(page.locator(".failure")).toHaveText("This part could not be loaded. Reload the page.");
  await expect(playground.answer).toBeVisible();
});

test("a screen that does not arrive is said, and the answer stands all the same", async ({ playground, page, foreseen }) => {
  foreseen.push(/Failed to load resource/);
  await page.addInitScript(() => { globalThis.requestIdleCallback = () => 0; });
  await page.route(/assets\/soon.*js/, (route) => route.abort());
  await playground.open("scope=openid&prompt=consent");
  await expect(playground.answer).toContainText("is asked and approves");
  await expect(page.locator(".device")).toContainText("The screen could not be drawn");
});

test("a change is told to a screen reader and marked for a moment", async ({ playground, page }) => {
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await playground.open();
  await playground.stopTheClock();
  await playground.choice("Policy").selectOption("AOL, 2012");
  await page.clock.runFor(100);
  await expect(page.locator("#answer-sentence [data-moved]").first()).toBeVisible();
  await expect(playground.announcement).toHaveText("");
  await page.clock.runFor(400);
  await expect(playground.announcement).toContainText("Refresh token: none became ends with the session.");
  await expect(playground.announcement).toContainText("photos.example");
  await expect(page.locator("#answer-sentence [data-moved]").first()).toBeVisible();
  await page.clock.runFor(1500);
  await expect(page.locator("[data-moved]")).toHaveCount(0);
});

/** A request takes one decision for each screen on its way, and one for its end. */
const WALK = 3;

test("one change right after another: both are told", async ({ playground, page }) => {
  await playground.open();
  await playground.stopTheClock();
  await playground.choice("Policy").selectOption("AOL, 2012");
  await page.clock.runFor(200);
  // A change that moves nothing, before the first was told.
  await playground.url.fill(`${await playground.url.inputValue()}&x=y`);
  await page.clock.runFor(200);
  await expect(playground.announcement).toHaveText("");
  await page.clock.runFor(400);
  await expect(playground.announcement).toContainText("Refresh token: none became ends with the session.");
});

test("a change is on the next frame, for few decisions, and nothing jumps", async ({ playground, page }) => {
  // How long a decision takes is measured elsewhere, on a quiet machine; here it counts how many there are.
  await page.addInitScript(() => {
    const counted = { decisions: 0 };
    Object.assign(globalThis, { counted });
    const { Instance } = WebAssembly;
    const authorize = 4; // the operation's number on the boundary
    WebAssembly.Instance = function counting(...given: ConstructorParameters<typeof Instance>) {
      const { exports } = new Instance(...given);
      const call = exports["call"] as (operation: number, ...rest: unknown[]) => unknown;
      const counting_ = (operation: number, ...rest: unknown[]) => {
        if (operation === authorize) counted.decisions += 1;
        return call(operation, ...rest);
      };
      return { exports: { ...exports, call: counting_ } };
    } as unknown as typeof Instance;
  });
  await playground.openWhole();
  const changes = await page.evaluate(async () => {
    const { counted } = globalThis as unknown as { counted: { decisions: number } };
    const select = document.querySelector("#profile") as HTMLSelectElement;
    const shown = () => [".character", ".profiles .current .here"].map((place) => document.querySelector(place)?.textContent).join();
    const changes: { name: string; decisions: number; parts: number; moved: boolean }[] = [];
    for (const name of ["aol", "google", "okta", "openid-core", "google-2012", "keycloak", "auth0", "aol"]) {
      const [before, decisions] = [shown(), counted.decisions];
      select.value = name;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      await new Promise(requestAnimationFrame);
      changes.push({ name, decisions: counted.decisions - decisions, parts: select.options.length + document.querySelectorAll(".fate").length, moved: shown() !== before });
    }
    return changes;
  });
  console.log(`decisions for a change of profile: ${changes.map(({ name, decisions }) => `${name} ${decisions}`).join(", ")}`);
  expect(changes.filter(({ moved }) => !moved)).toEqual([]);
  // Once under each profile, once without each parameter, and nothing twice.
  for (const { decisions, parts } of changes) {
    expect(decisions).toBeGreaterThanOrEqual(parts);
    expect(decisions).toBeLessThanOrEqual(parts + WALK);
  }
  const before = await page.locator("#answer").boundingBox();
  await playground.chip("scope").hover();
  await playground.chip("access_type").hover();
  expect(await page.locator("#answer").boundingBox()).toEqual(before);
});

test("the answer stays in view while one edits", async ({ playground, page }) => {
  await playground.open();
  await expect(page.getByRole("complementary", { name: "The answer in short" })).toBeHidden();
  await page.getByText("more of them").click();
  await page.getByText("change it", { exact: true }).click();
  await expect(page.getByLabel("Find a question")).toBeVisible();
  await page.evaluate(() => scrollTo(0, 0));
  const bar = page.getByRole("complementary", { name: "The answer in short" });
  await expect(bar).toBeVisible();
  await expect(bar).toHaveText("No screen · no refresh token");
  await bar.getByRole("button").click();
  await expect(playground.answer).toBeInViewport();
  await expect(playground.answer).toBeFocused();

  // Before a projector the answer stands elsewhere, and it is that one that counts.
  await page.keyboard.press("p");
  await page.evaluate(() => scrollTo(0, 0));
  await expect(playground.answer).toBeInViewport();
  await expect(bar).toBeHidden();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(bar).toBeVisible();
});

test("keys, and the list of them", async ({ playground, page }) => {
  await playground.open();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keys" });
  await expect(dialog.locator("dt")).toHaveText(["?", "/", "f", "m", "s", "j", "k", "y", "n", "a", "o", "w", "x", "d", "e", "g", "]", "[", "c", "r", "p", "t", "Esc"]);
  await page.keyboard.press("j");
  await expect(playground.choice("Policy")).toHaveValue("google-2011");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  await page.keyboard.press("j");
  await expect(playground.choice("Policy")).not.toHaveValue("google-2011");
  await page.keyboard.press("k");
  await expect(playground.choice("Policy")).toHaveValue("google-2011");
  await page.keyboard.press("]");
  await expect(page.locator(".kicker")).toContainText("Story 2");
  await page.keyboard.press("[");
  await page.keyboard.press("p");
  await expect(page.locator("html")).toHaveAttribute("data-size", "large");
  await page.keyboard.press("t");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await page.keyboard.press("g");
  await expect(page.getByRole("dialog", { name: "Twelve stories" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog[open], #copy-menu:popover-open")).toHaveCount(0);
  await page.keyboard.press("c");
  await expect(page.locator("#copy-menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog[open], #copy-menu:popover-open")).toHaveCount(0);
  await page.keyboard.press("a");
  await expect(playground.answer).toBeFocused();
  await page.keyboard.press("f");
  await expect(page.getByLabel("scope what the client wants to do")).toBeVisible();
  await page.keyboard.press("m");
  await expect(page.getByLabel("Accounts signed in")).toBeVisible();
  await page.keyboard.press("s");
  await expect(page.getByLabel("Find a question")).toBeVisible();

  // While somebody types, a letter is a letter.
  await page.keyboard.press("/");
  await expect(playground.url).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.type("&p=jk");
  await expect(playground.url).toHaveValue(/&p=jk$/);
  await expect(page.locator("html")).toHaveAttribute("data-size", "large");
  await page.keyboard.press("Escape");
  await page.keyboard.press("p");
  await expect(page.locator("html")).not.toHaveAttribute("data-size");
});

test("the person's answer by key, and keys turned off", async ({ playground, page }) => {
  await playground.open("scope=openid+profile&prompt=consent");
  await page.keyboard.press("n");
  await expect(playground.answer).toContainText("and refuses");
  await page.keyboard.press("y");
  await expect(playground.answer).toContainText("and approves");
  await page.keyboard.press("?");
  await page.getByLabel("Use these keys.").uncheck();
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog[open]")).toHaveCount(0);
  await page.keyboard.press("n");
  await expect(playground.answer).toContainText("and approves");
});

test("theme and size are kept on this device", async ({ playground, page }) => {
  await playground.open();
  await playground.button("System theme");
  await playground.button("Light theme");
  await playground.button("Large type");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("html")).toHaveAttribute("data-size", "large");
  await expect(page.getByRole("button", { name: "Large type" })).toHaveAttribute("aria-pressed", "true");
});
