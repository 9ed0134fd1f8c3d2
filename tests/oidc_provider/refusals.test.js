// What cannot be done is refused at start-up by its name, and what goes wrong later issues nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { adapters, AdapterError, App, CALLBACK, FOLDER, OWN, Policy, createAdapter, fitting, keptIn, knobs, memory, oidc, profiles, started } from "./support.js";

const { UNSUPPORTED, refusalsOf } = await import(`${FOLDER}/oidc_provider_refusals.js`);
const ISSUER = "http://127.0.0.1:1";
const fits = (profile, overrides) => Policy.profile(profile, { ...fitting(ISSUER), ...overrides });
const make = (policy, options) => createAdapter(policy, { oidc, configuration: OWN, ...options });
const refusal = (work) => {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof AdapterError, `${error.stack}`);
    return error;
  }
  return assert.fail("nothing was refused");
};

// Every value of every knob that the table speaks of is refused by name, and what the error says to set instead is accepted.
test("a policy that oidc-provider cannot carry out is refused by the name of each setting", () => {
  const bad = {
    issuer: null, scopes_supported: null, response_types_supported: null, pkce_plain: "accept", refresh_token_rotation: ["replace_keep_old", "until_successor_used", "used_up", "browser_clients"],
    reuse_grace_s: 30, grant_model: ["per_project", "multiple"], grant_management_actions_supported: ["create"], session_dead_at_exchange: ["access_token_only", "full"],
    account_switch_ends_session: false, must_select_account: true, openid_connect: false, id_token_needs_openid: "nothing", wider_scope_at_refresh: "narrow", code_lifetime_s: null,
  };
  for (const [setting, values] of Object.entries(bad)) {
    for (const value of setting === "grant_management_actions_supported" ? [values] : [values].flat()) {
      const { code, refusals, message } = refusal(() => make(fits("openid-core", { [setting]: value })));
      assert.deepEqual([code, refusals.map((one) => one.setting)], ["unsupported_policy", [setting]], `${setting} ${value}`);
      assert.match(message, new RegExp(`${setting} is .*set it to`));
    }
  }
  const incremental = refusal(() => make(fits("incremental-auth", { code_consumed_on_failure: false })));
  assert.deepEqual(incremental.refusals.map(({ setting }) => setting), ["code_consumed_on_failure"]);
  assert.deepEqual(new Set([...Object.keys(bad), "code_consumed_on_failure"]), new Set(UNSUPPORTED.map(({ setting }) => setting)), "each is tried");
  const names = new Set(knobs.map(({ id }) => id));
  for (const { setting } of UNSUPPORTED) assert.ok(names.has(setting) || setting in fits("openid-core").settings, setting);
});

test("all that is wrong is said at once", () => {
  const { refusals } = refusal(() => make(Policy.profile("google-2011")));
  assert.deepEqual(refusals.map(({ setting }) => setting), ["issuer", "scopes_supported", "response_types_supported", "pkce_plain"]);
});

// Which profiles can be driven at all, once they are told what every server is told.
test("these profiles cannot drive oidc-provider, and why", () => {
  const refused = Object.fromEntries(profiles.map(({ name }) => [name, refusalsOf(fits(name)).map(({ setting }) => setting)]).filter(([, settings]) => settings.length > 0));
  assert.deepEqual(refused, {
    "cloudflare-workers": ["refresh_token_rotation", "openid_connect", "wider_scope_at_refresh"],
    google: ["grant_model"],
    "grant-management": ["grant_model"],
    "microsoft-entra": ["refresh_token_rotation"],
    "oauth2-server-php": ["refresh_token_rotation", "id_token_needs_openid"],
    okta: ["refresh_token_rotation", "reuse_grace_s"],
    openiddict: ["reuse_grace_s"],
  });
});

test("a configuration that contradicts the policy is refused by name", () => {
  const wrong = {
    issueRefreshToken: () => true, expiresWithSession: () => true, loadExistingGrant: () => {}, rotateRefreshToken: false, revokeGrantPolicy: () => true,
    scopes: [], responseTypes: [], pkce: { required: () => true }, ttl: { Grant: 1, AuthorizationCode: 2 }, interactions: { policy: [] },
    features: { revocation: { allowedPolicy: () => true }, deviceFlow: { enabled: true }, pushedAuthorizationRequests: { enabled: true } }, enableHttpPostMethods: true,
  };
  const { code, refusals } = refusal(() => make(fits("openid-core"), { configuration: wrong }));
  assert.equal(code, "conflicting_configuration");
  assert.deepEqual(refusals.map(({ setting }) => setting), [
    "interactions.policy", "loadExistingGrant", "expiresWithSession", "issueRefreshToken", "rotateRefreshToken", "revokeGrantPolicy", "scopes", "responseTypes",
    "pkce.required", "ttl.AuthorizationCode", "ttl.Grant", "features.revocation.allowedPolicy", "features.pushedAuthorizationRequests", "features.deviceFlow",
    "enableHttpPostMethods", "findAccount",
  ]);
});

test("options that are none, or missing, are refused", () => {
  assert.equal(refusal(() => make(fits("openid-core"), { stroe: memory() })).code, "unknown_option");
  assert.equal(refusal(() => make(fits("openid-core"), { mode: "both" })).code, "unknown_option");
  assert.equal(refusal(() => createAdapter(fits("openid-core"), { configuration: OWN })).code, "missing_option");
  assert.equal(refusal(() => new adapters.Adapter()).code, "not_created");
});

const provider = (configuration, issuer = ISSUER) => new oidc.Provider(issuer, { ...configuration, adapter: keptIn() });
const code = (work) => work.then(() => "nothing was refused", (error) => (error instanceof AdapterError ? `${error.code} ${(error.refusals ?? []).map(({ setting }) => setting)}`.trim() : `${error.stack}`));

test("a provider that does not fit is refused when the adapter is attached", async () => {
  const fresh = () => make(fits("openid-core"));
  assert.equal(await code(fresh().attach({})), "wrong_provider");
  const other = fresh();
  assert.equal(await code(other.attach(provider(other.configuration, "http://127.0.0.1:2"))), "wrong_provider issuer");
  const overridden = fresh();
  assert.equal(await code(overridden.attach(provider({ ...overridden.configuration, ttl: { AccessToken: 5 } }))),
    "wrong_provider ttl.AccessToken,ttl.AuthorizationCode,ttl.Grant,ttl.RefreshToken");
  const features = fresh();
  assert.equal(await code(features.attach(provider({ ...features.configuration, features: { deviceFlow: { enabled: true, charset: "base-20", mask: "****" } } }))),
    "wrong_provider features.pushedAuthorizationRequests,features.deviceFlow,features.devInteractions");
});

test("two adapters on one provider are refused, in whatever mode", async () => {
  const first = make(fits("openid-core"));
  const one = provider(first.configuration);
  await first.attach(one);
  assert.equal(await code(make(fits("openid-core")).attach(one)), "already_attached");
  assert.equal(await code(createAdapter(fits("aol"), { mode: "shadow" }).attach(one)), "already_attached");
});

test("records that are down at start-up are an error there, and it can be tried again", async () => {
  const backend = memory();
  let isDown = true;
  const adapter = make(fits("openid-core"), { records: { ...backend, migrate: async () => { if (isDown) throw new Error("down"); } } });
  const one = provider(adapter.configuration);
  assert.equal(await code(adapter.attach(one)), "records_unavailable");
  isDown = false;
  assert.equal(await code(adapter.attach(one)), "nothing was refused");
});

// == Later: never a token ==

/** The records, failing from some moment on. */
function failing() {
  const backend = memory();
  const state = { fails: false };
  const or = (work) => async (...args) => {
    if (state.fails) throw new Error("the disk is full");
    return work(...args);
  };
  return { state, backend: { ...backend, read: or(backend.read), transaction: or(backend.transaction) } };
}

test("records that fail give no code and no token, and it is reported", async () => {
  const { state, backend } = failing();
  const host = await started("openid-core", { adapter: { records: backend } });
  try {
    const app = await App.of(host);
    const granted = await app.authorize({ scope: "openid offline_access", prompt: "consent" });
    const waiting = await app.authorize({}, {}, { redeem: false });
    state.fails = true;
    const refused = await app.authorize({}, {}, { redeem: false });
    assert.equal(refused.code, undefined);
    await assert.rejects(app.redeem(waiting));
    await assert.rejects(app.refresh(granted.tokens.refresh_token));
    assert.ok(host.reported.some(({ kind, error }) => kind === "failed" && error.code === "not_carried_out"));
    state.fails = false;
    await app.refresh(granted.tokens.refresh_token);
  } finally {
    await host.close();
  }
});

test("records that fail between the decision and its storing take back what was made", async () => {
  const backend = memory();
  let stores = true;
  const host = await started("openid-core", { adapter: { records: { ...backend, transaction: (work) => (stores ? backend.transaction(work) : Promise.reject(new Error("full"))) } } });
  try {
    const app = await App.of(host);
    await app.authorize();
    const code = await app.authorize({}, {}, { redeem: false });
    const before = [...host.provider.AccessToken.adapter.constructor.stored.keys()].filter((name) => /^(AccessToken|AuthorizationCode|RefreshToken):/.test(name));
    stores = false;
    assert.equal((await app.authorize({}, {}, { redeem: false })).code, undefined);
    await assert.rejects(app.redeem(code));
    const after = [...host.provider.AccessToken.adapter.constructor.stored.keys()].filter((name) => /^(AccessToken|AuthorizationCode|RefreshToken):/.test(name));
    assert.deepEqual(after, before);
  } finally {
    await host.close();
  }
});

// Hooks that were put in the place of the adapter's after the spread: nothing comes of it.
for (const [name, hook] of Object.entries({
  findAccount: OWN.findAccount,
  issueRefreshToken: () => true,
  expiresWithSession: () => false,
})) {
  test(`${name} of somebody else after the spread: no token`, async () => {
    const { createServer } = await import("node:http");
    const server = createServer();
    await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
    const issuer = `http://127.0.0.1:${server.address().port}`;
    const reported = [];
    const adapter = createAdapter(Policy.profile("openid-core", fitting(issuer)), { oidc, configuration: OWN, report: (one) => reported.push(one) });
    const one = provider({ ...adapter.configuration, [name]: hook }, issuer);
    await adapter.attach(one);
    const callback = one.callback();
    server.on("request", async (req, res) => {
      if (!req.url.startsWith("/interaction/")) return callback(req, res);
      if (req.method === "GET") {
        const { outcome, consent } = await adapter.interaction(req, res);
        return res.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ outcome, consent }));
      }
      const chunks = [];
      for await (const chunk of req) chunks.push(chunk);
      return adapter.answer(req, res, JSON.parse(Buffer.concat(chunks)));
    });
    try {
      const app = await App.of({ issuer });
      const outcome = await app.authorize().then(({ tokens }) => tokens, () => undefined);
      assert.equal(outcome, undefined);
      assert.deepEqual(reported.map(({ kind, error }) => [kind, error.code]), [["failed", "not_carried_out"]]);
    } finally {
      await new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); });
    }
  });
}

test("a token of somebody else's making is refused", async () => {
  const host = await started("openid-core");
  try {
    const app = await App.of(host);
    const grant = new host.provider.Grant({ accountId: "alice", clientId: "calendar" });
    grant.addOIDCScope("openid offline_access");
    const foreign = new host.provider.RefreshToken({ accountId: "alice", client: await host.provider.Client.find("calendar"), grantId: await grant.save(), scope: "openid offline_access", gty: "authorization_code" });
    assert.equal(await app.refused(app.refresh(await foreign.save())), "invalid_grant");
  } finally {
    await host.close();
  }
});

// == The summaries ==

test("why there is no refresh token can be asked by grant and by interaction", async () => {
  const told = [];
  const host = await started("openid-core", { adapter: { kept: 2, decided: (one) => told.push(one) } });
  try {
    const app = await App.of(host);
    const { tokens } = await app.authorize({ scope: "openid email offline_access" });
    const { grantId } = await host.provider.AccessToken.find(tokens.access_token);
    const [exchange, issue] = host.adapter.summaries({ grant: grantId });
    assert.deepEqual([exchange.operation, issue.operation, issue.outcome, issue.client_id], ["exchange", "authorize", "issue", "calendar"]);
    assert.equal(issue.refresh_token.issued, false);
    assert.deepEqual(issue.ignored.map(({ param, value, reason }) => [param, value, reason]), [["scope", "offline_access", "prompt_lacks_consent"]]);
    const browserless = await app.browser.request(`/auth?${new URLSearchParams({ response_type: "code", client_id: "calendar", redirect_uri: CALLBACK, scope: "openid", prompt: "consent" })}`);
    const uid = browserless.headers.get("location").split("/").at(-1);
    assert.deepEqual(host.adapter.summaries({ interaction: uid }).map(({ outcome }) => outcome), ["consent"]);
    assert.deepEqual(host.adapter.summaries({ interaction: "nobody" }), []);
    assert.ok(told.length >= 4);
    assert.ok(!JSON.stringify(told).includes("alice"));
    for (let more = 0; more < 3; more += 1) await (await App.of(host)).authorize();
    assert.deepEqual(host.adapter.summaries({ grant: grantId }), [], "the oldest are forgotten");
  } finally {
    await host.close();
  }
});
