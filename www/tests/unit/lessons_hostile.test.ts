import { beforeAll, expect, test } from "vitest";
import { check } from "../../src/lessons/check.ts";
import { LESSONS, loadLesson } from "../../src/lessons/index.ts";
import type { Lesson } from "../../src/lessons/lesson.ts";
import { readLesson } from "../../src/lessons/reading.ts";
import { loadEngines } from "./engines.ts";
import { numbers } from "./numbers.ts";

beforeAll(loadEngines);

type Place = [holder: Record<string, unknown>, name: string];

/** Every member of every object and entry of every list. */
function places(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((name) => [[holder, name] as Place, ...places(holder[name])]);
}

const VALUES: readonly unknown[] = [
  null, true, 0, -1, 1e308, "", "x", "none", "constructor", "__proto__", [], {}, [[]], "RT1", ["RT1"], 60, "view=timeline", "profile=aol",
  "view=timeline&scenario=stolen", "scope=openid&policy.native_auto_approval=true", "scope=openid&policy.scopes_supported=%00", "url=%25&%=",
  { kind: "timeline", link: "view=timeline&scenario=own" }, { screens: [] }, { not: { screens: [] } }, "é\u{1F600}".repeat(30),
];

test("whatever becomes of a lesson on its way, it is read or refused, and held against the engine without a failure", async () => {
  const random = numbers(12);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const lessons = await Promise.all(LESSONS.map(async ({ id }) => (await loadLesson(id)) as Lesson));
  let read = 0;
  for (let round = 0; round < 400; round += 1) {
    const lesson = structuredClone(pick(lessons)) as unknown as Record<string, unknown>;
    for (let change = 0; change < 1 + Math.floor(random() * 2); change += 1) {
      const [holder, name] = pick(places(lesson));
      const [other, its] = pick(places(lesson));
      const kind = random();
      if (kind < 0.2) delete holder[name];
      else if (kind < 0.5) holder[name] = structuredClone(other[its]);
      else holder[name] = pick(VALUES);
    }
    const text = JSON.stringify(lesson);
    const found = readLesson(text);
    if (Array.isArray(found)) {
      expect(found.length, text).toBeGreaterThan(0);
      continue;
    }
    read += 1;
    for (const { place, says } of await check(found)) expect(`${place}: ${says}`).toMatch(/^\w.*: .*\.$/);
  }
  // Some changes change no more than a word.
  expect(read).toBeGreaterThan(20);
});
