// What the token endpoint, the revocation endpoint and the Grant Management API send: ready for a server, and never with
// a token too many or too few.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { test } from "node:test";
import { GrantwiseError, Policy, atHash, cHash, tokenResponse } from "grantwise";
import { CLIENT, NOW, input, query } from "./input.js";
import { SCENARIOS, play } from "./token_scenarios.js";

const policy = Policy.profile("openid-core", { issuer: "https://as.example", access_token_lifetime_s: 600 });
const client = { ...CLIENT, grant_types: [...CLIENT.grant_types, "implicit"] };
const session = { sid: "s1", sub: "alice", auth_time: NOW - 60 };

/** A code as a server stores it, and its exchange. */
function exchange(changes = {}) {
  const asked = { scope: "openid email offline_access", prompt: "consent", nonce: "n1" };
  const call = { request: query(asked), client, session };
  const { consent: shown } = policy.authorize(input(call));
  const { effects } = policy.authorize(input({ ...call, answers: [{ screen: "consent", result: "approved", shown }] }));
  const { record } = effects.find((effect) => effect.kind === "code");
  return policy.exchange({
    request: { grant_type: "authorization_code", code: "x", redirect_uri: CLIENT.redirect_uris[0] },
    client, client_authenticated: true, code: { ...record, id: "code1" }, session, now: NOW, ...changes,
  });
}

const ALL = { access_token: "at", refresh_token: "rt", id_token: "h.c.s" };

const misuse = (act, code, path) => assert.throws(act, (error) =>
  error instanceof GrantwiseError && error.code === code && error.path === path);

test("a response is plain data that a server sends as it is", async () => {
  const answers = [tokenResponse(exchange(), ALL), tokenResponse(exchange({ client_authenticated: false }))];
  const server = createServer((_, response) => {
    const { status, headers, body } = answers.shift();
    response.writeHead(status, headers).end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const ask = () => fetch(`http://127.0.0.1:${server.address().port}/token`);
  try {
    const granted = await ask();
    assert.equal(granted.status, 200);
    assert.equal(granted.headers.get("cache-control"), "no-store");
    assert.equal(granted.headers.get("pragma"), "no-cache");
    assert.match(granted.headers.get("content-type"), /^application\/json$/);
    assert.deepEqual(await granted.json(), { ...ALL, token_type: "Bearer", expires_in: 600 });
    const refused = await ask();
    assert.equal(refused.status, 401);
    assert.equal(refused.headers.get("www-authenticate"), 'Basic realm="https://as.example"');
    assert.equal(refused.headers.get("cache-control"), "no-store");
    const { error, error_description, ...rest } = await refused.json();
    assert.deepEqual([error, typeof error_description, rest], ["invalid_client", "string", {}]);
  } finally {
    server.close();
  }
});

test("exactly what was named must be minted", () => {
  const decision = exchange();
  assert.deepEqual(decision.response.mint, ["access_token", "refresh_token", "id_token"]);
  misuse(() => tokenResponse(decision), "missing_key", "minted.access_token");
  misuse(() => tokenResponse(decision, { ...ALL, refresh_token: undefined }), "missing_key", "minted.refresh_token");
  misuse(() => tokenResponse(decision, { ...ALL, id_token: "" }), "wrong_value", "minted.id_token");
  misuse(() => tokenResponse(decision, { ...ALL, access_token: "a\nb" }), "wrong_value", "minted.access_token");
  misuse(() => tokenResponse(decision, { ...ALL, access_token: Promise.resolve("at") }), "wrong_type", "minted.access_token");
  misuse(() => tokenResponse(decision, { ...ALL, code: "c" }), "unknown_key", "minted.code");
  const refused = exchange({ code: null });
  misuse(() => tokenResponse(refused, ALL), "contradiction", "minted.access_token");
  assert.equal(tokenResponse(refused).body.error, "invalid_grant");
  misuse(() => tokenResponse({}), "missing_key", "decision.response");
});

// Every third: over all of them each flow and each profile comes up many times.
const SOME = SCENARIOS.filter((_, index) => index % 3 === 0);

test("in the flows of every profile the response says what the decision says", () => {
  const seen = new Set();
  const kinds = ["access_token", "refresh_token", "id_token"];
  for (const scenario of SOME) {
    play(scenario, ({ decision, n }) => {
      if (!["tokens", "error"].includes(decision?.outcome) || decision.response?.mint === undefined || decision.consent !== undefined) return;
      const due = kinds.filter((kind) => decision[kind] !== null);
      assert.deepEqual(decision.response.mint, due, `${scenario.name}, step ${n}`);
      // What was stored is what is sent.
      const stored = decision.effects.filter(({ effect }) => effect === "store").map(({ kind }) => kind);
      assert.deepEqual(stored.sort(), due.filter((kind) => kind !== "id_token").sort());
      const minted = Object.fromEntries(due.map((kind) => [kind, `the ${kind}`]));
      const { status, headers, body } = tokenResponse(decision, minted);
      assert.equal(headers["Cache-Control"], "no-store");
      assert.deepEqual(Object.fromEntries(kinds.filter((kind) => kind in body).map((kind) => [kind, body[kind]])), minted);
      assert.equal("scope" in body, decision.scope.must_report);
      assert.equal(body.error, decision.error?.code);
      assert.equal(status, { tokens: 200, error: body.error === "invalid_client" ? 401 : 400 }[decision.outcome]);
      for (const kind of kinds) {
        const other = { ...minted, [kind]: due.includes(kind) ? undefined : "more" };
        assert.throws(() => tokenResponse(decision, other), GrantwiseError, `${scenario.name}: ${kind}`);
      }
      seen.add([status, ...Object.keys(body)].join(" "));
    });
  }
  assert.ok(seen.size >= 8, [...seen].join("\n"));
});

test("a revocation and a request of the Grant Management API are answered as they are", () => {
  const revoke = (changes) => policy.revoke({ request: { token: "x" }, client, client_authenticated: true, token: null, now: NOW, ...changes }).response;
  assert.deepEqual(revoke(), { status: 200, headers: { "Cache-Control": "no-store", Pragma: "no-cache" }, body: null });
  assert.equal(revoke({ client: null }).headers["WWW-Authenticate"], 'Basic realm="https://as.example"');
  const grant = { grant_id: "g1", client_id: "c1", sub: "alice", scope: "openid email" };
  const manage = (changes) => policy.manageGrant({
    method: "GET", grant, client_id: "c1", scope: "grant_management_query", now: NOW, ...changes,
  }).response;
  assert.deepEqual(manage().body, { scopes: [{ scope: "openid email" }] });
  assert.deepEqual([manage({ grant: null }).status, manage({ grant: null }).body], [404, null]);
  assert.match(manage({ method: "DELETE" }).headers["WWW-Authenticate"], /^Bearer .*error="insufficient_scope", scope="grant_management_revoke"$/);
  assert.equal(policy.event({ event: "logout", session, now: NOW }).response, null);
});

test("the ID Token of the front channel: its claims, and the hashes that it must have", () => {
  const types = ["id_token", "id_token token", "code id_token", "code id_token token", "code token", "code"];
  const hybrid = { ...client, response_types: types };
  const hashes = Object.fromEntries(types.map((response_type) => {
    const decision = policy.authorize(input({ request: query({ response_type, nonce: "n1" }), client: hybrid, session }));
    assert.equal(decision.outcome, "issue", response_type);
    const { mint, id_token } = decision.response;
    assert.equal(id_token !== null, mint.includes("id_token"), response_type);
    if (id_token !== null) {
      const claims = { iss: "https://as.example", sub: "alice", aud: "c1", auth_time: NOW - 60, iat: NOW, nonce: "n1", sid: "s1" };
      assert.deepEqual(id_token.claims, claims, response_type);
    }
    return [response_type, id_token?.hashes ?? null];
  }));
  assert.deepEqual(hashes, {
    "id_token": [], "id_token token": ["at_hash"], "code id_token": ["c_hash"], "code id_token token": ["c_hash", "at_hash"],
    "code token": null, "code": null,
  });
  const unknown = Policy.profile("openid-core").authorize(input({
    request: query({ response_type: "id_token", nonce: "n1" }), client: hybrid, session: { sub: "alice", auth_time: NOW - 60 },
  }));
  assert.deepEqual(unknown.response.id_token.claims, { sub: "alice", aud: "c1", auth_time: NOW - 60, iat: NOW, nonce: "n1" });
});

test("c_hash and at_hash are those of OpenID Connect Core 1.0, appendix A", async () => {
  // A.4 (code id_token) and A.3 (id_token token), both signed with RS256.
  assert.equal(await cHash("Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk", "RS256"), "LDktKdoQak3Pk0cnXxCltA");
  assert.equal(await atHash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y", "RS256"), "77QmUPtjPfzWtF2AnpK9RQ");
});

test("the hash is that of the signature's algorithm, cut in half", async () => {
  const { createHash } = await import("node:crypto");
  const bits = {
    RS256: 256, PS256: 256, ES256: 256, ES256K: 256, HS256: 256, RS384: 384, PS384: 384, ES384: 384, HS384: 384,
    RS512: 512, PS512: 512, ES512: 512, HS512: 512, EdDSA: 512, Ed25519: 512,
  };
  for (const [alg, size] of Object.entries(bits)) {
    for (const value of ["c", "SplxlOBeZQQYbYS6WxSbIA", "with a space ~", "x".repeat(5000)]) {
      const digest = createHash(`sha${size}`).update(value).digest();
      const expected = digest.subarray(0, size / 16).toString("base64url");
      assert.equal(await cHash(value, alg), expected, alg);
      assert.equal(await atHash(value, alg), expected, alg);
    }
  }
});

test("what has no hash is refused", async () => {
  const rejected = (made, code, path) => assert.rejects(made, (error) =>
    error instanceof GrantwiseError && error.code === code && error.path === path);
  for (const alg of [undefined, null, "none", "Ed448", "rs256", "RS1", "constructor", "__proto__", 256]) {
    await rejected(cHash("c", alg), "wrong_value", "alg");
  }
  await rejected(cHash("", "RS256"), "wrong_value", "code");
  await rejected(cHash("é", "RS256"), "wrong_value", "code");
  await rejected(cHash("a\nb", "RS256"), "wrong_value", "code");
  await rejected(cHash(undefined, "RS256"), "wrong_type", "code");
  await rejected(atHash(undefined, "RS256"), "wrong_type", "access_token");
  await rejected(atHash("a\n", "RS256"), "wrong_value", "access_token");
});

test("CommonJS has the same functions", () => {
  const required = createRequire(import.meta.url)("grantwise");
  assert.deepEqual([required.tokenResponse, required.cHash, required.atHash], [tokenResponse, cHash, atHash]);
});
