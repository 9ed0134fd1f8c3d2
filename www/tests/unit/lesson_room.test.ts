import { beforeEach, expect, test } from "vitest";
import type { Lesson } from "../../src/lessons/lesson.ts";
import { clear, count, countLinks, countsOf } from "../../src/lessons/room.ts";

const choices = (...texts: string[]) => texts.map((text) => ({ text, when: {} }));
const LESSON = { id: "mcp", predict: [{ id: "sees", asks: "?", choices: choices("a", "b", "c") }, { id: "gets", asks: "?", choices: choices("d", "e") }] } as unknown as Lesson;

beforeEach(() => clear(LESSON));

test("hands are counted one by one, and never below none", () => {
  count(LESSON, 0, 1, 1);
  count(LESSON, 0, 1, 1);
  count(LESSON, 1, 0, 1);
  count(LESSON, 1, 1, -1);
  expect(countsOf(LESSON)).toEqual([[0, 2, 0], [1, 0]]);
  clear(LESSON);
  expect(countsOf(LESSON)).toEqual([[0, 0, 0], [0, 0]]);
});

test("links are counted however they stand in a text", () => {
  const link = "https://site.example/play/#view=lessons&lesson=mcp&predicted=";
  const text = `Ana: ${link}2.1\nBo ${link}2.2, and <${link}1.2>\n> ${link}3.1.\n[mine](${link}-.2)\n#view=lessons&lesson=mcp&predicted=2`;
  expect(countLinks(LESSON, null, text)).toEqual({ counted: 6, others: 0 });
  expect(countsOf(LESSON)).toEqual([[1, 3, 1], [2, 3]]);
});

test("a link of another lesson, without a prediction or with one that is not there counts nothing", () => {
  expect(countLinks(LESSON, null, "#view=lessons&lesson=other&predicted=1.1 #view=lessons&lesson=mcp #view=lessons&lesson=mcp&predicted=5.5 #view=timeline just words")).toEqual({ counted: 0, others: 3 });
  expect(countsOf(LESSON)).toEqual([[0, 0, 0], [0, 0]]);
});

test("a lesson of somebody's own is the same file, whatever it calls itself", () => {
  const text = "#view=lessons&file=abc&predicted=1.1 #view=lessons&file=other&predicted=1.1 #view=lessons&lesson=mcp&predicted=1.1";
  expect(countLinks(LESSON, "abc", text)).toEqual({ counted: 1, others: 2 });
  expect(countLinks(LESSON, null, text)).toEqual({ counted: 1, others: 2 });
});
