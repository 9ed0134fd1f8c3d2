import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { check } from "../../src/lessons/check.ts";
import { LESSONS, loadLesson } from "../../src/lessons/index.ts";
import type { Lesson, Source } from "../../src/lessons/lesson.ts";
import { readLink } from "../../src/lessons/link.ts";
import { readLesson } from "../../src/lessons/reading.ts";
import { loadEngines } from "./engines.ts";

const FOLDER = resolve("lessons");
const FILES = readdirSync(FOLDER).filter((file) => /^\d\d-/.test(file)).sort();

function lessonIn(file: string): Lesson {
  const lesson = readLesson(readFileSync(join(FOLDER, file), "utf8"));
  if (Array.isArray(lesson)) throw new Error(lesson.map(({ place, says }) => `${place}: ${says}`).join("\n"));
  return lesson;
}

beforeAll(loadEngines);

describe.each(FILES)("%s", (file) => {
  test("is a lesson under its own name, and all that it says is so", async () => {
    const lesson = lessonIn(file);
    expect(file).toMatch(new RegExp(`^\\d\\d-${lesson.id}\\.json$`));
    expect(await check(lesson)).toEqual([]);
  });

  test("has links as the page itself writes them", () => {
    const { shows, change } = lessonIn(file);
    for (const { kind, link } of [shows, change.shows]) expect(readLink(kind, link)).toEqual({ link, problems: [] });
  });

  test("takes two minutes at most", () => {
    const { title, question, story, predict, reveal, reason, change, remember } = lessonIn(file);
    const read = [title, question, story, reveal, reason, change.goal, remember, ...predict.flatMap(({ asks, choices }) => [asks, ...choices.map(({ text }) => text)])];
    // Aloud, 130 words are a minute.
    expect(read.join(" ").split(/\s+/).length).toBeLessThan(260);
  });

  test("cites its sources as the project does", () => {
    const known = readFileSync(resolve("../src/sources.rs"), "utf8");
    const isKnown = ({ title, url = "" }: Source) => known.split("\n").some((line) => {
      const [, its = "", address = ""] = /= "((?:[^"\\]|\\.)*)", "([^"]*)";/.exec(line) ?? [];
      return its !== "" && title.startsWith(its.replaceAll('\\"', '"')) && url.split("#")[0] === address.split("#")[0];
    });
    expect(lessonIn(file).sources.filter((source) => !isKnown(source))).toEqual([]);
  });
});

test("the list has every lesson in the order of the files, and each can be loaded", async () => {
  expect(LESSONS).toHaveLength(FILES.length);
  expect(FILES.map((file) => Number(file.slice(0, 2)))).toEqual(FILES.map((_file, at) => at + 1));
  for (const [at, { id, title, question }] of LESSONS.entries()) {
    expect(FILES[at]).toContain(id);
    expect(await loadLesson(id)).toMatchObject({ id, title, question });
  }
  expect(await loadLesson("nothing-of-the-kind")).toBeNull();
});
