import { configuration, knobs } from "grantwise/catalogue";
import { expect, test } from "vitest";
import { meant, SYNONYMS } from "../../src/words/synonyms.ts";

test("every synonym stands for settings that there are", () => {
  const known = new Set<string>([...knobs, ...configuration].map(({ id }) => id));
  const unknown = SYNONYMS.flatMap(({ settings }) => settings).filter((id) => !known.has(id));
  expect(unknown).toEqual([]);
});

test("what people call things finds what they mean", () => {
  expect(meant("Sign out").has("logout_revokes_offline")).toBe(true);
  expect(meant("sign-out").has("logout_revokes_offline")).toBe(true);
  expect(meant("7 days").has("testing_project_limit")).toBe(true);
  expect(meant("remember me").has("remember_consent")).toBe(true);
  expect(meant("what happens on sign out?").size).toBe(0);
  expect(meant("what happens on sign out").has("logout_revokes_offline")).toBe(true);
});

test("half a phrase is enough, two letters are not, and other words find nothing", () => {
  expect(meant("remem").has("remember_consent")).toBe(true);
  expect([...meant("re"), ...meant("zebra"), ...meant("")]).toEqual([]);
});

test("no phrase is listed twice", () => {
  const phrases = SYNONYMS.flatMap((one) => one.phrases);
  expect(phrases.length).toBe(new Set(phrases).size);
});
