import { expect, test } from "vitest";
import { Attention } from "../../src/view/ui.ts";

test("what came last is looked at, and what goes gives way to what is still there", () => {
  const it = new Attention<string>();
  expect(it.now.value).toBe(null);
  it.set("focus", "field");
  it.set("pointer", "chip");
  expect(it.now.value).toBe("chip");
  // A pointer that goes takes nothing from the focus, and the caret that moves is looked at under a pointer at rest.
  it.set("pointer", null);
  expect(it.now.value).toBe("field");
  it.set("pointer", "chip");
  it.set("focus", "next");
  expect(it.now.value).toBe("next");
  it.set("focus", null);
  expect(it.now.value).toBe("chip");
  it.set("pointer", null);
  expect(it.now.value).toBe(null);
});
