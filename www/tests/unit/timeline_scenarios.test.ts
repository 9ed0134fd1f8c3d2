import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { TITLES } from "../../build/scenario_titles.ts";
import { convert } from "../../build/scenarios.ts";
import { readStep, writeStep } from "../../src/timeline/step_text.ts";
import { stepWords } from "../../src/timeline/words.ts";

const FILE = resolve("../tests/vectors/scenarios.jsonl");
const scenarios = await convert(resolve(process.env.GRANTWISE_PACKAGE ?? "../target/package"), FILE);
const lines = readFileSync(FILE, "utf8").trim().split("\n").map((line) => JSON.parse(line) as { id: string; steps: unknown[] });

test("every scenario of the vectors is in the gallery, with all its steps and no id", () => {
  expect(scenarios).toHaveLength(lines.length);
  expect(Object.keys(TITLES).sort()).toEqual(lines.map(({ id }) => id).sort());
  expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
  expect(new Set(scenarios.map(({ title }) => title)).size).toBe(scenarios.length);
  expect(JSON.stringify(scenarios)).not.toContain("SCN-");
  expect(scenarios.reduce((sum, { steps }) => sum + steps.length, 0)).toBeGreaterThanOrEqual(lines.reduce((sum, { steps }) => sum + steps.length, 0));
});

test("every step can stand in a link, and has words", () => {
  for (const { steps, name } of scenarios) {
    for (const step of steps) {
      expect(readStep(writeStep(step)), name).toEqual({ step, dropped: [] });
      expect(stepWords(step)).not.toMatch(/undefined|_ms|NaN/);
    }
  }
});

test("tokens are called as the simulation calls them", () => {
  const grown = scenarios.find(({ name }) => name === "grow-installed");
  expect(grown?.steps[3]).toMatchObject({ action: "exchange", code: "CODE2", existing_grant: "RT1" });
});

test("where the vectors say after expiry, the clock is moved so far", () => {
  const online = scenarios.find(({ name }) => name === "online-renewal");
  expect(online?.steps[2]).toEqual({ action: "advance_clock", seconds: 3600 });
  expect(online?.overrides).toEqual({}); // an access token ends under every profile
});
