import type { Locator, Page } from "@playwright/test";
import { follow, LESSONS, open } from "./lesson_page.ts";
import { expect, test } from "./page.ts";

/** What somebody meets who knows nothing of the page: how a lesson is found, read, changed and left. */
const status = (page: Page): Locator => page.locator(".ls-status");
const rows = (page: Page): Locator => page.locator(".ls-steps-editor li");
const stories = LESSONS.filter(({ shows }) => shows.kind === "timeline");

async function hints(page: Page): Promise<void> {
  for (const hint of [1, 2, 3]) await page.getByRole("button", { name: `Hint ${hint} of 3` }).click();
}

test("question, story and choices of every lesson are on one screen of a projector", async ({ page, complaints: _ }) => {
  test.slow();
  await page.setViewportSize({ width: 1280, height: 720 });
  await open(page, "");
  const below: string[] = [];
  for (const { id, question } of LESSONS) {
    await follow(page, `lesson=${id}`);
    await expect(page.locator("#ls-question")).toHaveText(question);
    await expect(page.locator(".ls-particulars .ls-row").first()).toBeVisible();
    const end = await page.locator(".ls-predict .primary").evaluate((button) => button.getBoundingClientRect().bottom + scrollY);
    if (end > 720) below.push(`${id}: ${Math.round(end)}`);
  }
  expect(below).toEqual([]);
});

test("on a phone the choices come before the particulars, and the first question is seen at once", async ({ page, complaints: _ }) => {
  test.slow();
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, "");
  const below: string[] = [];
  for (const { id, question } of LESSONS) {
    await follow(page, `lesson=${id}`);
    await expect(page.locator("#ls-question")).toHaveText(question);
    const { first, button, particulars } = await page.evaluate(() => {
      const at = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
      return { first: at("[data-prediction='0']")?.bottom ?? 0, button: at(".ls-predict .primary")?.bottom ?? 0, particulars: at(".ls-particulars")?.top ?? 0 };
    });
    if (first > 740 || particulars < button) below.push(`${id}: ${Math.round(first)}`);
  }
  expect(below).toEqual([]);
});

test("the last hint calls each control as the page calls it, and no hint is wider than the page", async ({ page, complaints: _ }) => {
  test.slow();
  await page.setViewportSize({ width: 1280, height: 720 });
  await open(page, "");
  const said: Record<string, string> = {};
  const wider: string[] = [];
  for (const { id } of LESSONS) {
    await follow(page, `lesson=${id}&step=change`);
    await expect(status(page)).toHaveText(/Not reached yet/);
    await hints(page);
    said[id] = (await page.locator(".ls-hints li").last().textContent() ?? "").replace("Do it: ", "");
    if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) wider.push(id);
  }
  expect(wider).toEqual([]);
  // A name in a link, or a step as a link writes it, is on no label.
  expect(Object.entries(said).filter(([, words]) => /\b(grant|client|condition)\.\w|code_challenge|authorize\?/.test(words))).toEqual([]);
  expect(said["one-button"]).toBe("Choose “it was revoked” at “What became of it”.");
  expect(said["payroll"]).toBe("Tick “It permits offline access”.");
  expect(said["code-and-tokens"]).toBe("Press + beside step 4 and choose “The client refreshes with RT1”.");
  expect(said["single-page-app"]).toBe("In step 1, write online_access in place of offline_access.");
  expect(said["offline-access-dropped"]).toBe("Add prompt=consent to the request.");
});

for (const [what, id, focused] of [
  ["a parameter that is not sent", "online-to-offline", "parameter-prompt"],
  ["what is on record", "payroll", "field-condition.offline"],
  ["the client's registration", "mcp", "field-client.refresh_grant"],
  ["a setting among all", "native-app", "knob-native_auto_approval-false"],
  ["the profile", "stolen-token", "ls-profile"],
  ["where a step comes in", "code-and-tokens", "ls-step-insert-3"],
  ["a step that becomes another", "single-page-app", "ls-step-0"],
] as const) {
  test(`a hint leads to its place: ${what}`, async ({ page, complaints: _ }) => {
    await open(page, `lesson=${id}&step=change`);
    await expect(page.getByRole("button", { name: "Show me where" })).toHaveCount(0);
    await page.getByRole("button", { name: "Hint 1 of 3" }).click();
    await page.getByRole("button", { name: "Show me where" }).click();
    await expect(page.locator(`[id="${focused}"]`)).toBeFocused();
    await expect(page.locator(`[id="${focused}"]`)).toBeInViewport();
    // Nothing is set by it.
    await expect(status(page)).toHaveText(/Not reached yet/);
    // The key of the hints is still theirs.
    await page.locator(".ls-status").click();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press("h");
    await expect(page.locator(".ls-hints li")).toHaveCount(2);
  });
}

test("what was looked for in a task is not looked for in the playground", async ({ page, complaints: _ }) => {
  await open(page, "lesson=native-app&step=change");
  await page.getByRole("button", { name: "Hint 1 of 3" }).click();
  await page.getByRole("button", { name: "Show me where" }).click();
  await expect(page.getByLabel("Find a question")).toHaveValue("native_auto_approval");
  await page.getByRole("link", { name: "One request" }).click();
  await page.locator("#policy-summary").waitFor();
  if (!await page.getByLabel("Find a question").isVisible()) await page.locator("#policy-summary").click();
  await expect(page.getByLabel("Find a question")).toHaveValue("");
});

test("a step is chosen by its words, and the way on is beside it", async ({ page, complaints: _ }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await open(page, "lesson=code-and-tokens&step=change");
  await page.getByRole("button", { name: "Insert a step after step 4" }).click();
  const choice = page.getByRole("combobox", { name: "What happens at step 5" });
  await expect(choice).toBeFocused();
  // What is over is not offered; it can be written.
  await expect(choice.getByRole("option")).toHaveText(["Choose what happens here …", "The client refreshes with RT1", "The client revokes RT1", "The user signs out", "The user removes the app", "The user changes the password", "The session times out", "One hour passes", "One day passes"]);
  await choice.selectOption("The client refreshes with RT1");
  await expect(choice).toHaveCount(0);
  await expect(page.locator("#ls-step-4")).toBeFocused();
  await expect(page.locator("#ls-step-4")).toHaveValue("refresh?refresh_token=RT1");
  await expect(status(page)).toHaveText(/Reached/);
  const on = page.getByRole("link", { name: "Go on", exact: true });
  await expect(on).toHaveCount(1);
  await expect(on).toBeInViewport();
});

test("a step goes up and down by its buttons and by keys, with the focus, as far as the ends", async ({ page, complaints: _ }) => {
  await open(page, "lesson=nightly-backup&step=change");
  const texts = () => page.locator(".ls-steps-editor input").evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  const [one, two, three, four, five] = await texts();
  await page.getByRole("button", { name: "Move step 4 up" }).click();
  await expect.poll(texts).toEqual([one, two, four, three, five]);
  await expect(page.getByRole("button", { name: "Move step 3 up" })).toBeFocused();
  await expect(page.locator("#announcement")).toContainText("Step 4 is now step 3.");
  await expect(page.locator(".tl-column").nth(2)).toContainText("sign-out");
  await page.getByRole("button", { name: "Move step 3 down" }).click();
  await expect.poll(texts).toEqual([one, two, three, four, five]);
  await page.locator("#ls-step-1").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(texts).toEqual([two, one, three, four, five]);
  await expect(page.locator("#ls-step-0")).toBeFocused();
  await page.keyboard.press("Alt+ArrowUp");
  await page.keyboard.press("Alt+ArrowDown");
  await expect.poll(texts).toEqual([one, two, three, four, five]);
  await expect(page.getByRole("button", { name: "Move step 1 up" })).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByRole("button", { name: "Move step 5 down" })).toHaveAttribute("aria-disabled", "true");
  await expect(rows(page)).toHaveCount(5);
});

test("a comparison says where an error is found, and an error makes no columns", async ({ page, complaints: _ }) => {
  await open(page, "lesson=user-says-no&step=reveal");
  await expect(page.locator(".ls-comparison tbody tr").nth(0)).toContainText("error access_denied, in the query");
  await expect(page.locator(".ls-comparison tbody tr").nth(1)).toContainText("≠ differs: error access_denied, in the fragment");
  await follow(page, "lesson=five-servers&step=reveal");
  await expect(page.locator(".ls-comparison thead th")).toHaveText(["Policy", "Screens", "Refresh token", "Answer"]);
});

test("what a story calls its codes and tokens is said where they first come", async ({ page, complaints: _ }) => {
  await open(page, "lesson=nightly-backup");
  await expect(page.locator(".ls-handles")).toHaveText("CODE1 is the first code, RT1 the first refresh token.");
  await follow(page, "lesson=incremental-servers");
  await expect(page.locator(".ls-who")).toContainText("Before, 30 days ago, Alice had approved calendar, without offline access, and it is on record.");
});

test("a presented story can be changed at its full size", async ({ page, complaints: _ }) => {
  test.slow();
  await page.setViewportSize({ width: 1280, height: 720 });
  await open(page, `lesson=${stories[0]?.id}&mode=present`);
  const small: string[] = [];
  for (const { id } of stories) {
    await follow(page, `lesson=${id}&mode=present&step=change`);
    await expect(page.locator(".ls-stage")).toHaveAttribute("data-slide", "change");
    await expect(page.locator(".ls-stage .tl-picture")).toBeVisible();
    await expect.poll(() => page.locator(".ls-stage").evaluate((it) => it.scrollHeight - it.clientHeight)).toBeLessThanOrEqual(1);
    const fit = await page.locator(".ls-stage").getAttribute("data-fit");
    if (fit !== "0") small.push(`${id}: ${fit}`);
    // Nor does a control of the task reach into the picture.
    const over = await page.evaluate(() => {
      const edge = document.querySelector(".ls-doing")?.getBoundingClientRect().right ?? 0;
      return Array.from(document.querySelectorAll(".ls-doing :is(input, select, button)")).some((it) => it.getBoundingClientRect().right > edge + 1);
    });
    if (over) small.push(`${id}: wider than its column`);
  }
  expect(small).toEqual([]);
});
