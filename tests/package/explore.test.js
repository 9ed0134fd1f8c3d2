// grantwise/explore: why, of a decision or of what a log has of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, GrantwiseError, Policy } from "grantwise";

const CLIENT = {
  client_id: "calendar", redirect_uris: ["https://calendar.example/cb"],
  grant_types: ["authorization_code", "refresh_token"],
};
const SESSION = { sid: "s1", sub: "alice", auth_time: 1_699_999_940, expires_at: 1_700_028_800 };
const input = (more, rest) => ({
  request: {
    client_id: "calendar", response_type: "code", redirect_uri: "https://calendar.example/cb",
    scope: "openid offline_access", ...more,
  },
  client: CLIENT, session: SESSION, grant: null, now: 1_700_000_000, ...rest,
});

const own = (name) => Object.hasOwn(Policy.prototype, name);
assert.ok(!own("explain"), "the main entry does not load the explorer");
const { explain, ready } = await import("grantwise/explore");
await ready();

const policy = Policy.profile("openid-core", { offline_without_consent: "ignore" });

test("why offline access was set aside: the parameter and the knob that it rests on", () => {
  const decision = policy.authorize(input());
  const explanation = policy.explain(decision);
  assert.deepEqual(explain(policy, decision), explanation);
  const ignored = explanation.sentences.find(({ about }) => about === "ignored");
  assert.equal(ignored.of, "scope");
  const prompt = ignored.facts.find(({ name }) => name === "prompt_consent");
  assert.deepEqual(prompt, {
    name: "prompt_consent", value: "no", says: "prompt does not contain consent", decisive: true,
    belongs_to: { group: "request", member: "prompt" },
  });
  assert.ok(ignored.knobs.some(({ knob, value }) => knob === "offline_without_consent" && value === "ignore"));
  assert.ok(ignored.sources.length > 0 && ignored.because.includes("prompt does not contain consent"));
  assert.ok(explanation.text.startsWith(explanation.sentences[0].says.slice(0, -1)));
  assert.ok(Object.isFrozen(explanation.sentences[0].facts));
});

test("a log explains as much: a line, and a situation alone", () => {
  const decision = policy.authorize(input({ prompt: "consent" }));
  const line = JSON.parse(policy.log(decision));
  const reasons = ({ sentences }) => sentences.filter(({ about }) => ["outcome", "refresh_token"].includes(about));
  const expected = reasons(policy.explain(decision));
  assert.equal(expected.length, 2);
  assert.deepEqual(reasons(policy.explain(decision.situation)), expected);
  assert.deepEqual(reasons(policy.explain({ situation: line.situation })), expected);
});

test("policies are asked as they are, and again after many others", () => {
  const decision = policy.authorize(input());
  const text = policy.explain(decision).text;
  for (const profile of ["aol", "google", "okta"]) Policy.profile(profile).explain(decision.situation);
  assert.equal(policy.explain(decision).text, text);
  assert.equal(explain({ name: policy.name, settings: policy.settings }, decision).text, text);
});

test("an event is explained for the records at hand", () => {
  const google = Policy.profile("google");
  const decision = google.event({ event: "password_change", sub: "alice", now: 1_700_000_100 });
  const records = [{ kind: "refresh_token", id: "RT1", sub: "alice", scope: "openid", binding: "offline", status: "active" }];
  const { sentences } = google.explain(decision, { records });
  assert.match(sentences[0].says, /^Nothing ends/);
  assert.deepEqual([sentences[1].of, sentences[1].because], ["RT1", "it has no scope of Gmail"]);
});

test("what is no decision is refused with its place", () => {
  const refused = (run, path) => assert.throws(run, (error) => error instanceof GrantwiseError && error.path === path);
  refused(() => policy.explain({ situation: "nothing" }), "decision.situation");
  refused(() => policy.explain({}), "decision.situation");
  refused(() => policy.explain("nothing"), "decision");
  refused(() => policy.explain(policy.authorize(input()).situation.replace(/^a/, "x")), "decision");
  const decision = policy.event({ event: "password_change", sub: "alice", now: 1 });
  refused(() => policy.explain(decision, { record: [] }), "options.record");
});

test("a line has no personal data, and a client only where it is handed over", () => {
  const client = new Client(CLIENT);
  const decision = policy.authorize(input({ state: "SECRET", nonce: "SECRET", prompt: "consent SECRET" }, { client }));
  const line = policy.log(decision);
  assert.ok(!/SECRET|alice|calendar/.test(line), line);
  assert.equal(JSON.parse(policy.log(decision, { client_id: "calendar" })).client_id, "calendar");
  assert.equal(JSON.parse(line).policy, policy.fingerprint);
  assert.equal(Policy.profile("openid-core").fingerprint, Policy.profile("openid-core", {}).fingerprint);
  const other = Policy.profile("openid-core", { offline_without_consent: "show_consent" });
  assert.notEqual(Policy.profile("openid-core").fingerprint, other.fingerprint);
  assert.throws(() => policy.log({}), GrantwiseError);
  assert.throws(() => policy.log(null), GrantwiseError);
});
