import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ready } from "grantwise/engine";
import { beforeAll, expect, test } from "vitest";
import { markdown } from "../../src/copy/markdown.ts";
import { snippet } from "../../src/copy/snippet.ts";
import { vector } from "../../src/copy/vector.ts";
import { loadCatalogue } from "../../src/engine/catalogue.ts";
import { fates } from "../../src/engine/fates.ts";
import { oneMore } from "../../src/engine/one_more.ts";
import { outcome } from "../../src/engine/outcome.ts";
import { changed, shipped } from "../../src/engine/policies.ts";
import { clientId } from "../../src/engine/situation.ts";
import { walk } from "../../src/engine/walk.ts";
import { FIELD_NAMES, FIELDS, INITIAL, type Circumstances, type Field } from "../../src/state/fields.ts";
import { EMPTY, type State } from "../../src/state/model.ts";
import { PARAMETERS } from "../../src/state/parameters.ts";
import { PROFILE_NAMES } from "../../src/state/profile_names.ts";
import { build, ENDPOINT, USUAL } from "../../src/state/request_text.ts";
import { because, line, plain, sentence } from "../../src/words/sentence.ts";
import { profiles } from "virtual:summary";
import { numbers } from "./numbers.ts";

beforeAll(async () => {
  const folder = resolve(process.env.GRANTWISE_PACKAGE ?? "../target/package");
  await ready(readFileSync(join(folder, "grantwise_page_bg.wasm")));
  await loadCatalogue();
});

const SCOPES = ["", "openid", "openid profile", "openid profile offline_access", "offline_access", "online_access openid", "\"", "a\\b", "x".repeat(300)];
const TEXTS = [...SCOPES, "https://other.example/cb", "code,code id_token", "nonsense", "é \u{1F600}"];
const COUNTS = [null, 0, 1, 2, 60, 999_999_999];

function someState(random: () => number): State {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const circumstances: Record<string, unknown> = { ...INITIAL };
  for (const name of FIELD_NAMES) {
    if (random() > 0.2) continue;
    const field: Field = FIELDS[name];
    circumstances[name] = field.kind === "choice" ? pick(field.values) : field.kind === "flag" ? random() < 0.5 : field.kind === "text" ? pick(TEXTS) : pick(COUNTS);
  }
  const sent = USUAL.filter(() => random() > 0.05).map(([name, value]) => [name, value] as const);
  for (const { name, values } of PARAMETERS) {
    if (random() < 0.2) sent.push([name, name === "scope" ? pick(SCOPES) : pick([...(values ?? []), "x", ""])]);
  }
  if (random() < 0.6) sent.push(["scope", pick(SCOPES)]);
  const request = random() < 0.03 ? pick(["", "?", "nonsense", "%", "a=%zz", "x".repeat(9000)]) : build(ENDPOINT, sent);
  return { ...EMPTY, request, profile: pick(PROFILE_NAMES), circumstances: circumstances as Circumstances };
}

test("whatever the page can be set to is decided, and can be said and copied", { timeout: 60_000 }, () => {
  const random = numbers(7);
  for (let round = 0; round < 1500; round += 1) {
    const state = someState(random);
    const policy = shipped(state.profile);
    try {
      const walked = walk(policy, state);
      expect(["issue", "error"]).toContain(walked.decision.outcome);
      const client = clientId(state.request);
      expect(plain(sentence(walked, client))).toMatch(/^(Alice|Bob) .*\.$/);
      expect(because(walked.decision)).not.toBe("");
      expect(Object.values(outcome(walked))).not.toContain("");
      line(walked);
      fates(policy, state, walked);
      if (round % 50 === 0) oneMore(policy, state);
      snippet(state.profile, {}, walked);
      JSON.parse(vector(state, state.profile, {}, walked, client));
      const profile = profiles.find(({ name }) => name === state.profile);
      if (profile) markdown(state, profile, walked, client, "https://page.example/#");
    } catch (error) {
      throw new Error(`${JSON.stringify(state)}: ${String(error)}`, { cause: error });
    }
  }
});

test("settings that the engine does not take are named, and do not cost the others", () => {
  const { overrides, problems } = changed("aol", { access_token_lifetime_s: "600", allow_implicit: "perhaps", nothing: "1", scopes_supported: "openid email", issuer: "" });
  expect(overrides).toEqual({ access_token_lifetime_s: 600, scopes_supported: ["openid", "email"], issuer: null });
  expect(problems).toHaveLength(2);
});

test("two parameters are tried where one gives no refresh token", () => {
  const state: State = { ...EMPTY, request: build(ENDPOINT, [...USUAL, ["scope", "openid profile"]]), circumstances: { ...INITIAL, grant: "openid profile" } };
  const found = oneMore(shipped("openid-core"), state).filter(({ moved }) => moved.some(({ column }) => column === "refreshToken"));
  expect(found[0]).toMatchObject({ changes: [{ what: "the scope offline_access" }, { what: "prompt=consent" }] });
});
