import { readdirSync, readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect } from "./page.ts";

/** The little of a lesson file that these tests ask for. */
export interface LessonFile {
  id: string;
  title: string;
  question: string;
  shows: { kind: string };
  predict: { asks: string; choices: { text: string }[] }[];
  reveal: string;
  reason: string;
  change: { goal: string; may: string[] };
  remember: string;
  notes: string[];
}

const FOLDER = "lessons";
const TEXTS = readdirSync(FOLDER).filter((file) => /^\d\d-.*\.json$/.test(file)).sort().map((file) => readFileSync(`${FOLDER}/${file}`, "utf8"));
/** Every lesson of the site, in its order. */
export const LESSONS: readonly LessonFile[] = TEXTS.map((text) => JSON.parse(text) as LessonFile);
/** The first of each kind of situation. */
export const OF_KIND = Object.fromEntries(["request", "comparison", "timeline"].map((kind) => [kind, LESSONS.find(({ shows }) => shows.kind === kind) as LessonFile])) as Record<"request" | "comparison" | "timeline", LessonFile>;

/** A lesson file as a teacher would write one: one of ours with another name, and what else is wanted. */
export function written(change: (lesson: Record<string, unknown>) => void = () => undefined): Buffer {
  const at = LESSONS.indexOf(OF_KIND.request);
  const lesson = JSON.parse(TEXTS[at] ?? "{}") as Record<string, unknown>;
  Object.assign(lesson, { id: "of-my-own", title: "A lesson of my own" });
  change(lesson);
  return Buffer.from(JSON.stringify(lesson));
}

export async function open(page: Page, fragment: string): Promise<void> {
  // Twice the same address but for the fragment would not load again.
  await page.goto("about:blank");
  await page.goto(`./#view=lessons${fragment === "" ? "" : `&${fragment}`}`);
  // The frame of the page is there before the lesson is, which may wait for an engine of its own.
  await expect(page.locator("#ls-question, .ls-stage, .ls-notes, .ls-sheet, .ls-problems").first()).toBeVisible();
}

/** Another place by its link, on the page as it is. */
export async function follow(page: Page, fragment: string): Promise<void> {
  await page.evaluate((hash) => new Promise<void>((done) => {
    // It is drawn with the frame after, and has its size with the next one.
    addEventListener("popstate", () => requestAnimationFrame(() => requestAnimationFrame(() => done())), { once: true });
    location.hash = hash;
  }), `view=lessons&${fragment}`);
}

export const fragment = (page: Page): Promise<string> => page.evaluate(() => location.hash.slice(1));

/** Everything that the page says to a screen reader from here on, in its order. */
export async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    const look = (): void => {
      const text = document.getElementById("announcement")?.textContent?.trim() ?? "";
      if (text !== "" && heard.at(-1) !== text) heard.push(text);
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
  });
  return () => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
}

/** Goes from one thing that takes the focus to the next until the one called so has it. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "");
    if (name.test(focused)) return;
  }
  throw new Error(`nothing called ${name} takes the focus`);
}
