import { expect, test } from "vitest";
import { MOST_LESSON, readLesson } from "../../src/lessons/reading.ts";
import { BROKEN, otherwise, PLAIN } from "./lesson_corpus.ts";

test("a plain file is a lesson, with what it may leave out", () => {
  const lesson = readLesson(JSON.stringify({ $schema: "./lesson.schema.json", ...PLAIN }));
  expect(lesson).toMatchObject({ id: "plain", change: { shows: { kind: "request", link: "scope=openid+offline_access" } } });
  expect(lesson).not.toHaveProperty("$schema");
  const compared = readLesson(otherwise("shows", { kind: "comparison", link: "scope=openid", policies: [{ profile: "aol" }, { name: "changed", profile: "aol", policy: { honour_online_access: "true" } }] }));
  expect(compared).toMatchObject({ shows: { policies: [{ name: "aol", policy: {} }, { name: "changed", policy: { honour_online_access: "true" } }] } });
});

test.each(BROKEN)("refused, with its place and a sentence: $what", ({ file, place, says }) => {
  const problems = readLesson(file);
  if (!Array.isArray(problems)) throw new Error("read as a lesson");
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.find((one) => one.place === place && says.test(one.says)), JSON.stringify(problems)).toBeDefined();
  for (const { says: sentence } of problems) expect(sentence).toMatch(/^\S.{8,}\.$/);
});

test("of many problems only so many are told, and a stranger's long names are cut", () => {
  const many = JSON.stringify({ ...PLAIN, ...Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`${"x".repeat(200)}${at}`, 1])) });
  const problems = readLesson(many);
  if (!Array.isArray(problems)) throw new Error("read as a lesson");
  expect(problems).toHaveLength(20);
  expect(problems[0]?.place.length).toBeLessThan(70);
  expect(many.length).toBeLessThan(MOST_LESSON);
});
