// grantwise/explore: why, of a decision or of what a log has of it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
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
const {
  diff, equivalent, explain, explore, noLostRefreshTokens, noNewRefreshTokens, noNewScreens, ready, suggest,
} = await import("grantwise/explore");
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

const asked = (query, grantTypes) => ({
  request: `?response_type=code&client_id=c&redirect_uri=https%3A%2F%2Fc.example%2Fcb&state=s&nonce=n&${query}`,
  client: { client_id: "c", redirect_uris: ["https://c.example/cb"], grant_types: grantTypes },
  session: { sub: "alice", auth_time: 1700000000 },
  now: 1700000100,
});

test("what is suggested reaches the goal when it is decided as it stands", () => {
  const policy = Policy.profile("openid-core");
  const input = asked("scope=openid%20offline_access", ["authorization_code"]);
  const { reached, suggestions } = policy.suggest(input, "offline_refresh_token");
  assert.equal(reached, false);
  assert.ok(suggestions.length > 1);
  for (const { changes, applied } of suggestions) {
    const { profile, overrides } = applied.policy;
    const decision = Policy.profile(profile, overrides).authorize(applied.input);
    assert.equal(decision.tokens.token_endpoint.refresh_token?.binding, "offline", JSON.stringify(changes));
  }
  assert.deepEqual(input, asked("scope=openid%20offline_access", ["authorization_code"]), "the input is left alone");
  assert.throws(() => policy.suggest(input, "everything"), { code: "wrong_value" });
  assert.throws(() => policy.suggest(input, { scope: "a", also: "b" }), { code: "wrong_value" });
});

test("a scope can be the goal", () => {
  const { suggestions } = suggest(Policy.profile("openid-core"), asked("scope=openid", ["authorization_code"]), { scope: "email" });
  assert.equal(suggestions[0].changes[0].says, "scope contains email");
});

test("differences have examples in which the two policies differ", async () => {
  const [one, other] = [Policy.profile("openid-core"), Policy.profile("microsoft-entra")];
  const steps = [];
  const differences = await diff(one, other, { onProgress: (step) => steps.push(step) });
  assert.deepEqual(steps.map(({ done }) => done), Array.from({ length: steps.length }, (_, at) => Math.min(at + 1, steps[0].all)));
  const tokens = differences.filter(({ component, aspect }) => component === "refresh_token" && aspect === "binding");
  assert.ok(tokens.length > 0);
  for (const { example, one: says, other: otherSays } of tokens) {
    const binding = (policy) =>
      Policy.profile(policy.name, { ...policy.settings, ...example.configuration }).authorize(example.input)
        .tokens.token_endpoint.refresh_token?.binding ?? "none";
    assert.deepEqual([binding(one), binding(other)], [says, otherSays]);
  }
  assert.deepEqual(await diff(one, one), []);
});

test("a comparison can be stopped, and nothing of it is kept", async () => {
  const [one, other] = [Policy.profile("openid-core"), Policy.profile("okta")];
  const stop = new AbortController();
  const stopped = diff(one, other, { signal: stop.signal, onProgress: () => stop.abort(new Error("enough")) });
  await assert.rejects(stopped, /enough/);
  await assert.rejects(diff(one, other, { signal: AbortSignal.abort() }), { name: "AbortError" });
});

test("a claim holds, or has a counterexample", () => {
  const core = Policy.profile("openid-core");
  const shows = Policy.profile("openid-core", { offline_without_consent: "show_consent" });
  assert.deepEqual(equivalent(core, core), { holds: true, counterexample: null });
  for (const claim of [equivalent, noNewRefreshTokens, noNewScreens]) {
    const { holds, counterexample } = claim(core, shows);
    assert.equal(holds, false);
    assert.equal(counterexample.call, "authorize");
    const [before, after] = [core, shows].map((policy) => policy.authorize(counterexample.input));
    assert.notDeepEqual(before.tokens, after.tokens);
  }
  const rotates = Policy.profile("openid-core", { refresh_token_rotation: "all" });
  for (const claim of [noNewRefreshTokens, noLostRefreshTokens, noNewScreens]) assert.equal(claim(core, rotates).holds, true);
});

test("every situation is decided here as it is natively: the digests are the committed ones", async () => {
  const checkout = process.env.GRANTWISE_CHECKOUT;
  const committed = JSON.parse(await readFile(`${checkout}/tests/golden/digests.json`, "utf8"));
  for (const name of ["openid-core", "google-2011"]) {
    const { components, endpoints } = explore(Policy.profile(name));
    const digests = Object.fromEntries(components.map(({ endpoint, component, digest }) => [`${endpoint} ${component}`, digest]));
    assert.deepEqual(digests, committed[name]);
    assert.equal(endpoints[0].situations, "929929923048590585679052800000000");
  }
});

test("what is no policy is refused, and a policy that was changed is read again", async () => {
  for (const wrong of [undefined, null, "okta", {}, { name: "okta" }, { name: "okta", settings: null }]) {
    assert.throws(() => explore(wrong), { code: "wrong_type", path: "policy" });
    await assert.rejects(diff(policy, wrong), { code: "wrong_type", path: "policy" });
  }
  assert.ok(Object.isFrozen(policy.settings));
  const plain = { name: policy.name, settings: { ...policy.settings } };
  assert.equal(equivalent(policy, plain).holds, true);
  plain.settings.offline_without_consent = "show_consent";
  assert.equal(equivalent(policy, plain).holds, false);
});
