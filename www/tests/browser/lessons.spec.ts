import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { fragment, follow, LESSONS, listen, OF_KIND, open, tabTo, written } from "./lesson_page.ts";
import { expect, test } from "./page.ts";

const { request, comparison, timeline } = OF_KIND;
const heading = (page: Page): Locator => page.locator("#ls-step");
const choose = (page: Page, at: number, choice: number): Promise<void> => page.locator(`#predict-${at}-${choice}`).check();
const compare = (page: Page): Promise<void> => page.getByRole("button", { name: "Show what happens" }).click();

/** The choices that the engine finds right, as the page has them. */
async function rightOnes(page: Page, id: string): Promise<number[]> {
  await open(page, `lesson=${id}&step=reveal`);
  const lesson = LESSONS.find((one) => one.id === id);
  await expect(page.locator(".ls-its b")).toHaveCount(lesson?.predict.length ?? 0);
  const said = await page.locator(".ls-its b").allTextContents();
  return (lesson?.predict ?? []).map(({ choices }, at) => choices.findIndex(({ text }) => text === said[at]));
}

test("from the page to the lessons and back, and what they cost is loaded only then", async ({ playground, page }) => {
  const loaded: string[] = [];
  page.on("response", (response) => loaded.push(new URL(response.url()).pathname));
  await playground.open("profile=aol&scope=openid");
  expect(loaded.filter((path) => /view|simulation|lean-qr/.test(path))).toEqual([]);
  await page.getByRole("link", { name: "Lessons" }).click();
  await expect(page.locator(".ls-list > li")).toHaveCount(LESSONS.length);
  await page.getByRole("link", { name: request.title }).first().click();
  await expect(page.locator("#ls-question")).toHaveText(request.question);
  expect(loaded.filter((path) => path.includes("simulation_bg"))).toEqual([]);
  await page.goBack();
  await page.goBack();
  await expect(playground.answer).toBeVisible();
  await expect(playground.choice("Policy")).toHaveValue("aol");
  // What the lessons showed has not become what the playground shows.
  await playground.choice("Policy").selectOption("Okta");
  expect(await playground.fragment()).toBe("profile=okta&scope=openid");
  await page.getByRole("link", { name: "Timeline" }).click();
  await page.getByRole("link", { name: "Lessons" }).click();
  await expect(page.locator(".ls-list")).toBeVisible();
});

for (const lesson of [request, comparison, timeline]) {
  test(`a keyboard alone finishes a lesson, and a screen reader hears it: ${lesson.id}`, async ({ page, complaints: _ }) => {
    const heard = await listen(page);
    await open(page, `lesson=${lesson.id}`);
    // A person hears one thing before the next is done; what comes faster takes its place.
    const announcement = page.locator("#announcement");
    await expect(announcement).toContainText(lesson.question);
    await page.keyboard.press("1");
    await expect(page.locator("#predict-0-0")).toBeChecked();
    await expect(announcement).toContainText(lesson.predict[0]?.choices[0]?.text ?? "");
    await page.keyboard.press("2");
    await expect(page.locator("#predict-1-1")).toBeChecked();
    await expect(announcement).toContainText(lesson.predict[1]?.choices[1]?.text ?? "");
    await page.keyboard.press("Enter");
    await expect(heading(page)).toBeFocused();
    await expect(heading(page)).toHaveText("What happens");
    await expect(announcement).toContainText(lesson.reveal);
    await tabTo(page, /^Now change one thing$/);
    await page.keyboard.press("Enter");
    await expect(heading(page)).toBeFocused();
    await expect(page.locator(".ls-status")).toHaveText(/Not reached yet/);
    await expect(announcement).toContainText(lesson.change.goal);
    for (const hint of [1, 2, 3]) {
      await page.keyboard.press("h");
      await expect(page.locator(".ls-hints li")).toHaveCount(hint);
      await expect(announcement).toContainText(`Hint ${hint} of 3`);
    }
    await tabTo(page, /^Do it for me$/);
    await page.keyboard.press("Enter");
    await expect(page.locator(".ls-status")).toHaveText(/Reached: the engine agrees/);
    await expect(announcement).toContainText("Reached: the engine agrees");
    await tabTo(page, /^Go on$/);
    await page.keyboard.press("Enter");
    await expect(heading(page)).toHaveText("Remember");
    await expect(page.locator(".ls-take")).toHaveText(lesson.remember);
    await expect(announcement).toContainText(lesson.remember);
    await tabTo(page, /^Next lesson: /);
    await page.keyboard.press("Enter");
    await expect(page.locator("#ls-question")).toBeFocused();
    expect(await fragment(page)).not.toContain(lesson.id);

    const all = await heard();
    const at = (what: string): number => all.findIndex((text) => text.includes(what));
    const [first, second] = lesson.predict;
    const order = [`Question: ${lesson.question}`, `Your prediction: ${first?.choices[0]?.text}`, `Your prediction: ${second?.choices[1]?.text}`, lesson.reveal, lesson.change.goal, "Hint 1 of 3", "Reached: the engine agrees", `Remember: ${lesson.remember}`];
    expect(order.filter((what) => at(what) < 0)).toEqual([]);
    expect(order.map(at)).toEqual(order.map(at).toSorted((one, other) => one - other));
    expect(all[at(lesson.reveal)]).toMatch(/You predicted: .*(Right|Not so)/);
  });
}

test("every lesson: nothing is given away before, and what the third hint does reaches the goal", async ({ page, complaints: _ }) => {
  test.slow();
  await open(page, "");
  for (const lesson of LESSONS) {
    await follow(page, `lesson=${lesson.id}`);
    await expect(page.locator("#ls-question"), lesson.id).toHaveText(lesson.question);
    await expect(page.locator(".ls-particulars .ls-row").first()).toBeVisible();
    for (const given of [".panels", ".ls-comparison", ".tl-picture", ".ls-verdict"]) await expect(page.locator(given), lesson.id).toHaveCount(0);
    await follow(page, `lesson=${lesson.id}&step=reveal`);
    await expect(page.locator(".ls-says"), lesson.id).toHaveText(lesson.reveal);
    await expect(page.locator(".ls-its"), lesson.id).not.toContainText(["none of these"]);
    await expect(page.locator(".panels, .ls-comparison, .tl-picture").first()).toBeVisible();
    await follow(page, `lesson=${lesson.id}&step=change`);
    await expect(page.locator(".ls-goal"), lesson.id).toHaveText(lesson.change.goal);
    await expect(page.locator(".ls-status"), lesson.id).toHaveText(/Not reached yet/);
    for (const hint of [1, 2, 3]) await page.getByRole("button", { name: `Hint ${hint} of 3` }).click();
    await page.getByRole("button", { name: "Do it for me" }).click();
    await expect(page.locator(".ls-status"), lesson.id).toHaveText(/Reached: the engine agrees/);
    expect(await fragment(page), lesson.id).toBe(`view=lessons&lesson=${lesson.id}&step=change`);
    await page.getByRole("button", { name: "Start over" }).click();
    await expect(page.locator(".ls-status"), lesson.id).toHaveText(/Not reached yet/);
  }
});

test("right and not so are told by a word and a shape", async ({ page, complaints: _ }) => {
  const right = await rightOnes(page, request.id);
  await open(page, `lesson=${request.id}`);
  await expect(page.getByRole("button", { name: "Show what happens" })).toHaveAttribute("aria-disabled", "true");
  await choose(page, 0, right[0] ?? 0);
  // Half a prediction is none; the button says so, and is there for a screen reader all the same.
  await page.getByRole("button", { name: "Show what happens" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".ls-verdict")).toHaveCount(0);
  await choose(page, 1, right[1] === 0 ? 1 : 0);
  await compare(page);
  await expect(page.locator("[data-verdict='right'] .ls-mark")).toHaveText("✓ right");
  await expect(page.locator("[data-verdict='wrong'] .ls-mark")).toHaveText("✕ not so");
  await expect(page.locator(".ls-says")).toHaveText(request.reveal);
  await expect(page.locator(".panel")).toHaveCount(3);
  await page.getByRole("link", { name: "Open in the playground" }).click();
  await expect(page.locator("#answer-sentence")).toBeVisible();
});

test("what was wrong first is asked again at the end, and kept on this device only", async ({ page, complaints: _ }) => {
  const right = await rightOnes(page, request.id);
  const wrong = right.map((one) => (one === 0 ? 1 : 0));
  const row = page.locator(".ls-list > li").nth(LESSONS.indexOf(request));
  await open(page, "");
  await expect(row).toContainText("not done");
  await follow(page, `lesson=${request.id}`);
  for (const [at, one] of wrong.entries()) await choose(page, at, one);
  await compare(page);
  await open(page, "");
  await expect(row).toContainText("↻ to be asked again");
  await page.locator(".ls-again").getByRole("link", { name: request.title }).click();
  for (const [at, one] of right.entries()) await choose(page, at, one);
  await compare(page);
  await open(page, "");
  await expect(row).toContainText("✓ right when asked again");
  await expect(page.locator(".ls-again")).toHaveCount(0);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  const file = await (await download).path();
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ grantwise_progress: 1, lessons: { [request.id]: { first: "wrong", again: "right", reached: false } } });
  await page.getByRole("button", { name: "Reset…" }).click();
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(row).toContainText("right when asked again");
  await page.getByRole("button", { name: "Reset…" }).click();
  await page.getByRole("button", { name: "Forget it" }).click();
  await expect(row).toContainText("not done");
  await page.getByLabel("Import a file").setInputFiles({ name: "bad.json", mimeType: "application/json", buffer: Buffer.from("[]") });
  await expect(page.locator(".ls-progress")).toContainText("This file is not the progress of lessons");
  await page.getByLabel("Import a file").setInputFiles(file);
  await expect(row).toContainText("right when asked again");
});

test("storage that is broken, or forbidden, costs nothing but the memory", async ({ page, complaints: _ }) => {
  await page.addInitScript(() => { try { localStorage.setItem("grantwise.lessons", "{broken"); } catch { /* about:blank has none */ } });
  await open(page, `lesson=${request.id}`);
  await choose(page, 0, 0);
  await choose(page, 1, 0);
  await compare(page);
  await expect(page.locator(".ls-says")).toBeVisible();
  await page.addInitScript(() => {
    for (const name of ["getItem", "setItem", "removeItem"] as const) Storage.prototype[name] = () => { throw new DOMException("no", "SecurityError"); };
  });
  await open(page, `lesson=${request.id}`);
  await choose(page, 0, 0);
  await choose(page, 1, 0);
  await compare(page);
  await expect(page.locator(".ls-says")).toBeVisible();
  await follow(page, "");
  await expect(page.locator(".ls-progress")).toContainText("This browser keeps nothing");
  await expect(page.locator(".ls-list > li").nth(LESSONS.indexOf(request))).not.toContainText("not done");
});

test("a task permits what it permits, and nothing else can be changed", async ({ page, complaints: _ }) => {
  await open(page, `lesson=${request.id}&step=change`);
  await expect(page.locator(".ls-editor")).toContainText("You may change the request, and nothing else.");
  await expect(page.locator(".ls-editor select, .ls-editor input")).toHaveCount(0);
  const field = page.getByRole("textbox", { name: "Request", exact: true });
  const before = await field.inputValue();
  await field.fill(`${before}&prompt=consent`);
  await expect(page.locator(".ls-status")).toHaveText(/Reached/);
  for (const button of await page.locator(".device button").all()) await expect(button).toBeDisabled();
  await field.fill(`${before}&client_secret=s3cret`);
  await expect(page.locator(".ls-editor .notes")).toContainText("client_secret");
  expect(await fragment(page)).toBe(`view=lessons&lesson=${request.id}&step=change`);
  // What was tried is there again for who only looked at the answer.
  await field.fill(`${before}&prompt=consent`);
  await page.getByRole("link", { name: "What happens" }).click();
  await expect(page.locator(".panels")).toContainText("no refresh token");
  await page.goBack();
  await expect(field).toHaveValue(/&prompt=consent/);
  await expect(page.locator(".ls-status")).toHaveText(/Reached/);
});

test("the steps of a story are edited as they stand in a link", async ({ page, complaints: _ }) => {
  const lesson = LESSONS.find(({ change, shows }) => change.may.includes("steps") && shows.kind === "timeline") as (typeof LESSONS)[number];
  await open(page, `lesson=${lesson.id}&step=change`);
  const rows = page.locator(".ls-steps-editor li");
  await expect(rows.first()).toBeVisible();
  const count = await rows.count();
  await page.getByRole("button", { name: `Insert a step after step ${count}` }).click();
  await expect(page.locator(`#ls-step-choice-${count}`)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.locator(`#ls-step-${count}`)).toBeFocused();
  await page.keyboard.type("logou");
  await expect(rows.last()).toContainText("No step is written like this.");
  await expect(page.locator(".tl-column")).toHaveCount(count);
  await page.keyboard.type("t");
  await expect(rows.last()).toContainText("The user signs out.");
  await expect(page.locator(".tl-column")).toHaveCount(count + 1);
  await page.locator(`#ls-step-${count}`).fill("exchange?code=4/0AX4XfWh-a-real-one");
  await expect(rows.last()).toContainText("This looks like a secret, and is not taken.");
  await page.getByRole("button", { name: `Remove step ${count + 1}` }).click();
  await expect(page.locator(".tl-column")).toHaveCount(count);
  await expect(rows).toHaveCount(count);
  await page.getByRole("button", { name: "Remove step 1" }).click();
  await expect(rows).toHaveCount(count - 1);
  await page.getByRole("button", { name: "Start over" }).click();
  await expect(rows).toHaveCount(count);
});

test("a prediction is in its link", async ({ page, context, complaints: _ }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, `lesson=${request.id}`);
  await choose(page, 0, 1);
  await choose(page, 1, 0);
  expect(await fragment(page)).toBe(`view=lessons&lesson=${request.id}&predicted=2.1`);
  await compare(page);
  await page.getByRole("button", { name: "Copy my prediction as a link" }).click();
  // Copying goes on after the click.
  await expect(page.getByRole("button", { name: "✓ Copied" })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(new RegExp(`#view=lessons&lesson=${request.id}&predicted=2\\.1$`));
  await page.goto("about:blank");
  await page.goto(link);
  await expect(page.locator("#predict-0-1")).toBeChecked();
  await expect(page.locator("#predict-1-0")).toBeChecked();
});

test("a lesson of one's own is read here, and its link carries all of it", async ({ page, complaints: _ }) => {
  await open(page, "");
  const field = page.getByLabel("Lesson file (JSON)");
  await field.setInputFiles({ name: "mine.json", mimeType: "application/json", buffer: written() });
  await expect(page.locator(".kicker")).toHaveText("A lesson from a file: A lesson of my own");
  expect(await fragment(page)).toMatch(/^view=lessons&file=[\w-]+$/);
  await page.reload();
  await expect(page.locator("#ls-question")).toHaveText(request.question);
  await choose(page, 0, 0);
  await choose(page, 1, 0);
  await compare(page);
  await expect(page.locator(".ls-says")).toHaveText(request.reveal);
  await page.locator(".ls-head").getByRole("link", { name: /^All/ }).click();
  await expect(page.locator(".ls-list")).not.toContainText("right at first");
  expect(await page.evaluate(() => localStorage.getItem("grantwise.lessons"))).toBeNull();
});

test("a file that is no lesson is refused with its sentences and touches nothing", async ({ page, complaints: _ }) => {
  await open(page, "");
  const before = await page.evaluate(() => JSON.stringify(localStorage));
  const field = page.getByLabel("Lesson file (JSON)");
  const alert = page.locator(".ls-own [role='alert']");
  for (const [buffer, says] of [
    [Buffer.from("no lesson"), "This is no JSON"],
    [Buffer.from("{}"), "This is missing."],
    [written((it) => { it.html = "<img src=x onerror=alert(1)>"; }), "There is no such member here"],
    [written((it) => { it.title = "<script>alert(1)</script>".repeat(20); }), "This is longer than 80 characters."],
    [written((it) => { (it.predict as { choices: { when: unknown }[] }[])[0]!.choices[0]!.when = { screens: ["consent"] }; (it.predict as { choices: { when: unknown }[] }[])[0]!.choices[1]!.when = { screens: ["consent"] }; }), "one it must be"],
    [Buffer.from("x".repeat(70_000)), "longer than 64 KB"],
  ] as const) {
    await field.setInputFiles({ name: "bad.json", mimeType: "application/json", buffer });
    await expect(alert).toContainText(says);
    expect(await fragment(page)).toBe("view=lessons");
    await expect(page.locator(".ls-list > li")).toHaveCount(LESSONS.length);
  }
  expect(await page.evaluate(() => JSON.stringify(localStorage))).toBe(before);
  await open(page, "file=AAAA");
  await expect(page.locator(".ls-problems")).toContainText("The lesson in this link is damaged");
  await open(page, "lesson=nowhere");
  await expect(page.locator(".ls-problems")).toContainText("There is no lesson nowhere.");
});

for (const width of [320, 360, 768, 1280, 1920]) {
  test(`nothing is wider than a screen of ${width}`, async ({ page, complaints: _ }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page, "");
    const wider: string[] = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth) > 0 ? ["the list"] : [];
    for (const { id, question } of [request, comparison, timeline]) for (const step of ["", "&step=reveal&predicted=1.2", "&step=change", "&step=remember"]) {
      const at = `lesson=${id}${step}`;
      await follow(page, at);
      await expect(page.locator("#ls-question")).toHaveText(question);
      if (await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth) > 0) wider.push(at);
    }
    expect(wider).toEqual([]);
  });
}

test("how long a keystroke takes, and tasks that take long, are told", async ({ page, complaints: _ }) => {
  await page.addInitScript(() => {
    const long: number[] = [];
    Object.assign(globalThis, { long });
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => Math.round(duration)))).observe({ type: "longtask", buffered: true });
  });
  await open(page, `lesson=${request.id}&step=change`);
  const loading = await page.evaluate(() => (globalThis as unknown as { long: number[] }).long.splice(0));
  const field = page.getByRole("textbox", { name: "Request", exact: true });
  await field.focus();
  await page.keyboard.press("End");
  const times: number[] = [];
  for (const letter of "&prompt=consent") {
    await page.evaluate(() => {
      addEventListener("keydown", () => {
        const began = performance.now();
        requestAnimationFrame(() => setTimeout(() => { (globalThis as unknown as { took: number }).took = performance.now() - began; }));
      }, { once: true, capture: true });
    });
    await page.keyboard.type(letter);
    const took = await page.waitForFunction(() => { const it = globalThis as unknown as { took?: number }; const { took } = it; delete it.took; return took; });
    times.push(await took.jsonValue() as number);
  }
  await expect(page.locator(".ls-status")).toHaveText(/Reached/);
  const editing = await page.evaluate(() => (globalThis as unknown as { long: number[] }).long);
  times.sort((one, other) => one - other);
  console.log(`a keystroke to its answer: ${times[Math.floor(times.length / 2)]?.toFixed(1)} ms at the median, ${times.at(-1)?.toFixed(1)} ms at most; long tasks while loading: ${loading.join(", ") || "none"} ms, while editing: ${editing.join(", ") || "none"} ms`);
});
