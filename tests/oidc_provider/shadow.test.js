// The shadow says where the policy would differ, and nothing changes for anybody, whatever becomes of the shadow.
import assert from "node:assert/strict";
import { test } from "node:test";
import { beside } from "./beside.js";
import { App, CLIENTS, memory, started } from "./support.js";

const OFFLINE = { scope: "openid email offline_access", prompt: "consent" };
const KNOWN = { scopes_supported: ["openid", "offline_access", "email", "profile", "calendar"] };

/** Everything that people do, one after the other; what each step came to, without what is drawn at random. */
async function walk(host) {
  const seen = [];
  const step = async (name, work) => {
    const { pages, tokens, error, status, refresh_token, scope, expires_in, fragment } = await work.catch((thrown) => ({ error: thrown.error ?? `${thrown}` })) ?? {};
    const got = tokens ?? { refresh_token, scope, expires_in };
    seen.push([name, pages, error, status, got.scope, got.expires_in, got.refresh_token !== undefined, fragment]);
    return tokens ?? { refresh_token };
  };
  const app = await App.of(host);
  await step("first", app.authorize());
  await step("again", app.authorize());
  const offline = await step("offline", app.authorize(OFFLINE));
  await step("offline, unasked", app.authorize({ scope: OFFLINE.scope }));
  await step("a scope refused", app.authorize({ scope: "openid email calendar" }, { refuse: ["calendar"] }));
  await step("denied", app.authorize({ scope: "openid email profile" }, { approve: false }));
  await step("none", app.authorize({ prompt: "none" }));
  await step("login", app.authorize({ prompt: "login" }));
  await step("max_age", app.authorize({ max_age: "0" }));
  await step("unknown prompt", app.authorize({ prompt: "unheard_of" }));
  await step("unknown type", app.authorize({ response_type: "bogus" }));
  await step("none, signed out", (await App.of(host)).authorize({ prompt: "none" }));
  await step("sign-in denied", (await App.of(host)).authorize({}, { denySignIn: true }));
  const phone = await App.of(host, "phone", app.browser);
  await step("phone", phone.authorize());
  await step("phone, none", phone.authorize({ prompt: "none" }));
  const page = await App.of(host, "page", app.browser);
  const first = await step("page", page.authorize(OFFLINE));
  await step("refresh", app.refresh(offline.refresh_token));
  const second = await step("rotated", page.refresh(first.refresh_token));
  await step("rotated again", page.refresh(second.refresh_token));
  await step("reused", page.refresh(first.refresh_token));
  await step("access token revoked", app.revoke(offline.refresh_token));
  await step("refresh after that", app.refresh(offline.refresh_token));
  await app.browser.logout();
  await step("after the logout", app.authorize());
  return seen;
}

// The profile `oidc-provider` is what the server does: whoever walks through it finds nothing to report.
test("the profile of the server itself differs in nothing", async () => {
  const host = await beside("oidc-provider", { overrides: KNOWN });
  try {
    await walk(host);
    await host.adapter.settled();
    assert.deepEqual(host.reported, []);
    const { compared, ...rest } = host.adapter.counts;
    assert.ok(compared > 40, `${compared}`);
    assert.deepEqual(rest, { differences: 0, not_compared: {}, failed: 0, dropped: 0 });
  } finally {
    await host.close();
  }
});

async function differences(profile, overrides, work) {
  const host = await beside(profile, { overrides: { ...KNOWN, ...overrides } });
  try {
    const app = await App.of(host);
    await work(app, host);
    await host.adapter.settled();
    assert.equal(host.adapter.counts.failed, 0);
    return host.differences().map(({ operation, server, policy, reason, differs }) => ({ operation, server, policy, reason, differs }));
  } finally {
    await host.close();
  }
}

test("a refresh token that only the policy would issue: both outcomes and the reason", async () => {
  const [one, ...more] = await differences("security-bcp", {}, (app) => app.authorize());
  assert.deepEqual([one.operation, one.differs, one.server.refresh_token, one.policy.refresh_token], ["exchange", ["refresh_token"], false, true]);
  assert.match(one.reason, /refresh token that survives the session/);
  assert.deepEqual(more, []);
});

test("a consent that the policy remembers in the next session, and the server does not", async () => {
  const found = await differences("openid-core", {}, async (app) => {
    await app.authorize();
    await app.browser.logout();
    await app.authorize();
  });
  assert.deepEqual(found.map(({ server, policy }) => [server.outcome, policy.outcome]), [["consent", "issue"]]);
});

test("a page that only the policy would show: what follows is taken as approved", async () => {
  const found = await differences("aol", { refresh_token_without_offline: false }, async (app) => {
    await app.authorize();
    await app.authorize({ scope: OFFLINE.scope });
  });
  assert.deepEqual(found.map(({ operation, server, policy }) => [operation, server.outcome, policy.outcome, policy.refresh_token]), [
    ["authorize", "issue", "consent", undefined], ["exchange", "tokens", "tokens", true],
  ]);
});

// A user who is asked to sign in once more is on another page than one who is not known.
test("a sign-in and a re-authentication are told apart", async () => {
  for (const parameters of [{ prompt: "login" }, { max_age: "0" }]) {
    const found = await differences("oidc-provider", { prompt_vocabulary: "none" }, async (app) => {
      await app.authorize();
      await app.authorize(parameters);
    });
    if (parameters.prompt !== undefined) assert.deepEqual(found.map(({ server, policy }) => [server.outcome, policy.outcome]), [["reauthenticate", "issue"]]);
    else assert.deepEqual(found, []);
  }
});

// The consent page writes into the server's grant before the policy is asked: it must be asked about the grant of before.
test("the grant is that of before the page", async () => {
  const found = await differences("oidc-provider", {}, async (app) => {
    await app.authorize();
    await app.authorize({ scope: "openid email calendar" });
    await app.authorize({ scope: "openid email profile" }, { refuse: ["profile"] });
    await app.authorize({ scope: "openid email profile" });
  });
  assert.deepEqual(found, []);
});

test("rotation, reuse and what a revocation takes along differ as the policies do", async () => {
  const found = await differences("openid-core", {}, async (app, host) => {
    const page = await App.of(host, "page", app.browser);
    const { tokens } = await page.authorize(OFFLINE);
    const { refresh_token } = await page.refresh(tokens.refresh_token);
    await page.refused(page.refresh(tokens.refresh_token));
    await page.refused(page.refresh(refresh_token));
  });
  assert.deepEqual(found.map(({ server, policy }) => [server.outcome, server.refresh_token, policy.outcome, policy.refresh_token]), [
    ["tokens", true, "tokens", false], // the policy does not rotate,
    ["error", undefined, "tokens", false], // so that the first one is no reuse,
    ["error", undefined, "tokens", false], // and ends nothing
  ]);
});

const IMPLICIT = [{ ...CLIENTS[0], grant_types: ["authorization_code", "refresh_token", "implicit"], response_types: ["code", "id_token"] }];

/** A shadow with the server's own profile, which has nothing to say of these. */
async function nothing(work) {
  const host = await beside("oidc-provider", { overrides: KNOWN, own: { clients: IMPLICIT, responseTypes: ["code", "id_token"] } });
  try {
    await work(await App.of(host), host);
    await host.adapter.settled();
    assert.deepEqual(host.reported, []);
    const { compared, ...rest } = host.adapter.counts;
    assert.ok(compared > 1, `${compared}`);
    assert.deepEqual(rest, { differences: 0, not_compared: {}, failed: 0, dropped: 0 });
  } finally {
    await host.close();
  }
}

test("an ID Token alone has the scope that was granted", () => nothing(async (app) => {
  const { fragment } = await app.authorize({ response_type: "id_token", nonce: "n" });
  assert.notEqual(fragment.id_token, undefined);
}));

test("another user signs in on the page, and the session before ends on the way back", () => nothing(async (app) => {
  await app.authorize();
  const { tokens } = await app.authorize({ prompt: "login" }, { as: "bob" });
  assert.equal(tokens.claims().sub, "bob");
}));

test("a hint of another user asks for a sign-in, not for one once more", () => nothing(async (app) => {
  const { tokens } = await app.authorize();
  await app.browser.logout();
  await app.authorize({}, { as: "bob" });
  await app.authorize({ id_token_hint: tokens.id_token }, { as: "alice" });
}));

test("an error in a form that posts itself is no page", () => nothing(async (app) => {
  await app.authorize();
  await app.authorize({ response_mode: "form_post", prompt: "none", scope: "openid email profile" }).catch(() => {});
}));

test("a refusal of everything is remembered", () => nothing(async (app) => {
  await app.authorize({ scope: "openid email" }, { refuse: ["openid", "email"] }).catch(() => {});
  await app.authorize({ scope: "openid" }).catch(() => {});
}));

// == Whatever becomes of it ==

const down = () => ({ migrate: async () => { throw new Error("down"); }, check: async () => {}, read: async () => { throw new Error("down"); }, transaction: async () => { throw new Error("down"); } });
const hanging = () => ({ migrate: () => new Promise(() => {}), check: () => new Promise(() => {}), read: () => new Promise(() => {}), transaction: () => new Promise(() => {}) });
const breaking = () => { const backend = memory(); return { ...backend, transaction: async () => { throw new Error("full"); } }; };

for (const [name, options] of Object.entries({
  "works": {},
  "has no records": { records: down() },
  "never hears from its records": { records: hanging() },
  "cannot store": { records: breaking() },
  "has a listener that throws": { report: () => { throw new Error("theirs"); }, decided: async () => { throw new Error("theirs"); } },
})) {
  test(`people and clients get the same where the shadow ${name}`, async () => {
    const alone = await beside("security-bcp", { shadow: false });
    const host = await beside("security-bcp", { adapter: options, overrides: KNOWN });
    try {
      assert.deepEqual(await walk(host), await walk(alone));
      if (options.records !== undefined && name !== "never hears from its records") {
        await host.adapter.settled();
        assert.ok(host.adapter.counts.failed > 0);
        assert.ok(host.reported.some(({ kind, error }) => kind === "shadow_failed" && error.code === "shadow_failed"));
      }
    } finally {
      await Promise.all([alone.close(), host.close()]);
    }
  });
}

test("a policy that throws is the shadow's failure alone", async () => {
  const broken = (policy) => ({ settings: policy.settings, authorize() { throw new Error("broken"); } });
  const host = await beside("openid-core", { as: broken });
  try {
    const { tokens } = await (await App.of(host)).authorize();
    assert.notEqual(tokens.access_token, undefined);
    await host.adapter.settled();
    assert.deepEqual([host.adapter.counts.failed, host.reported.every(({ kind }) => kind === "shadow_failed")], [3, true]);
  } finally {
    await host.close();
  }
});

test("what is older than the shadow is counted, and no difference", async () => {
  const host = await beside("openid-core", { overrides: KNOWN });
  try {
    const app = await App.of(host);
    const { provider } = host;
    const grant = new provider.Grant({ accountId: "alice", clientId: "calendar" });
    grant.addOIDCScope("openid offline_access");
    const grantId = await grant.save();
    const client = await provider.Client.find("calendar");
    const old = new provider.RefreshToken({ accountId: "alice", client, grantId, scope: "openid offline_access", gty: "authorization_code", iat: 1 });
    old.iiat = 1;
    const value = await old.save();
    const stored = await provider.RefreshToken.adapter.find(value);
    await provider.RefreshToken.adapter.upsert(value, { ...stored, iat: 1 }, 1000);
    await app.refresh(value);
    await host.adapter.settled();
    assert.deepEqual(host.differences(), []);
    assert.deepEqual(host.adapter.counts.not_compared, { "the token is older than the shadow": 1 });
  } finally {
    await host.close();
  }
});

test("a pushed request is counted, and not compared", async () => {
  const host = await beside("openid-core", { overrides: KNOWN });
  try {
    const app = await App.of(host);
    const body = new URLSearchParams({ client_id: "calendar", response_type: "code", redirect_uri: CLIENTS[0].redirect_uris[0], scope: "openid" });
    const pushed = await fetch(`${host.issuer}/request`, { method: "POST", body, headers: { authorization: `Basic ${btoa("calendar:calendar-secret")}` } });
    const { request_uri } = await pushed.json();
    const { code } = await app.browser.visit(`/auth?client_id=calendar&request_uri=${request_uri}`);
    assert.notEqual(code, undefined);
    await host.adapter.settled();
    assert.ok(host.adapter.counts.not_compared["a pushed request is not seen as it arrived"] > 0);
    assert.equal(host.adapter.counts.differences, 0);
  } finally {
    await host.close();
  }
});

// A feature that is off has no route, before which nothing can stand.
test("a server without revocation and logout gets its shadow, and a policy", async () => {
  const own = { features: { devInteractions: { enabled: false }, revocation: { enabled: false }, rpInitiatedLogout: { enabled: false } } };
  for (const host of [await beside("oidc-provider", { overrides: KNOWN, own }), await started("openid-core", { own })]) {
    try {
      assert.notEqual((await (await App.of(host)).authorize()).tokens.access_token, undefined);
      await host.adapter.settled();
      assert.deepEqual(host.reported, []);
    } finally {
      await host.close();
    }
  }
});

test("no difference names a user, a token or an address", async () => {
  const host = await beside("security-bcp");
  try {
    const app = await App.of(host);
    const { tokens, url } = await app.authorize();
    await host.adapter.settled();
    const text = JSON.stringify(host.reported);
    for (const secret of ["alice", tokens.access_token, url.searchParams.get("code"), url.searchParams.get("state"), "example/cb"]) assert.ok(!text.includes(secret), secret);
  } finally {
    await host.close();
  }
});
