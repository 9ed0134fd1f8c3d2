import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ready as readyPage } from "grantwise/engine";
import type { ProfileName } from "grantwise";
import { ready } from "grantwise/simulation";
import { beforeAll, expect, test } from "vitest";
import { convert } from "../../build/scenarios.ts";
import { differ, happened, ruleOf } from "../../src/timeline/happened.ts";
import { OWN, START, type ScenarioStep } from "../../src/timeline/model.ts";
import { run } from "../../src/timeline/run.ts";
import { resultWords } from "../../src/timeline/words.ts";
import { optionsOf } from "../../src/timeline/world.ts";

const folder = resolve(process.env.GRANTWISE_PACKAGE ?? "../target/package");
const scenarios = await convert(folder, resolve("../tests/vectors/scenarios.jsonl"));

beforeAll(async () => {
  await readyPage(readFileSync(join(folder, "grantwise_page_bg.wasm")));
  await ready(readFileSync(join(folder, "grantwise_simulation_bg.wasm")));
});

test("what happened is told of these tokens, and what is a rule is told as one", () => {
  const steps: ScenarioStep[] = [
    { action: "authorize", params: { response_type: "code", scope: "openid email", access_type: "offline" } },
    { action: "exchange", code: "CODE1" }, { action: "password_change" }, { action: "logout" },
  ];
  const { entries } = run("google", {}, optionsOf({ ...START, scenario: OWN }), steps);
  expect(entries.map(happened)).toEqual([
    "The user is asked. The client gets CODE1.",
    "The client gets AT1 and RT1, which outlive the session, and ID1.",
    "Nothing ends: AT1 and RT1 live on.",
    "Nothing ends: AT1 and RT1 live on.",
  ]);
  expect(entries.map(ruleOf)[2]).toMatch(/^The rule: A changed password ends the refresh tokens/);
});

test("every token that a step issues or ends is in the sentence, and nothing that lives is said to have ended", () => {
  for (const { name, profile, overrides, options, steps } of scenarios) {
    for (const entry of run(profile, overrides, options, steps).entries) {
      const sentence = happened(entry);
      const { issued = [], ended = [] } = entry.moment ?? {};
      const spent = (token: string) => entry.lives.some((life) => life.name === token && life.status === "used");
      for (const token of [...issued, ...ended.filter((one) => !spent(one))]) expect(sentence, `${name}: ${sentence}`).toMatch(new RegExp(`\\b${token}\\b`));
      expect(sentence).not.toMatch(/undefined|\.\.|^\s*$/);
    }
  }
});

test("two steps are said to differ where what is told of them differs, and only there", () => {
  const bare = (text: string) => text.replace(/\d+/g, "");
  let apart = 0;
  for (const { options, steps } of scenarios) {
    for (const [one, other] of [["oauth2", "aol"], ["google", "google-2012"], ["openid-core", "security-bcp"]] as [ProfileName, ProfileName][]) {
      const [left, right] = [run(one, {}, options, steps), run(other, {}, options, steps)];
      left.entries.forEach((entry, at) => {
        const beside = right.entries[at];
        if (!beside) return;
        const same = bare(happened(entry)) === bare(happened(beside)) && resultWords(entry).word === resultWords(beside).word;
        if (same) expect(differ(entry, beside)).toBe(false);
        else apart += 1;
      });
    }
  }
  expect(apart).toBeGreaterThan(50);
});
