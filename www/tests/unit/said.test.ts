import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { said, say, sayWithResult } from "../../src/view/ui.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("what was done and what comes of it are one sentence after the other, and neither is lost", () => {
  sayWithResult("Step 3 is now step 2.");
  vi.advanceTimersByTime(300);
  expect(said.value).toBe("");
  say("Nothing ends.");
  expect(said.value).toBe("Step 3 is now step 2. Nothing ends.");
  vi.advanceTimersByTime(1000);
  expect(said.value).toBe("Step 3 is now step 2. Nothing ends.");
});

test("what has no result is said by itself, and only once", () => {
  sayWithResult("Step 1 is removed.");
  sayWithResult("Step 2 is removed.");
  vi.advanceTimersByTime(1000);
  expect(said.value).toBe("Step 2 is removed.");
  say("Nothing ends.");
  expect(said.value).toBe("Nothing ends.");
});

test("the same words twice are another text, which is read again", () => {
  say("The link is copied.");
  const before = said.value;
  say("The link is copied.");
  expect(said.value.trim()).toBe(before);
  expect(said.value).not.toBe(before);
});
