import { expect, test } from "vitest";
import { literal } from "../../src/copy/snippet.ts";
import { duration } from "../../src/words/duration.ts";

test("durations as people say them", () => {
  expect([0, 1, 59, 60, 90, 300, 3600, 5400, 28_800, 86_400, 604_800, 7_776_000, 31_536_000, 31_536_001].map(duration)).toEqual([
    "no time", "one second", "59 seconds", "one minute", "one minute 30 seconds", "five minutes", "one hour",
    "one hour 30 minutes", "eight hours", "one day", "seven days", "90 days", "one year", "365 days",
  ]);
});

test("literals are JavaScript that reads back the same", () => {
  const value = { a: 1, "b-c": ["x", { y: null }], long: "x".repeat(90), none: undefined, "": true };
  expect(new Function(`return ${literal(value, "")}`)()).toEqual(JSON.parse(JSON.stringify(value)));
});
