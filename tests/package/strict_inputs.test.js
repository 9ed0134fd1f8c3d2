// Misuse of the interface throws a GrantwiseError that says what and where, and does no lasting harm.
import assert from "node:assert/strict";
import { test } from "node:test";
import { GrantwiseError, Policy } from "grantwise";
import { CLIENT, NOW, input, query } from "./input.js";

const policy = Policy.profile("openid-core");
const LONE = "a\uD800b";

function refuses(act, code, path) {
  assert.throws(act, (error) => {
    assert.ok(error instanceof GrantwiseError, `not a GrantwiseError: ${error?.stack ?? error}`);
    assert.ok(error instanceof Error);
    assert.equal(error.name, "GrantwiseError");
    assert.equal(error.code, code);
    assert.equal(error.path, path);
    assert.ok(error.message.length > 0);
    assert.match(error.stack, /strict_inputs/, "the stack leads to the caller");
    return true;
  });
  // The engine is none the worse for it.
  assert.equal(policy.authorize(input()).outcome, "issue");
}

const inherited = (members, own = {}) => Object.assign(Object.create(members), own);
const throwing = (name, members = {}) =>
  Object.defineProperty({ ...members }, name, { enumerable: true, get() { throw new Error("a getter of the caller"); } });

const SESSION = { sub: "alice", auth_time: NOW - 60 };
const GRANT = { scope: "openid" };
const CONDITION = { basis: "employment_contract", permits_offline: true };

test("a mistyped key is refused everywhere but in client metadata and request parameters", () => {
  for (const [changes, path] of [
    [{ sesion: null }, "sesion"],
    [{ session: { ...SESSION, auth_tme: 1 } }, "session.auth_tme"],
    [{ grant: { ...GRANT, ofline: true } }, "grant.ofline"],
    [{ trust: { firstparty: true } }, "trust.firstparty"],
    [{ conditions: [CONDITION, { ...CONDITION, permit_offline: true }] }, "conditions[1].permit_offline"],
    [{ circumstances: { consent_screen_availble: true } }, "circumstances.consent_screen_availble"],
    [{ id_token_hint: { sub: "alice", expires: true } }, "id_token_hint.expires"],
    [{ answers: [{ screen: "login", result: "done", reslt: "done" }] }, "answers[0].reslt"],
  ]) {
    refuses(() => policy.authorize(input(changes)), "unknown_key", path);
  }
  refuses(() => Policy.profile("openid-core", { offline_wthout_consent: "ignore" }), "unknown_key", "overrides.offline_wthout_consent");
});

test("client metadata and request parameters are open", () => {
  const client = { ...CLIENT, client_name: "Calendar", "client_name#de": "Kalender", contacts: ["a@client.example"] };
  assert.equal(policy.authorize(input({ client })).outcome, "issue");
  assert.equal(policy.authorize(input({ request: query({ ui_theme: "dark" }) })).outcome, "issue");
});

test("an object that inherits members is refused whole, and the message says what to do", () => {
  for (const [changes, path] of [
    [{ session: inherited({ sub: "alice" }, { auth_time: NOW }) }, "session"],
    [{ session: inherited({ accounts: 2 }, SESSION) }, "session"],
    [{ grant: inherited({ offline: true }, GRANT) }, "grant"],
    [{ conditions: [inherited({ permits_offline: true }, { basis: "contract" })] }, "conditions[0]"],
    [{ circumstances: inherited({ client_eligible: true }) }, "circumstances"],
    [{ answers: [inherited({ result: "done" }, { screen: "login" })] }, "answers[0]"],
  ]) {
    refuses(() => policy.authorize(input(changes)), "not_own_property", path);
  }
  refuses(() => policy.authorize(inherited(input())), "not_own_property", "");
  const overrides = inherited({ offline_without_consent: "show_consent" });
  refuses(() => Policy.profile("openid-core", overrides), "not_own_property", "overrides");
  assert.throws(() => policy.authorize(input({ session: inherited({}, SESSION) })), /\{ \.\.\.it \}/);
});

test("a polluted Object.prototype changes no decision", () => {
  const clean = policy.authorize(input({ grant: null }));
  assert.equal(clean.outcome, "consent");
  Object.prototype.offline = true;
  Object.prototype.grant = { scope: "openid email" };
  try {
    let polluted;
    try {
      polluted = policy.authorize(input({ grant: null }));
    } catch (error) {
      assert.ok(error instanceof GrantwiseError, String(error));
    }
    if (polluted !== undefined) assert.equal(polluted.outcome, clean.outcome);
  } finally {
    delete Object.prototype.offline;
    delete Object.prototype.grant;
  }
  assert.deepEqual(policy.authorize(input({ grant: null })), clean);
});

test("an instance of a class is refused, because its members may be inherited", () => {
  class Session {
    constructor() { Object.assign(this, SESSION); }
  }
  class Grant {
    scope = "openid email";
    get status() { return "revoked"; }
  }
  refuses(() => policy.authorize(input({ session: new Session() })), "not_own_property", "session");
  refuses(() => policy.authorize(input({ grant: new Grant() })), "not_own_property", "grant");
  assert.equal(policy.authorize(input({ session: { ...new Session() } })).outcome, "issue");
  // Rows of a database have no prototype, or are plain objects.
  assert.equal(policy.authorize(input({ session: Object.assign(Object.create(null), SESSION) })).outcome, "issue");
});

test("a getter or a proxy that throws is refused with its place", () => {
  for (const [changes, path] of [
    [{ session: throwing("sub", { auth_time: NOW }) }, "session.sub"],
    [{ grant: throwing("scope") }, "grant.scope"],
    [{ client: throwing("redirect_uris", { client_id: "c1" }) }, "client.redirect_uris"],
    [{ conditions: [throwing("basis", { permits_offline: true })] }, "conditions[0].basis"],
    [{ circumstances: throwing("launch") }, "circumstances.launch"],
    [{ answers: [throwing("screen", { result: "done" })] }, "answers[0].screen"],
  ]) {
    refuses(() => policy.authorize(input(changes)), "unreadable", path);
  }
  refuses(() => policy.authorize(throwing("now", { request: query(), client: CLIENT })), "unreadable", "now");
  const hostile = new Proxy({}, { ownKeys() { throw new Error("no"); } });
  refuses(() => policy.authorize(input({ session: hostile })), "unreadable", "session");
  refuses(() => Policy.profile("openid-core", throwing("offline_without_consent")), "unreadable", "overrides.offline_without_consent");
});

test("a wrong type is refused with its place", () => {
  for (const [changes, path] of [
    [{ now: "1700000000" }, "now"],
    [{ request: 7 }, "request"],
    [{ client: "c1" }, "client"],
    [{ client: { ...CLIENT, redirect_uris: "https://client.example/cb" } }, "client.redirect_uris"],
    [{ session: [] }, "session"],
    [{ session: { ...SESSION, sub: 7 } }, "session.sub"],
    [{ session: { ...SESSION, auth_time: "yesterday" } }, "session.auth_time"],
    [{ session: { ...SESSION, auth_time: 1n } }, "session.auth_time"],
    [{ grant: { scope: ["openid"] } }, "grant.scope"],
    [{ grant: { ...GRANT, offline: 1 } }, "grant.offline"],
    [{ conditions: CONDITION }, "conditions"],
    [{ conditions: [{ ...CONDITION, permits_offline: "yes" }] }, "conditions[0].permits_offline"],
    [{ circumstances: { client_eligible: "true" } }, "circumstances.client_eligible"],
    [{ answers: { screen: "login", result: "done" } }, "answers"],
    [{ answers: ["done"] }, "answers[0]"],
    [{ answers: [{ screen: Symbol("login"), result: "done" }] }, "answers[0].screen"],
  ]) {
    refuses(() => policy.authorize(input(changes)), "wrong_type", path);
  }
  refuses(() => policy.authorize(undefined), "wrong_type", "");
  refuses(() => policy.authorize("response_type=code"), "wrong_type", "");
  refuses(() => Policy.profile("openid-core", { offline_without_consent: 7 }), "wrong_type", "overrides.offline_without_consent");
  refuses(() => Policy.profile("openid-core", []), "wrong_type", "overrides");
});

test("a wrong value is refused with its place", () => {
  for (const [changes, path] of [
    [{ now: -1 }, "now"],
    [{ now: Number.NaN }, "now"],
    [{ now: 1.5 }, "now"],
    [{ session: { ...SESSION, accounts: Infinity } }, "session.accounts"],
    [{ grant: { ...GRANT, status: "Active" } }, "grant.status"],
    [{ answers: [{ screen: "Login", result: "done" }] }, "answers[0].screen"],
    [{ circumstances: { launch: "both" } }, "circumstances.launch"],
  ]) {
    refuses(() => policy.authorize(input(changes)), "wrong_value", path);
  }
  refuses(() => Policy.profile("openid-core", { offline_without_consent: "sometimes" }), "wrong_value", "overrides.offline_without_consent");
});

test("what is needed is named when it is missing", () => {
  for (const name of ["request", "now"]) {
    const { [name]: _, ...rest } = input();
    refuses(() => policy.authorize(rest), "missing_key", name);
  }
  refuses(() => policy.authorize(input({ session: { auth_time: NOW } })), "missing_key", "session.sub");
  refuses(() => policy.authorize(input({ grant: {} })), "missing_key", "grant.scope");
});

test("a lone surrogate outside the request is refused with its place", () => {
  for (const [changes, path] of [
    [{ session: { ...SESSION, sub: LONE } }, "session.sub"],
    [{ grant: { scope: LONE } }, "grant.scope"],
    [{ conditions: [{ ...CONDITION, basis: LONE }] }, "conditions[0].basis"],
    [{ client: { ...CLIENT, client_id: LONE } }, "client.client_id"],
    [{ answers: [{ screen: "consent", result: "approved", scope: LONE }] }, "answers[0].scope"],
  ]) {
    refuses(() => policy.authorize(input(changes)), "malformed_string", path);
  }
});

test("a lone surrogate inside the request is malformed encoding: a decision", () => {
  for (const request of [
    `${query()}&ui=${LONE}`,
    `${query({ state: null })}&state=${LONE}`,
    `https://as.example/authorize?${query()}&x=${LONE}`,
    { ...Object.fromEntries(new URLSearchParams(query())), state: LONE },
  ]) {
    const decision = policy.authorize(input({ request }));
    assert.equal(decision.outcome, "error");
    assert.equal(decision.error.code, "invalid_request");
    assert.ok(!JSON.stringify(decision).includes("\uFFFD"), "it was not silently replaced");
  }
});

test("any string as request is a decision", () => {
  for (const request of ["", "?", "&&&", "=", "%", "%zz", "%ff=%fe", "client_id", "https://", "\0", "x".repeat(100_000),
    `${query()}&state=2`, `${query()}&`, "client_id=%00", "a=b".repeat(5000)]) {
    const decision = policy.authorize(input({ request }));
    assert.match(decision.outcome, /^(error|login|reauthenticate|select_account|consent|issue)$/);
  }
});

test("every form of a request gives the same decision", () => {
  const text = query();
  const expected = policy.authorize(input());
  assert.equal(expected.outcome, "issue");
  for (const request of [
    `?${text}`,
    `/authorize?${text}`,
    `https://as.example/authorize?${text}`,
    new URL(`https://as.example/authorize?${text}`),
    new URLSearchParams(text),
    Object.fromEntries(new URLSearchParams(text)),
  ]) {
    assert.deepEqual(policy.authorize(input({ request })), expected);
  }
});

test("a repeated parameter is invalid_request in every form", () => {
  const text = `${query()}&scope=openid`;
  for (const request of [
    text,
    new URLSearchParams(text),
    { ...Object.fromEntries(new URLSearchParams(query())), scope: ["openid", "openid"] },
  ]) {
    const decision = policy.authorize(input({ request }));
    assert.equal(decision.outcome, "error");
    assert.equal(decision.error.code, "invalid_request");
  }
});

test("the input is not changed", () => {
  const given = input({ answers: [], conditions: [CONDITION] });
  const before = structuredClone(given);
  policy.authorize(given);
  assert.deepEqual(given, before);
});

test("an unknown profile is refused", () => {
  for (const name of ["openid", "OpenID-Core", "", "__proto__", "constructor"]) {
    refuses(() => Policy.profile(name), "unknown_profile", "name");
  }
  refuses(() => Policy.profile(7), "wrong_type", "name");
  refuses(() => Policy.profile(), "missing_key", "name");
});

test("a policy is made by Policy.profile only", () => {
  assert.throws(() => new Policy(), TypeError);
  assert.throws(() => new Policy({ authorize() {} }, "openid-core"), TypeError);
});
