import { GALLERY } from "../../src/gallery.ts";
import { expect, test } from "./page.ts";

test("on paper: the question, the answer, the table, and nothing to press", async ({ playground, page }) => {
  await playground.open();
  await page.emulateMedia({ media: "print" });
  await expect(playground.answer).toBeVisible();
  await expect(page.locator(".coloured")).toBeVisible();
  await expect(page.locator(".profiles table")).toBeVisible();
  for (const gone of [".top nav", ".story .steps", ".chips", ".bar"]) await expect(page.locator(gone)).toBeHidden();
});

test("on paper it is one page, also where the question is folded on the screen", async ({ playground, page }) => {
  for (const [width, size] of [[1280, "normal"], [360, "normal"], [1280, "large"]] as const) {
    await page.setViewportSize({ width, height: 800 });
    await playground.openWhole();
    if (size === "large") await playground.button("Large type");
    for (const format of ["A4", "Letter"]) {
      const pdf = (await page.pdf({ format })).toString("latin1");
      expect(pdf.match(/\/Type\s*\/Page\b/g), `${width} ${size} ${format}`).toHaveLength(1);
    }
    await page.emulateMedia({ media: "print" });
    await expect(page.locator(".coloured")).toBeVisible();
    await expect(page.locator(".sentence")).toBeVisible();
    await page.emulateMedia({ media: null });
    if (size === "large") await playground.button("Large type");
  }
  // With nineteen different answers, and with two screens.
  for (const id of ["forgotten-prompt", "one-button"]) {
    await playground.openWhole(GALLERY.find((story) => story.id === id)?.fragment);
    expect((await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type\s*\/Page\b/g), id).toHaveLength(1);
  }
});

test("sources stand behind their number, identifiers break at their joints, and forced colours keep the arrows", async ({ playground, page }) => {
  await playground.open();
  await expect(page.locator(".trace .sources > summary").first()).toHaveText(/^\d+ sources$/);
  await expect(page.locator(".trace .sources a").first()).toBeHidden();
  await page.locator(".trace .sources > summary").first().click();
  await expect(page.locator(".trace .sources a").first()).toBeVisible();
  expect(await page.locator(".location").evaluate((element) => [...element.querySelectorAll("wbr")].length)).toBeGreaterThan(5);
  expect(await page.locator(".location").innerText()).toMatch(/^Location: https:\/\/photos\.example\/callback\?code=/);
  const arrow = () => page.locator("#inline-client").evaluate((element) => getComputedStyle(element).appearance);
  await expect.poll(arrow).toBe("none");
  await page.emulateMedia({ forcedColors: "active" });
  await expect.poll(arrow).toBe("auto");
});

test("before a projector and on a phone the answer comes first, and the question unfolds", async ({ playground, page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await playground.open();
  await page.keyboard.press("p");
  await expect(page.locator("#question-summary")).toBeVisible();
  const bottom = async () => page.locator(".answer .under").evaluate((element) => element.getBoundingClientRect().bottom);
  expect(await bottom()).toBeLessThan(720);
  await expect(page.locator(".asks")).toBeInViewport();
  await page.keyboard.press("/");
  await expect(playground.url).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("p");
  await expect(page.locator("#question-summary")).toHaveCount(0);

  await page.setViewportSize({ width: 360, height: 780 });
  await playground.open("scope=openid&session=maybe");
  expect(await playground.answer.evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(400);
  // What is to be told is told, though the question is folded.
  await expect(page.locator(".notes")).toContainText("session=maybe");
  await page.locator("#question-summary").click();
  await playground.choice("Policy").selectOption("AOL, 2012");
  await expect(playground.answer).toContainText("a refresh token that ends with the session");
});

for (const width of [320, 360, 768, 1280, 1920]) {
  test(`nothing is wider than a screen of ${width}`, async ({ playground, page }) => {
    await page.setViewportSize({ width, height: 800 });
    // Also where it asks whose server it is, whose titles are long.
    await playground.open("whose=unsaid&endpoint=https://login.acme.example/connect/authorize&scope=openid+profile+email+offline_access&prompt=login+consent&grant=openid+profile");
    await expect(page.getByRole("combobox", { name: "Whose server is login.acme.example?" })).toBeVisible();
    if (await page.locator("#question-summary").count() > 0) await page.locator("#question-summary").click();
    await page.getByText("as a form").click();
    await page.getByText("more of them").click();
    await page.getByText("change it", { exact: true }).click();
    await page.getByText("What would one more parameter change?").click();
    await page.getByText("The whole decision as JSON").click();
    await expect(page.locator(".one-more")).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  });
}
