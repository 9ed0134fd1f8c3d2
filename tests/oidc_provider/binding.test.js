// Tokens that are bound to a key (DPoP) or a certificate (mTLS): the clients are real ones, the server verifies, and the policy, its
// records and the token say the same of what is bound. Under a policy and beside one.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as client from "openid-client";
import { beside } from "./beside.js";
import { App, CLIENTS, SCOPES, createAdapter, memory, oidc, Policy, fitting, started } from "./support.js";

const OFFLINE = { scope: "openid email offline_access", prompt: "consent" };
const REFUSED = "invalid_grant";

/** Certificates that nobody needs the keys of: the connection is not tried here, but what a proxy says of it. */
const CERTIFICATES = {
  one: "MIIBgzCCASmgAwIBAgIUEKz3OxIRtZ73XJ20+8HSQeyNgQAwCgYIKoZIzj0EAwIwFjEUMBIGA1UEAwwLb25lLmV4YW1wbGUwIBcNMjYxMTI3MDkwOTI4WhgPMjEyNjExMDMwOTA5MjhaMBYxFDASBgNVBAMMC29uZS5leGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAER3pexGMNZ5h4InakZtSyFX9rq2x9IIpocpNEf9x9DrIeFhMI4eRMCEhjLTBEN9s9A2oxiKPoopJAU+vyK2xEQaNTMFEwHQYDVR0OBBYEFPaF62EB2Dx4H00W34x05K4jd8VoMB8GA1UdIwQYMBaAFPaF62EB2Dx4H00W34x05K4jd8VoMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAJjQ8KoXoCLKuQOeo1QbY4XtBTKnR4xnzwsYEqpzrhdzAiAZA8IGfTr3YVb1RlmdtkFSdo74gUJK+BPsEco/tGPNgQ==",
  other: "MIIBhzCCAS2gAwIBAgIUCDdE5ldjgl/E9i/1zNG8yeV2tX8wCgYIKoZIzj0EAwIwGDEWMBQGA1UEAwwNb3RoZXIuZXhhbXBsZTAgFw0yNjExMjcwOTA5MjhaGA8yMTI2MTEwMzA5MDkyOFowGDEWMBQGA1UEAwwNb3RoZXIuZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABM/wf+jIHTUm3UjYys1SKhwNrdsGze4qwGT+N47CUoP0o0YwVUMyrBYdkMVrzj3khlI/k4LAbtjBxOBMujZvBaqjUzBRMB0GA1UdDgQWBBQJHahB335jRGp/zLrtLFU8gzb6IDAfBgNVHSMEGDAWgBQJHahB335jRGp/zLrtLFU8gzb6IDAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDoeFWPwxcdOHvu4ZxjqXN3XkqvdH+7tDvivH+GqXR6egIgfhFVl9FykLeYC8Mf4Qg9rtsvPvBq8KWqadkVmlKAAMc=",
};
const HEADER = "x-client-certificate";
const pem = (name) => `-----BEGIN CERTIFICATE-----\n${CERTIFICATES[name].replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----`;

const bound = { tls_client_certificate_bound_access_tokens: true };
const ALL = [...CLIENTS,
  { ...CLIENTS[0], ...bound, client_id: "vault" },
  { ...CLIENTS[1], ...bound, client_id: "kiosk" },
];
const OWN = {
  clients: ALL,
  features: {
    devInteractions: { enabled: false }, dPoP: { enabled: true },
    mTLS: { enabled: true, certificateBoundAccessTokens: true, getCertificate: (ctx) => (ctx.get(HEADER) ? decodeURIComponent(ctx.get(HEADER)) : undefined) },
  },
};

/** The adapter's own record of a token. */
async function recordOf(records, kind, id) {
  const [row] = await records.read((read) => read.find(kind, { id }));
  return JSON.parse(row.rest);
}

const modes = {
  async enforce(profile, overrides = {}, own = OWN) {
    const records = memory();
    return { ...await started(profile, { overrides, own, adapter: { records } }), records };
  },
  async shadow(profile, overrides = {}, own = OWN) {
    const records = memory();
    return { ...await beside(profile, { overrides: { scopes_supported: SCOPES, ...overrides }, own, adapter: { records } }), records };
  },
};

async function on(mode, args, work) {
  const host = await modes[mode](...args);
  try {
    await work(host);
    await host.adapter.settled();
    assert.deepEqual(host.reported, []);
    assert.equal(host.adapter.counts.failed ?? 0, 0);
  } finally {
    await host.close();
  }
}

/** What a client proves itself with: keys of DPoP, or certificates. */
const ways = {
  DPoP: { clients: ["page", "calendar"], member: "jkt", type: "dpop", async proofs(app) {
    const [own, other] = await Promise.all([client.randomDPoPKeyPair(), client.randomDPoPKeyPair()]);
    return { own: { DPoP: client.getDPoPHandle(app.config, own) }, other: { DPoP: client.getDPoPHandle(app.config, other) }, none: {} };
  } },
  mTLS: { clients: ["kiosk", "vault"], member: "x5t#S256", type: "bearer", async proofs() {
    return { own: { certificate: "one" }, other: { certificate: "other" }, none: { certificate: null } };
  } },
};

/** An app, whose every call goes out with what `with` says. */
async function proving(host, client_id, way) {
  const app = await App.of(host, client_id, undefined, ALL);
  const proofs = await way.proofs(app);
  const through = (name) => {
    const { certificate } = proofs[name];
    app.config[client.customFetch] = (address, init) => fetch(address, certificate ? { ...init, headers: { ...init.headers, [HEADER]: encodeURIComponent(pem(certificate)) } } : init);
    return proofs[name];
  };
  return {
    app,
    redeem: (code, name) => app.redeem(code, through(name)),
    refresh: (token, name) => app.refresh(token, undefined, through(name)),
    userinfo: (token, name) => client.fetchUserInfo(app.config, token, "alice", through(name)).then(({ sub }) => sub, (error) => error.status ?? error.cause?.status ?? `${error}`),
  };
}

for (const mode of Object.keys(modes)) {
  for (const [name, way] of Object.entries(ways)) {
    const { member } = way;
    const [open, confidential] = way.clients;
    const profile = mode === "shadow" ? "oidc-provider" : "openid-core";

    /** The token, its record and what the client was told agree. */
    async function agrees({ provider, adapter, records }, tokens, { refreshIsBound }) {
      await adapter.settled();
      const access = await provider.AccessToken.find(tokens.access_token);
      assert.equal(tokens.token_type, way.type);
      assert.equal(typeof access[member], "string");
      assert.equal((await recordOf(records, "access_token", tokens.access_token)).sender_constrained, true);
      const refresh = await provider.RefreshToken.find(tokens.refresh_token);
      assert.equal(typeof refresh[member], refreshIsBound ? "string" : "undefined");
      assert.equal((await recordOf(records, "refresh_token", tokens.refresh_token)).sender_constrained ?? false, refreshIsBound);
      return access[member];
    }

    test(`${mode}, ${name}: the tokens of a public client are bound, and another key gets nothing for them`, () => on(mode, [profile], async (host) => {
      const { app, redeem, refresh, userinfo } = await proving(host, open, way);
      const tokens = await redeem(await app.authorize(OFFLINE, {}, { redeem: false }), "own");
      const key = await agrees(host, tokens, { refreshIsBound: true });
      assert.equal(await userinfo(tokens.access_token, "own"), "alice");
      assert.equal(await userinfo(tokens.access_token, "other"), 401);
      assert.equal(await app.refused(refresh(tokens.refresh_token, "other")), REFUSED);
      assert.equal(await app.refused(refresh(tokens.refresh_token, "none")), REFUSED);
      const renewed = await refresh(tokens.refresh_token, "own");
      assert.equal(await agrees(host, { ...tokens, ...renewed }, { refreshIsBound: true }), key, "the thief has ended nothing");
      const current = renewed.refresh_token ?? tokens.refresh_token;
      assert.equal(await app.refused(refresh(current, "other")), REFUSED);
      await refresh(current, "own");
    }));

    test(`${mode}, ${name}: a confidential client is bound by its secret, and its access tokens by a key`, () => on(mode, [profile], async (host) => {
      const { app, redeem, refresh, userinfo } = await proving(host, confidential, way);
      const tokens = await redeem(await app.authorize(OFFLINE, {}, { redeem: false }), "own");
      const key = await agrees(host, tokens, { refreshIsBound: false });
      const renewed = await refresh(tokens.refresh_token, "other");
      const other = await agrees(host, { ...tokens, ...renewed }, { refreshIsBound: false });
      assert.notEqual(other, key);
      assert.equal(await userinfo(renewed.access_token, "other"), "alice");
      assert.equal(await userinfo(renewed.access_token, "own"), 401);
    }));
  }

  test(`${mode}: a code that was asked for with a key is redeemed with no other`, () => on(mode, [mode === "shadow" ? "oidc-provider" : "openid-core"], async (host) => {
    const { app, redeem } = await proving(host, "page", ways.DPoP);
    const code = await app.authorize({ ...OFFLINE, dpop_jkt: "k".repeat(43) }, {}, { redeem: false });
    assert.equal(await app.refused(redeem(code, "own")), REFUSED);
    await host.adapter.settled();
    if (mode === "shadow") assert.deepEqual(host.adapter.counts.not_compared, { "the server refused a proof of possession, of which no policy is asked": 1 });
  }));
}

test("where the policy issues no other, a request without a key gets none, at the code and at the refresh", () => on("enforce", ["openid-core", { sender_constrained_tokens: "required" }], async (host) => {
  for (const way of Object.values(ways)) {
    for (const client_id of way.clients) {
      const { app, redeem, refresh } = await proving(host, client_id, way);
      const none = await redeem(await app.authorize(OFFLINE, {}, { redeem: false }), "none").then(() => "nothing was refused", ({ error }) => error);
      assert.ok(["invalid_request", REFUSED].includes(none), `${client_id}: ${none}`);
      const tokens = await redeem(await app.authorize(OFFLINE, {}, { redeem: false }), "own");
      assert.ok(["invalid_request", REFUSED].includes(await app.refused(refresh(tokens.refresh_token, "none"))), client_id);
      const renewed = await refresh(tokens.refresh_token, "own");
      assert.equal((await host.provider.AccessToken.find(renewed.access_token)).isSenderConstrained(), true);
    }
  }
}));

test("fapi2: confidential clients, with either", () => on("enforce", ["fapi2"], async (host) => {
  for (const [client_id, way] of [["calendar", ways.DPoP], ["vault", ways.mTLS]]) {
    const { app, redeem, refresh } = await proving(host, client_id, way);
    const tokens = await redeem(await app.authorize(OFFLINE, {}, { redeem: false }), "own");
    const renewed = await refresh(tokens.refresh_token, "own");
    assert.equal((await host.provider.AccessToken.find(renewed.access_token)).isSenderConstrained(), true);
  }
}));

// A header that nobody reads is no proof.
test("a header of DPoP where the feature is off binds nothing, and counts for nothing", () => {
  const own = { ...OWN, features: { ...OWN.features, dPoP: { enabled: false } } };
  return on("enforce", ["openid-core", { sender_constrained_tokens: "required" }, own], async (host) => {
    const app = await App.of(host);
    app.config[client.customFetch] = (address, init) => fetch(address, { ...init, headers: { ...init.headers, DPoP: "x" } });
    assert.equal(await app.refused(app.redeem(await app.authorize(OFFLINE, {}, { redeem: false }))), "invalid_request");
  });
});

// The proof was there, and the server forgets about it.
test("a token that was decided to be bound and is not is taken back", async () => {
  const host = await started("openid-core", {
    own: OWN, before: (provider) => { provider.AccessToken.prototype.setThumbprint = () => {}; },
  });
  try {
    const { app, redeem } = await proving(host, "calendar", ways.DPoP);
    const status = await redeem(await app.authorize(OFFLINE, {}, { redeem: false }), "own").then(() => 200, (error) => error.cause?.status ?? `${error}`);
    assert.equal(status, 500);
    assert.deepEqual(host.reported.map(({ kind, error }) => [kind, error.code]), [["failed", "not_carried_out"]]);
  } finally {
    await host.close();
  }
});

test("a policy that issues bound tokens alone is refused where nothing binds them, by name", () => {
  const policy = Policy.profile("openid-core", { ...fitting("https://as.example"), sender_constrained_tokens: "required" });
  const configuration = { findAccount() {}, features: { dPoP: { enabled: false } } };
  assert.throws(() => createAdapter(policy, { oidc, configuration }), ({ code, refusals }) => {
    assert.deepEqual([code, refusals.map(({ setting }) => setting)], ["conflicting_configuration", ["features.dPoP", "features.mTLS"]]);
    return true;
  });
});
