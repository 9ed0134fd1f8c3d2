// What a careless caller hands over: the package refuses it as the engine does, with the same place.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { GrantwiseError, Policy, form, profiles } from "grantwise";
import { CLIENT, NOW, input, query } from "./input.js";

const policy = Policy.profile("openid-core");
const FIRST = { grant: null };

function refuses(act, code, path) {
  assert.throws(act, (error) => {
    assert.ok(error instanceof GrantwiseError, String(error?.stack));
    assert.deepEqual([error.code, error.path], [code, path]);
    return true;
  });
}

test("an approval names the page that it approves", () => {
  const { consent } = policy.authorize(input(FIRST));
  const answered = (answer) => policy.authorize(input({ ...FIRST, answers: [{ screen: "consent", result: "approved", ...answer }] }));
  refuses(() => answered({}), "missing_key", "answers[0].shown");
  assert.equal(answered({ shown: consent }).outcome, "issue");
});

test("an answer counts in its own interaction only", () => {
  const { consent } = policy.authorize(input({ ...FIRST, interaction: "one" }));
  assert.equal(consent.interaction, "one");
  assert.ok(!("interaction" in policy.authorize(input(FIRST)).consent));
  const answered = (interaction) => policy.authorize(input({
    ...FIRST, interaction: "one", answers: [{ screen: "consent", result: "approved", shown: consent, interaction }],
  }));
  assert.equal(answered("one").outcome, "issue");
  for (const other of ["two", undefined]) {
    const again = answered(other);
    assert.equal(again.outcome, "consent");
    assert.ok(again.consent.because.includes("answer_out_of_date"));
  }
});

test("an answer ages where the policy says so", () => {
  const ageing = Policy.profile("openid-core", { answer_max_age_s: 60 });
  const { consent } = ageing.authorize(input(FIRST));
  const answered = (at) => ageing.authorize(input({ ...FIRST, answers: [{ screen: "consent", result: "approved", shown: consent, at }] }));
  assert.equal(answered(NOW - 60).outcome, "issue");
  assert.equal(answered(NOW - 61).outcome, "consent");
  refuses(() => answered(undefined), "missing_key", "answers[0].at");
  refuses(() => answered(NOW + 6), "contradiction", "answers[0].at");
});

test("a sign-in is borne out by the session", () => {
  const signedIn = (auth_time) => policy.authorize(input({
    request: query({ prompt: "login" }), session: { sub: "alice", auth_time }, answers: [{ screen: "login", result: "done" }],
  }));
  assert.equal(signedIn(NOW).outcome, "issue");
  refuses(() => signedIn(NOW - 3600), "contradiction", "session.auth_time");
});

test("milliseconds are no seconds, wherever a time stands", () => {
  const milliseconds = NOW * 1000;
  for (const [changes, path] of [
    [{ now: milliseconds }, "now"],
    [{ session: { sub: "alice", auth_time: milliseconds } }, "session.auth_time"],
    [{ session: { sub: "alice", auth_time: NOW, expires_at: milliseconds } }, "session.expires_at"],
    [{ grant: { scope: "openid", expires_at: milliseconds } }, "grant.expires_at"],
    [{ answers: [{ screen: "login", result: "failed", at: milliseconds }] }, "answers[0].at"],
  ]) {
    refuses(() => policy.authorize(input(changes)), "wrong_value", path);
  }
  refuses(() => policy.event({ event: "password_change", sub: "alice", now: milliseconds }), "wrong_value", "now");
});

test("an empty id is none", () => {
  for (const [changes, path] of [
    [{ session: { sub: "", auth_time: NOW } }, "session.sub"],
    [{ session: { sub: "alice", sid: "", auth_time: NOW } }, "session.sid"],
    [{ client: { ...CLIENT, client_id: "" } }, "client.client_id"],
    [{ grant: { scope: "openid", sub: "" } }, "grant.sub"],
    [{ interaction: "" }, "interaction"],
  ]) {
    refuses(() => policy.authorize(input(changes)), "wrong_value", path);
  }
});

test("a policy names what is risky about it, and no profile that ships is", () => {
  for (const { name } of profiles) assert.deepEqual(Policy.profile(name).warnings, [], name);
  const { warnings } = Policy.profile("openid-core", { code_lifetime_s: null });
  assert.deepEqual(warnings.map(({ code, setting }) => [code, setting]), [["code_never_ends", "code_lifetime_s"]]);
  assert.match(warnings[0].sentence, /^[A-Z].*\.$/);
  assert.ok(Object.isFrozen(warnings) && Object.isFrozen(warnings[0]));
});

test("the page of a form runs under a strict Content-Security-Policy", () => {
  const decision = policy.authorize(input({ request: query({ response_mode: "form_post" }) }));
  const { html, script_hash } = form(decision, { code: "c" });
  const [, script] = /<script>(.*)<\/script>/.exec(html);
  assert.equal(script_hash, `sha256-${createHash("sha256").update(script).digest("base64")}`);
  assert.ok(!/ on\w+=/.test(html), "a handler in an attribute");
  const { html: named } = form(decision, { code: "c" }, { nonce: "c29tZQ==" });
  assert.ok(named.includes('<script nonce="c29tZQ==">'));
  refuses(() => form(decision, { code: "c" }, { nonce: '"><script>' }), "wrong_value", "options.nonce");
  refuses(() => form(decision, { code: "c" }, { nonse: "x" }), "unknown_key", "options.nonse");
});
