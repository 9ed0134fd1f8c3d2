import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { check } from "../../src/lessons/check.ts";
import { LESSONS } from "../../src/lessons/index.ts";
import { COLUMNS, OWNERS } from "../../src/lessons/lesson.ts";
import { STATED } from "../../src/lessons/lesson_shape.ts";
import { readLesson } from "../../src/lessons/reading.ts";
import { loadEngines } from "./engines.ts";

beforeAll(loadEngines);

const GUIDE = readFileSync(resolve("../docs/lessons.md"), "utf8");

/** What stands under a heading, up to the next one of its level. */
function section(heading: string): string {
  const [, text = ""] = GUIDE.split(`\n## ${heading}\n`);
  return text.split("\n## ")[0] ?? "";
}

test("the lesson of the guide is one, and all that it says is so", async () => {
  const [, text = ""] = /```json\n([^]*?)```/.exec(GUIDE) ?? [];
  const lesson = readLesson(text);
  if (Array.isArray(lesson)) throw new Error(JSON.stringify(lesson));
  expect(await check(lesson)).toEqual([]);
});

test.each(["30 minutes", "90 minutes"])("the course of %s is made of lessons that are there, and takes as long", (heading) => {
  const rows = [...section(heading).matchAll(/^\| (\d+) \| (`?)([^|`]+)`? \|/gm)].map(([, minutes, tick, name = ""]) => ({ minutes: Number(minutes), lesson: tick === "`" ? name : null }));
  expect(rows.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(Number.parseInt(heading, 10));
  const order = LESSONS.map(({ id }) => id);
  const places = rows.flatMap(({ lesson }) => (lesson === null ? [] : [order.indexOf(lesson)]));
  expect(places).not.toContain(-1);
  // In the order in which they build on each other.
  expect(places).toEqual([...places].sort((one, other) => one - other));
});

test("the guide says how many lessons there are, and names each", () => {
  expect(GUIDE).toContain(`has ${LESSONS.length} lessons`);
  for (const { id } of LESSONS) expect(GUIDE).toContain(`\`${id}\``);
});

test("the guide explains every word of a claim and of a task", () => {
  const { length } = Object.keys(STATED);
  expect(length).toBeGreaterThan(20);
  for (const word of [...Object.keys(STATED), ...OWNERS, ...COLUMNS, "not", "any"]) expect(GUIDE, word).toContain(`\`${word}\``);
});
