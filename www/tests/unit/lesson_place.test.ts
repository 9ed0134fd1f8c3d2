import { expect, test } from "vitest";
import { HOME, read, SLIDES, write, type Place } from "../../src/lessons/place.ts";

const at = (part: Partial<Place>): Place => ({ ...HOME, ...part });

test("a link says where one is, and reads back the same", () => {
  for (const place of [
    HOME,
    at({ lesson: "stolen-token" }),
    at({ lesson: "stolen-token", slide: "reveal", predicted: [1, null] }),
    at({ lesson: "one-button", mode: "present", slide: "predict-2" }),
    at({ lesson: "one-button", mode: "notes", predicted: [null, 4] }),
    at({ mode: "handout" }),
    at({ file: "q1bKzEvLV7KKjq2tBQA", slide: "change", predicted: [0] }),
    at({ lesson: "mcp", unknown: [["later", "a b"]] }),
  ]) expect(read(write(place))).toEqual({ place, problems: [] });
  for (const slide of SLIDES) expect(read(`#view=lessons&step=${slide}`).place.slide).toBe(slide);
});

test("what is usual is left out, and a prediction counts from one", () => {
  expect(write(HOME)).toBe("view=lessons");
  expect(write(at({ lesson: "mcp", predicted: [0, 2] }))).toBe("view=lessons&lesson=mcp&predicted=1.3");
  expect(write(at({ lesson: "mcp", predicted: [null, null] }))).toBe("view=lessons&lesson=mcp");
});

test("an unreadable part is told and never costs the rest", () => {
  for (const wrong of ["step=elsewhere", "mode=secret", "predicted=0", "predicted=1.2.3", "predicted=1.", "lesson=../x", "lesson=A", "v=2", "file=", `lesson=${"a".repeat(61)}`, `file=${"a".repeat(100_000)}`]) {
    const { place, problems } = read(`view=lessons&lesson=mcp&${wrong}&step=reveal`);
    expect(problems, wrong).toHaveLength(1);
    expect(problems[0]?.length, wrong).toBeLessThan(140);
    if (!wrong.startsWith("step")) expect(place, wrong).toEqual(at({ lesson: "mcp", slide: "reveal" }));
  }
});

test("a secret in a link goes no further, and a name that every object answers to is none of ours", () => {
  expect(read("view=lessons&code=abc&access_token=x").place.unknown).toEqual([]);
  expect(read("view=lessons&constructor=1&__proto__=2")).toEqual({ place: at({ unknown: [["constructor", "1"], ["__proto__", "2"]] }), problems: [] });
});
