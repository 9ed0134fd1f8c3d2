import type { Difference } from "grantwise/explore";
import { expect, test } from "vitest";
import { alternatives, byCause, bySaid, many } from "../../src/engine/differ.ts";
import { countsOf, kindOf } from "../../src/engine/kinds.ts";

const difference = (more: Partial<Difference>): Difference => ({
  endpoint: "authorize", component: "refresh_token", aspect: "binding", one: "none", other: "offline", one_says: "gives no refresh token",
  other_says: "gives an offline refresh token", given: "one", before_answer: false, condition: [], situations: "1", causes: [],
  example: { situation: "" as never, call: "authorize", input: null, configuration: {}, exact: true }, ...more,
});
const caused = (...knobs: string[]) => difference({ causes: knobs.map((knob) => ({ knob: knob as never, value: true })) });

test("differences stand under their cause: single knobs first, those of which most follows before others, the unknown last", () => {
  const groups = byCause([caused(), caused("b"), caused("a", "b"), caused("c"), caused("c")]);
  expect(groups.map(({ key, differences }) => [key, differences.length])).toEqual([["c", 2], ["b", 1], ["a b", 1], ["", 1]]);
});

test("what both say is told once for several conditions, and not across endpoints", () => {
  const same = [difference({ situations: "1" }), difference({ situations: "2" }), difference({ endpoint: "token" }), difference({ one_says: "x" })];
  expect(bySaid(same).map(({ differences }) => differences.length)).toEqual([2, 1, 1]);
});

test("alternatives that begin alike are told with the beginning once, and none is lost", () => {
  expect(alternatives("response_type is code")).toBe("response_type is code");
  expect(alternatives("response_type is code, or response_type is token, or response_type is none")).toBe("response_type is code, token or none");
  expect(alternatives("nobody is signed in, or a user is signed in")).toBe("nobody is signed in, or a user is signed in");
  const commas = "the consent is explicit and recent, or the consent is explicit, and not recent";
  expect(alternatives(commas)).toBe(commas);
});

test("large numbers in words", () => {
  expect(["0", "999", "123456", "1234567", "12345678901", "9".repeat(22), "1".repeat(60)].map(many))
    .toEqual(["0", "999", "123,456", "1 million", "12 billion", "9 sextillion", "10^59"]);
});

test("each part of a decision is of a kind that people ask about", () => {
  expect(kindOf(difference({}))).toBe("refresh_token");
  expect(kindOf(difference({ component: "outcome", one: "issue", other: "consent" }))).toBe("screens");
  expect(kindOf(difference({ component: "consent.because" }))).toBe("screens");
  expect(kindOf(difference({ component: "error" }))).toBe("error");
  expect(kindOf(difference({ endpoint: "lifecycle", component: "outcome" }))).toBe("ends");
  expect(kindOf(difference({ component: "ignored.prompt" }))).toBe("ignored");
});

test("differences are counted under their kind, as their list counts them", () => {
  const some = [difference({ situations: "1" }), difference({ situations: "2" }), difference({ component: "scope" }), difference({ endpoint: "lifecycle" })];
  expect(countsOf(some)).toEqual({ screens: 0, refresh_token: 2, error: 0, ends: 1, scope: 1, ignored: 0, other: 0 });
  expect(Object.values(countsOf([])).every((count) => count === 0)).toBe(true);
});
