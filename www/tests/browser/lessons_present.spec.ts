import type { Locator, Page } from "@playwright/test";
import { generate } from "lean-qr";
import { follow, fragment, LESSONS, OF_KIND, open, written } from "./lesson_page.ts";
import { axeFindsNothing } from "./looks.ts";
import { expect, test } from "./page.ts";

const { request, comparison, timeline } = OF_KIND;
const SLIDES = ["question", "situation", "predict", "predict-2", "reveal", "drawn", "why", "change", "remember"];
const slide = (page: Page): Locator => page.locator(".ls-stage");
const hands = (page: Page): Promise<string[]> => page.locator(".ls-bar b").allTextContents();

async function present(page: Page, id: string, step = "question"): Promise<void> {
  await open(page, `lesson=${id}&step=${step}&mode=present`);
  await expect(slide(page)).toHaveAttribute("data-slide", step);
}

test("a clicker and the keys turn the screens, blank them and leave", async ({ page, complaints: _ }) => {
  await present(page, request.id);
  for (const next of SLIDES.slice(1)) {
    await page.keyboard.press("PageDown");
    await expect(slide(page)).toHaveAttribute("data-slide", next);
  }
  await page.keyboard.press("PageDown");
  const after = LESSONS[LESSONS.indexOf(request) + 1];
  await expect(page.locator(".ls-stage h1")).toHaveText(after?.question ?? "");
  await page.keyboard.press("PageUp");
  await expect(slide(page)).toHaveAttribute("data-slide", "remember");
  await page.keyboard.press("Home");
  await expect(page.locator(".ls-stage h1")).toHaveText(request.question);
  for (const key of ["ArrowRight", " ", "ArrowDown"]) await page.keyboard.press(key);
  await expect(slide(page)).toHaveAttribute("data-slide", "predict-2");
  for (const key of ["ArrowLeft", "ArrowUp", "Shift+ "]) await page.keyboard.press(key);
  await expect(slide(page)).toHaveAttribute("data-slide", "question");
  await page.keyboard.press("End");
  await expect(slide(page)).toHaveAttribute("data-slide", "remember");
  await page.keyboard.press("b");
  await expect(page.locator(".ls-cover.ls-blank")).toBeVisible();
  // A clicker brings the room back before it goes on.
  await page.keyboard.press("PageDown");
  await expect(page.locator(".ls-cover")).toHaveCount(0);
  await expect(slide(page)).toHaveAttribute("data-slide", "remember");
  await page.keyboard.press(".");
  await expect(page.locator(".ls-cover.ls-blank")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator(".ls-cover")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(page.locator("#ls-step")).toHaveText("Remember");
  expect(await fragment(page)).toBe(`view=lessons&lesson=${request.id}&step=remember`);
});

test("letters that are typed turn no screen", async ({ page, complaints: _ }) => {
  await present(page, request.id, "change");
  const field = page.getByRole("textbox", { name: "Request", exact: true });
  await field.focus();
  await page.keyboard.press("End");
  await page.keyboard.type("&prompt=consent n.bq");
  await expect(slide(page)).toHaveAttribute("data-slide", "change");
  await expect(page.locator(".ls-cover")).toHaveCount(0);
  await expect(field).toHaveValue(/n\.bq$/);
});

for (const { id } of [request, comparison, timeline]) {
  test(`a screen holds one idea, and all of it is seen without scrolling: ${id}`, async ({ page, complaints: _ }) => {
    test.slow();
    await page.setViewportSize({ width: 1280, height: 720 });
    await present(page, id);
    const cut: string[] = [];
    for (const one of SLIDES) {
      await follow(page, `lesson=${id}&mode=present${one === "question" ? "" : `&step=${one}`}`);
      await expect(slide(page)).toHaveAttribute("data-slide", one);
      for (const [width, height] of [[1280, 720], [1920, 1080]] as const) {
        await page.setViewportSize({ width, height });
        // Everything has its size once what comes with the screen is drawn and fitted.
        await expect.poll(() => slide(page).evaluate((it) => it.scrollHeight - it.clientHeight)).toBeLessThanOrEqual(1);
        if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight)) cut.push(`${one} at ${width}`);
        if (await slide(page).locator("h1").count() !== 1) cut.push(`${one}: more than one idea`);
      }
    }
    expect(cut).toEqual([]);
  });
}

test("the room is counted by taps, by keys and by links, and stands beside what happens", async ({ page, complaints: _ }) => {
  await present(page, request.id, "predict");
  const [first] = request.predict;
  await page.getByRole("button", { name: `One more: ${first?.choices[1]?.text}` }).click();
  await page.keyboard.press("2");
  await page.keyboard.press("1");
  await page.keyboard.press("5");
  await page.getByRole("button", { name: `One less: ${first?.choices[1]?.text}` }).click();
  await expect.poll(() => hands(page)).toEqual(["1 of 2 predictions", "1 of 2 predictions", "0 of 2 predictions"].slice(0, first?.choices.length));
  await page.getByRole("button", { name: "Count links…" }).click();
  const mine = `https://somewhere.example/#view=lessons&lesson=${request.id}&predicted=`;
  await page.getByLabel(/^Paste the links/).fill(`Ana ${mine}2.1\nBo: ${mine}2.2\n${mine.replace(request.id, "other")}1.1\n`);
  await page.getByRole("button", { name: "Count", exact: true }).click();
  await expect(page.locator("dialog [role='status']")).toHaveText("2 predictions counted. One link had no prediction of this lesson.");
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog[open]")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Count links…" })).toBeFocused();
  await expect.poll(async () => (await hands(page))[1]).toBe("3 of 4 predictions");
  await page.keyboard.press("PageDown");
  await expect.poll(async () => (await hands(page)).slice(0, 2)).toEqual(["1 of 2 predictions", "1 of 2 predictions"]);
  await page.keyboard.press("PageDown");
  await expect(page.locator("[data-verdict='right'] .ls-mark")).toHaveText([/so it is/, /so it is/]);
  expect(await page.locator(".ls-bar-hands").evaluateAll((bars) => bars.map((bar) => bar.getAttribute("width")))).toContain("75");
  // The room's count is the room's: it is in no link and on no device.
  expect(await fragment(page)).toBe(`view=lessons&lesson=${request.id}&step=reveal&mode=present`);
  expect(await page.evaluate(() => localStorage.getItem("grantwise.lessons"))).toBeNull();
});

test("the notes are on a second window, and either turns both", async ({ page, context, complaints: _ }) => {
  await present(page, request.id, "predict");
  const opened = context.waitForEvent("page");
  await page.keyboard.press("n");
  const notes = await opened;
  await expect(notes.locator(".ls-notes h1")).toHaveText(request.title);
  await expect(notes.locator(".ls-notes")).toContainText(request.notes[0] ?? "");
  await expect(notes.locator("#ls-now")).toHaveText("Now: The first prediction");
  await expect(notes.locator(".ls-notes")).toContainText("Right:");
  await expect(notes.locator(".ls-notes")).toContainText("Together with the other window.");
  await page.keyboard.press("PageDown");
  await expect(notes.locator("#ls-now")).toHaveText("Now: The second prediction");
  await notes.bringToFront();
  await notes.keyboard.press("PageDown");
  await expect(slide(page)).toHaveAttribute("data-slide", "reveal");
  await notes.getByRole("button", { name: "Forward" }).click();
  await expect(slide(page)).toHaveAttribute("data-slide", "drawn");
  for (let turn = 0; turn < 4; turn += 1) await notes.keyboard.press("PageDown");
  await expect(page.locator(".ls-stage h1")).toHaveText(LESSONS[LESSONS.indexOf(request) + 1]?.question ?? "");
  await expect(notes.locator(".ls-notes h1")).toHaveText(LESSONS[LESSONS.indexOf(request) + 1]?.title ?? "");
});

test("the timer counts, stops and begins anew", async ({ page, complaints: _ }) => {
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1000);
  await open(page, `lesson=${request.id}&mode=notes`);
  const timer = page.getByRole("timer");
  await expect(timer).toHaveText("0:00");
  await page.clock.runFor(61_000);
  await expect(timer).toHaveText(/^1:0[01]$/);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.clock.runFor(60_000);
  await expect(timer).toHaveText(/^1:0[01]$/);
  await page.getByRole("button", { name: "Begin anew" }).click();
  await expect(timer).toHaveText("0:00");
  await page.clock.runFor(5500);
  await expect(timer).toHaveText("0:05");
});

test("without a channel between windows each is turned by hand", async ({ page, complaints: _ }) => {
  await page.addInitScript(() => { delete (globalThis as { BroadcastChannel?: unknown }).BroadcastChannel; });
  await present(page, request.id);
  await page.keyboard.press("PageDown");
  await expect(slide(page)).toHaveAttribute("data-slide", "situation");
  await open(page, `lesson=${request.id}&mode=notes`);
  await expect(page.locator(".ls-notes")).toContainText("No other window answers; turn the pages here.");
  await page.keyboard.press("PageDown");
  await expect(page.locator("#ls-now")).toHaveText("Now: The situation");
});

test("the QR code is the lesson's link, drawn on the page", async ({ page, complaints: _ }) => {
  await present(page, request.id, "reveal");
  await page.keyboard.press("q");
  const code = page.getByRole("img", { name: `QR code of the link to ${request.title}` });
  await expect(code).toBeVisible();
  const link = `${page.url().split("#")[0]}#view=lessons&lesson=${request.id}`;
  await expect(page.locator(".ls-cover .ls-link")).toHaveText(link);
  const drawn = await code.locator("path").evaluate((path) => path.getAttribute("d") ?? "");
  const wanted = generate(link);
  await expect(code).toHaveAttribute("data-size", String(wanted.size));
  const dark = new Set<string>();
  for (const [, x, y, length] of drawn.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) for (let at = 0; at < Number(length); at += 1) dark.add(`${Number(x) + at} ${y}`);
  const expected = new Set<string>();
  for (let y = 0; y < wanted.size; y += 1) for (let x = 0; x < wanted.size; x += 1) if (wanted.get(x, y)) expected.add(`${x} ${y}`);
  expect([...dark].sort()).toEqual([...expected].sort());
  await page.keyboard.press("q");
  await expect(page.locator(".ls-cover")).toHaveCount(0);
});

/** How many pages a printed document has. */
async function pages(page: Page): Promise<number> {
  const file = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  return file.match(/\/Type ?\/Page\b(?!s)/g)?.length ?? 0;
}

test("the handout is a page of paper for each lesson", async ({ page, complaints: _ }) => {
  await open(page, `lesson=${comparison.id}&mode=handout`);
  await expect(page.locator(".ls-sheet .ls-qr path")).toHaveCount(1);
  await expect(page.locator(".ls-sheet")).toContainText(comparison.remember);
  await expect(page.locator(".ls-link")).toContainText(`#view=lessons&lesson=${comparison.id}`);
  expect(await pages(page)).toBe(1);
  await open(page, "mode=handout");
  await expect(page.locator(".ls-sheet .ls-qr path")).toHaveCount(LESSONS.length);
  expect(await pages(page)).toBe(LESSONS.length);
});

/** Every text of a lesson as long as it may be, with as many choices and policies. */
function longest(lesson: Record<string, unknown>): void {
  const text = (length: number): string => "Alice waits for an answer, which takes its time. ".repeat(20).slice(0, length).trim();
  const more = Array.from({ length: 4 }, (_, at) => ({ name: `policy ${at}`, profile: "google-2011", policy: { native_auto_approval: "true" } }));
  const base = LESSONS.find(({ id }) => id === "changing-a-setting") as unknown as Record<string, unknown>;
  Object.assign(lesson, base, { id: "of-my-own", title: text(80), question: text(200), story: text(800), reveal: text(400), reason: text(400), remember: text(200) });
  lesson.sources = Array.from({ length: 6 }, (_, at) => ({ title: `${at}${text(199)}` }));
  const { shows } = base as { shows: { policies: unknown[] } };
  lesson.shows = { ...shows, policies: [...shows.policies, ...more] };
  lesson.predict = (base.predict as { choices: { text: string }[] }[]).map((one) => ({
    ...one,
    asks: text(160),
    choices: Array.from({ length: 5 }, (_, at) => ({ ...one.choices[at] ?? { when: { under: ["before"], error: "server_error" } }, text: `${at}${text(119)}` })),
  }));
  lesson.change = { ...base.change as object, goal: text(200), shows };
}

test("the handout of the longest lesson that somebody can write is one page, too", async ({ page, complaints: _ }) => {
  await open(page, "");
  await page.getByLabel("Lesson file (JSON)").setInputFiles({ name: "long.json", mimeType: "application/json", buffer: written(longest) });
  await expect(page.locator(".kicker").first()).toContainText("A lesson from a file");
  await page.getByRole("link", { name: "Handout" }).click();
  await expect(page.locator(".ls-sheet .ls-row").first()).toBeVisible();
  await expect(page.locator(".ls-boxes li")).toHaveCount(10);
  expect(await pages(page)).toBe(1);
});

const STATES: readonly { name: string; at: string; act?: (page: Page) => Promise<void> }[] = [
  { name: "the list", at: "" },
  { name: "a question", at: `lesson=${request.id}&predicted=1.-` },
  { name: "what happens", at: `lesson=${request.id}&step=reveal&predicted=1.2` },
  { name: "a change, with hints", at: `lesson=${request.id}&step=change`, act: async (page) => { for (const hint of [1, 2, 3]) await page.getByRole("button", { name: `Hint ${hint} of 3` }).click(); } },
  { name: "remember", at: `lesson=${request.id}&step=remember` },
  { name: "the question of a comparison", at: `lesson=${comparison.id}` },
  { name: "a comparison", at: `lesson=${comparison.id}&step=reveal` },
  { name: "a comparison to be changed", at: `lesson=${comparison.id}&step=change` },
  { name: "the question of a story", at: `lesson=${timeline.id}` },
  { name: "a story", at: `lesson=${timeline.id}&step=reveal&predicted=1.1` },
  { name: "a story to be changed", at: `lesson=${timeline.id}&step=change` },
  { name: "a story with a step to come", at: `lesson=${timeline.id}&step=change`, act: (page) => page.getByRole("button", { name: "Insert a step after step 1" }).click() },
  { name: "presented, a story to be changed", at: `lesson=${timeline.id}&mode=present&step=change` },
  { name: "a damaged file", at: "file=AAAA" },
  { name: "presented, the question", at: `lesson=${request.id}&mode=present` },
  { name: "presented, a prediction", at: `lesson=${request.id}&mode=present&step=predict`, act: (page) => page.keyboard.press("1") },
  { name: "presented, what happens", at: `lesson=${request.id}&mode=present&step=reveal` },
  { name: "presented, the code", at: `lesson=${request.id}&mode=present&step=remember`, act: (page) => page.keyboard.press("q") },
  { name: "the notes", at: `lesson=${request.id}&mode=notes` },
  { name: "the handout", at: `lesson=${request.id}&mode=handout` },
];

for (const { name, at, act } of STATES) {
  test(`axe finds nothing in the lessons: ${name}`, async ({ page, complaints: _ }) => {
    test.slow();
    await axeFindsNothing(page, async () => {
      await open(page, at);
      await act?.(page);
    });
  });
}
