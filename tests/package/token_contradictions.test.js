// Records that contradict each other, the request or the clock: a protocol error where the standards define one, else a
// GrantwiseError that says where. Never a token.
import assert from "node:assert/strict";
import { test } from "node:test";
import { GrantwiseError, Policy, profiles } from "grantwise";
import { CLIENT, NOW, input } from "./input.js";

const SESSION = { sid: "s1", sub: "alice", auth_time: NOW - 60, expires_at: NOW + 28_800 };
const CODE = {
  v: 1, id: "CODE1", client_id: "c1", sub: "alice", sid: "s1", redirect_uri: "https://client.example/cb", redirect_uri_sent: true,
  scope: "openid email", requested_scope: "openid email", status: "active",
  access_token: { scope: "openid email", expires_in: 3600, binding: "session" }, id_token: true,
  refresh_token: { scope: "openid email", binding: "session", lifetime: { kind: "session" }, rotation: "none" },
  auto_approved: false, nonce: null, auth_time: NOW - 60, code_challenge: null, code_challenge_method: null,
  grant_management_action: null, grant_id: null, basis: null, issued_at: NOW - 5, expires_at: NOW + 55,
};
const REFRESH = {
  v: 1, kind: "refresh_token", id: "RT1", client_id: "c1", application_type: "web", client_type: "confidential", sub: "alice",
  sid: "s1", family: "CODE0", grant_id: null, scope: "openid email", binding: "session", status: "active", auth: null,
  auth_time: NOW - 60, basis: null, sender_constrained: false, issued_at: NOW - 50, authorized_at: NOW - 50, expires_at: null,
  last_used_at: null, superseded_at: null,
};
/** A client that has a key, and proves it: where every token is bound to one, nothing is said of anything else before. */
const PROVEN = { sender_constrained: true };
const ACCESS = { ...REFRESH, kind: "access_token", id: "AT1", expires_at: NOW + 1000 };
const POLICIES = profiles.map(({ name }) => Policy.profile(name));

const exchange = (policy, { request = {}, ...changes } = {}) => policy.exchange({
  request: { grant_type: "authorization_code", code: "secret", redirect_uri: CODE.redirect_uri, ...request },
  client: CLIENT, client_authenticated: true, code: CODE, session: SESSION, now: NOW, ...PROVEN, ...changes,
});
const refresh = (policy, { request = {}, ...changes } = {}) => policy.refresh({
  request: { grant_type: "refresh_token", refresh_token: "secret", ...request },
  client: CLIENT, client_authenticated: true, refresh_token: REFRESH, session: SESSION, now: NOW, sender_proof: true, ...changes,
});

const stored = (decision) => decision.effects.filter((effect) => effect.effect === "store");

/** Under every profile the answer is this error, and nothing is issued; `rule` may depend on the settings. */
function denied(call, code, named, policies = POLICIES) {
  for (const policy of policies) {
    const rule = typeof named === "function" ? named(policy.settings) : named;
    const decision = call(policy);
    assert.equal(decision.outcome, "error", `${policy.name}: ${decision.summary}`);
    assert.equal(decision.error.code, code, policy.name);
    if (rule !== undefined) assert.equal(decision.error.rule, rule, policy.name);
    assert.equal(decision.access_token ?? decision.refresh_token ?? decision.id_token, null, policy.name);
    assert.deepEqual(stored(decision), [], policy.name);
  }
}

/** Under every profile the call is misuse. */
function misuse(call, code, path) {
  for (const policy of POLICIES) {
    assert.throws(() => call(policy), (error) => {
      assert.ok(error instanceof GrantwiseError, String(error?.stack));
      assert.deepEqual([error.code, error.path], [code, path]);
      return true;
    });
  }
}

test("the records that the rest starts from give tokens", () => {
  for (const policy of POLICIES) {
    assert.equal(exchange(policy).outcome, "tokens", policy.name);
    assert.equal(refresh(policy, { client: { ...CLIENT } }).outcome, "tokens", policy.name);
  }
});

test("a code of another client", () => {
  denied((policy) => exchange(policy, { code: { ...CODE, client_id: "c2" } }), "invalid_grant", "token.other_client");
  // Whatever became of it: the other client's tokens are none of this client's business.
  denied((policy) => {
    const decision = exchange(policy, { code: { ...CODE, client_id: "c2", status: "used" } });
    assert.deepEqual(decision.effects, []);
    return decision;
  }, "invalid_grant", "token.other_client");
});

test("a refresh token of another client", () => {
  denied((policy) => refresh(policy, { refresh_token: { ...REFRESH, client_id: "c2" } }), "invalid_grant", "token.other_client");
});

test("a code for another redirect URI, or without the one that was named", () => {
  denied((policy) => exchange(policy, { request: { redirect_uri: "https://client.example/other" } }), "invalid_grant", "code.redirect_uri_differs");
  denied((policy) => exchange(policy, { code: { ...CODE, redirect_uri: "https://client.example/other" } }), "invalid_grant", "code.redirect_uri_differs");
  // Where a client has two, which it was is not clear under any policy.
  const client = { ...CLIENT, redirect_uris: [...CLIENT.redirect_uris, "https://client.example/other"] };
  denied((policy) => policy.exchange({
    request: { grant_type: "authorization_code", code: "secret" }, client, client_authenticated: true, code: CODE, session: SESSION, now: NOW, ...PROVEN,
  }), "invalid_grant", "code.redirect_uri_differs");
});

const REPLAYED = ({ replayed_code_ends: ends }) =>
  ({ family: "code.replayed", grant: "code.replay_ends_grant", nothing: "code.replay_refused" })[ends];

test("a code that is used, revoked or too old", () => {
  denied((policy) => exchange(policy, { code: { ...CODE, status: "used" } }), "invalid_grant", REPLAYED);
  denied((policy) => exchange(policy, { code: { ...CODE, status: "revoked" } }), "invalid_grant", "code.dead");
  denied((policy) => exchange(policy, { code: { ...CODE, expires_at: NOW } }), "invalid_grant", "code.expired");
});

test("a code verifier that does not fit, or is there without a challenge", () => {
  const challenged = { ...CODE, code_challenge: "x", code_challenge_method: "S256" };
  denied((policy) => exchange(policy, { code: challenged }), "invalid_grant", "code.pkce_failed");
  denied((policy) => exchange(policy, { code: challenged, request: { code_verifier: "v" } }), "invalid_grant", "code.pkce_failed");
  denied((policy) => exchange(policy, { code: challenged, code_verifier_matches: true }), "invalid_grant", "code.pkce_failed");
  denied((policy) => exchange(policy, { request: { code_verifier: "v" }, code_verifier_matches: true }), "invalid_grant", "code.pkce_downgraded");
});

test("a code whose session is gone, or is that of another user", () => {
  for (const session of [null, { ...SESSION, expires_at: NOW }, { ...SESSION, sub: "bob" }, { ...SESSION, sid: "s2" }]) {
    for (const policy of POLICIES) {
      const decision = exchange(policy, { session });
      assert.equal(decision.refresh_token, null, `${policy.name}: no token is bound to a session that is not there`);
      if (policy.settings.session_dead_at_exchange === "deny") assert.equal(decision.error?.code, "invalid_grant", policy.name);
    }
  }
});

test("another user's session shortens no token", () => {
  const policy = Policy.profile("aol", { offline_access_token_capped_by_session: true });
  const code = { ...CODE, refresh_token: { ...CODE.refresh_token, binding: "offline", lifetime: { kind: "unspecified" } } };
  const mine = exchange(policy, { code, session: { ...SESSION, expires_at: NOW + 20 } });
  assert.equal(mine.access_token.expires_in, 20);
  const none = exchange(policy, { code, session: null });
  for (const other of [{ sub: "bob" }, { sid: "s2" }]) {
    const theirs = exchange(policy, { code, session: { ...SESSION, ...other, expires_at: NOW + 20 } });
    assert.deepEqual(theirs.access_token, none.access_token, JSON.stringify(other));
  }
});

test("client_credentials with somebody's code or refresh token beside it is nobody's token", () => {
  const client = { ...CLIENT, client_id: "c2", grant_types: ["client_credentials"] };
  const request = { grant_type: "client_credentials", code: "stolen", refresh_token: "stolen" };
  const call = { request, client, client_authenticated: true, session: SESSION, now: NOW };
  const codes = [CODE, { ...CODE, status: "used" }, { ...CODE, expires_at: NOW }, { ...CODE, client_id: "c2" }];
  const tokens = [REFRESH, { ...REFRESH, status: "revoked" }, { ...REFRESH, client_id: "c2" }];
  for (const policy of POLICIES) {
    for (const act of [
      ...codes.map((code) => () => policy.exchange({ ...call, code })),
      ...tokens.map((refresh_token) => () => policy.refresh({ ...call, refresh_token })),
    ]) {
      let decision;
      try {
        decision = act();
      } catch (error) {
        assert.ok(error instanceof GrantwiseError, String(error?.stack));
        continue;
      }
      assert.equal(decision.id_token ?? decision.refresh_token, null, policy.name);
      for (const { record } of stored(decision)) {
        assert.deepEqual([record.client_id, record.sub, record.family], ["c2", null, null], policy.name);
      }
      assert.ok(decision.effects.every((effect) => effect.effect === "store"), `${policy.name}: nothing of the user's is touched`);
    }
  }
});

test("a grant type that belongs to the other function", () => {
  for (const policy of POLICIES) {
    assert.equal(exchange(policy, { request: { grant_type: "refresh_token", refresh_token: "secret" } }).outcome, "error", policy.name);
    assert.equal(refresh(policy, { request: { grant_type: "authorization_code", code: "secret" } }).outcome, "error", policy.name);
  }
});

test("an access token presented as refresh token", () => {
  denied((policy) => refresh(policy, { refresh_token: ACCESS }), "invalid_grant", "token.not_found");
  misuse((policy) => policy.event({ event: "as_revokes_refresh_token", token: ACCESS, now: NOW }), "wrong_value", "token");
});

test("an existing grant that is none of this user's, of this client's, or no refresh token, adds no scope", () => {
  const code = { ...CODE, scope: "openid", requested_scope: "openid" };
  const wrong = [
    ACCESS, null, { ...REFRESH, client_id: "c2" }, { ...REFRESH, sub: "bob" }, { ...REFRESH, status: "revoked" },
    { ...REFRESH, status: "superseded" }, { ...REFRESH, status: "expired" }, { ...REFRESH, expires_at: NOW },
  ];
  for (const policy of POLICIES) {
    for (const existing_grant of wrong) {
      const decision = exchange(policy, { code, request: { existing_grant: "secret" }, existing_grant });
      assert.ok(!decision.scope.granted.includes("email"), `${policy.name}: ${JSON.stringify(existing_grant)}`);
      if (policy.settings.supports_existing_grant && policy.settings.existing_grant_failure === "invalid_grant") {
        assert.equal(decision.error?.code, "invalid_grant", policy.name);
      }
    }
  }
});

test("a refresh token that is revoked, expired, over by the clock or without its session", () => {
  denied((policy) => refresh(policy, { refresh_token: { ...REFRESH, status: "revoked" } }), "invalid_grant", "refresh.revoked");
  denied((policy) => refresh(policy, { refresh_token: { ...REFRESH, status: "expired" } }), "invalid_grant", "refresh.revoked");
  denied((policy) => refresh(policy, { refresh_token: { ...REFRESH, expires_at: NOW } }), "invalid_grant", "refresh.expired");
  for (const session of [null, { ...SESSION, expires_at: NOW }, { ...SESSION, sub: "bob" }, { ...SESSION, sid: "s2" }]) {
    denied((policy) => refresh(policy, { session }), "invalid_grant", "refresh.session_ended");
  }
});

test("a sender-constrained refresh token without proof of the key", () => {
  denied((policy) => refresh(policy, { refresh_token: { ...REFRESH, sender_constrained: true }, sender_proof: false }), "invalid_grant", "refresh.proof_missing",
    POLICIES.filter(({ settings }) => settings.sender_constrained_tokens === "optional"));
});

test("a wider or malformed scope at the refresh", () => {
  denied((policy) => refresh(policy, { request: { scope: "openid email admin" } }), "invalid_scope", "refresh.scope_wider",
    POLICIES.filter(({ settings }) => settings.wider_scope_at_refresh === "error"));
  denied((policy) => refresh(policy, { request: { scope: 'openid "' } }), "invalid_scope", "refresh.scope_wider");
});

test("a reuse that finds the family by the record's own id, where there is no family", () => {
  const policy = Policy.profile("security-bcp", { refresh_token_rotation: "all" });
  const record = { ...REFRESH, binding: "offline", family: null };
  const rotated = refresh(policy, { refresh_token: record });
  const successor = stored(rotated).find((effect) => effect.kind === "refresh_token").record;
  const reuse = refresh(policy, { refresh_token: { ...record, status: "superseded", superseded_at: NOW - 1 } });
  assert.equal(reuse.error?.code, "invalid_grant");
  const end = reuse.effects.find((effect) => effect.effect === "end" && effect.kind === "refresh_token");
  for (const [name, value] of Object.entries(end.where)) {
    assert.equal(successor[name], value, "the active token that replaced it is revoked (RFC 9700, section 4.14.2)");
  }
});

test("a client that is unknown, not authenticated, another than the request says, or may not use the grant type", () => {
  denied((policy) => exchange(policy, { client: null }), "invalid_client");
  denied((policy) => exchange(policy, { client_authenticated: false }), "invalid_client");
  denied((policy) => exchange(policy, { request: { client_id: "c2" } }), "invalid_client");
  denied((policy) => exchange(policy, { client: { ...CLIENT, grant_types: ["refresh_token"] } }), "unauthorized_client");
  denied((policy) => refresh(policy, { client: null }), "invalid_client");
  denied((policy) => refresh(policy, { client_authenticated: false }), "invalid_client");
  denied((policy) => refresh(policy, { client: { ...CLIENT, grant_types: ["authorization_code"] } }), "unauthorized_client", undefined,
    POLICIES.filter(({ settings }) => settings.unregistered_refresh_grant !== "implied_by_code"));
});

test("a code or token that is not there, or not named", () => {
  denied((policy) => exchange(policy, { code: null }), "invalid_grant", "token.not_found");
  denied((policy) => refresh(policy, { refresh_token: null }), "invalid_grant", "token.not_found");
  denied((policy) => policy.exchange({
    request: { grant_type: "authorization_code" }, client: CLIENT, client_authenticated: true, code: CODE, session: SESSION, now: NOW, ...PROVEN,
  }), "invalid_request", "token.request_malformed");
  denied((policy) => exchange(policy, { request: { code: ["secret", "secret"] } }), "invalid_request", "token.request_malformed");
});

test("a clock before issuance", () => {
  misuse((policy) => exchange(policy, { code: { ...CODE, issued_at: NOW + 6 } }), "contradiction", "code.issued_at");
  misuse((policy) => refresh(policy, { refresh_token: { ...REFRESH, issued_at: NOW + 6 } }), "contradiction", "refresh_token.issued_at");
  misuse((policy) => refresh(policy, { refresh_token: { ...REFRESH, authorized_at: NOW + 6 } }), "contradiction", "refresh_token.authorized_at");
  misuse((policy) => refresh(policy, { refresh_token: { ...REFRESH, last_used_at: NOW + 6 } }), "contradiction", "refresh_token.last_used_at");
  misuse((policy) => refresh(policy, { refresh_token: { ...REFRESH, superseded_at: NOW + 6 } }), "contradiction", "refresh_token.superseded_at");
  misuse((policy) => refresh(policy, { session: { ...SESSION, auth_time: NOW + 6 } }), "contradiction", "session.auth_time");
  misuse((policy) => exchange(policy, { request: { existing_grant: "x" }, existing_grant: { ...REFRESH, issued_at: NOW + 6 } }), "contradiction", "existing_grant.issued_at");
  misuse((policy) => policy.revoke({ request: { token: "x" }, client: CLIENT, client_authenticated: true, token: { ...ACCESS, issued_at: NOW + 6 }, now: NOW }), "contradiction", "token.issued_at");
  misuse((policy) => policy.status({ ...ACCESS, issued_at: NOW + 6 }, { now: NOW }), "contradiction", "record.issued_at");
});

test("an end before the beginning, and lifetimes below zero", () => {
  misuse((policy) => exchange(policy, { code: { ...CODE, expires_at: CODE.issued_at - 1 } }), "contradiction", "code.expires_at");
  misuse((policy) => refresh(policy, { refresh_token: { ...REFRESH, expires_at: REFRESH.issued_at - 1 } }), "contradiction", "refresh_token.expires_at");
  misuse((policy) => exchange(policy, { code: { ...CODE, access_token: { ...CODE.access_token, expires_in: -1 } } }), "wrong_value", "code.access_token.expires_in");
  const lifetime = { kind: "fixed", seconds: -1 };
  misuse((policy) => exchange(policy, { code: { ...CODE, refresh_token: { ...CODE.refresh_token, lifetime } } }), "wrong_value", "code.refresh_token.lifetime.seconds");
  for (const name of ["access_token_lifetime_s", "code_lifetime_s", "reuse_grace_s"]) {
    assert.throws(() => Policy.profile("openid-core", { [name]: -1 }), { name: "GrantwiseError", code: "wrong_value", path: `overrides.${name}` });
  }
});

test("an unknown binding, kind or status", () => {
  misuse((policy) => refresh(policy, { refresh_token: { ...REFRESH, binding: "forever" } }), "wrong_value", "refresh_token.binding");
  misuse((policy) => refresh(policy, { refresh_token: { ...REFRESH, kind: "id_token" } }), "wrong_value", "refresh_token.kind");
  misuse((policy) => refresh(policy, { refresh_token: { ...REFRESH, status: "used" } }), "wrong_value", "refresh_token.status");
  misuse((policy) => exchange(policy, { code: { ...CODE, status: "superseded" } }), "wrong_value", "code.status");
  misuse((policy) => exchange(policy, { code: { ...CODE, access_token: { ...CODE.access_token, binding: "forever" } } }), "wrong_value", "code.access_token.binding");
  misuse((policy) => exchange(policy, { code: { ...CODE, refresh_token: { ...CODE.refresh_token, rotation: "sometimes" } } }), "wrong_value", "code.refresh_token.rotation");
});

test("a refresh token without a user", () => {
  misuse((policy) => refresh(policy, { refresh_token: { ...REFRESH, sub: null } }), "contradiction", "refresh_token");
  misuse((policy) => exchange(policy, { request: { existing_grant: "x" }, existing_grant: { ...REFRESH, sub: null } }), "contradiction", "existing_grant");
});

test("a token given where a code belongs, and the other way round", () => {
  misuse((policy) => exchange(policy, { code: REFRESH }), "unknown_key", "code.kind");
  misuse((policy) => refresh(policy, { refresh_token: CODE }), "unknown_key", "refresh_token.redirect_uri");
});

test("a refused revocation ends nothing, and one without a user nobody else's tokens", () => {
  const revoke = (policy, changes) => policy.revoke({ request: { token: "x" }, client: CLIENT, client_authenticated: true, token: REFRESH, now: NOW, ...changes });
  for (const policy of POLICIES) {
    for (const changes of [{ token: { ...REFRESH, client_id: "c2" } }, { client: null }, { client_authenticated: false }, { token: null }, { request: {} }]) {
      assert.deepEqual(revoke(policy, changes).effects, [], policy.name);
    }
    const own = revoke(policy, { token: { ...ACCESS, sub: null, sid: null, family: null } });
    for (const { where } of own.effects) {
      assert.ok(where.id ?? where.family ?? where.sub, `${policy.name}: a filter without a user reaches all users: ${JSON.stringify(where)}`);
    }
  }
});

test("a grant of another user or client, or one that is over, is no consent", () => {
  const grant = { client_id: "c1", sub: "alice", scope: "openid email" };
  const asks = (policy, changes) => policy.authorize(input({ grant: { ...grant, ...changes } })).outcome;
  for (const policy of POLICIES) {
    const without = policy.authorize(input({ grant: null })).outcome;
    for (const changes of [{ sub: "bob" }, { client_id: "c2" }, { status: "revoked" }, { expires_at: NOW }]) {
      assert.equal(asks(policy, changes), without, `${policy.name}: ${JSON.stringify(changes)}`);
    }
  }
  assert.equal(asks(Policy.profile("openid-core"), {}), "issue");
});

test("a grant of another client, without an id, revoked or over, is not shown and not deleted", () => {
  const grant = { grant_id: "g1", client_id: "c1", sub: "alice", scope: "openid" };
  for (const policy of POLICIES) {
    const manage = (changes, method) => policy.manageGrant({
      method, grant: { ...grant, ...changes }, client_id: "c1", scope: "grant_management_query grant_management_revoke", now: NOW,
    });
    for (const method of ["GET", "DELETE"]) {
      assert.equal(manage({}, method).outcome, "done", policy.name);
      for (const changes of [{ client_id: "c2" }, { grant_id: null }, { status: "revoked" }, { expires_at: NOW }]) {
        const decision = manage(changes, method);
        assert.deepEqual([decision.response.status, decision.effects], [404, []], `${policy.name}: ${JSON.stringify(changes)}`);
      }
    }
  }
});
