// What ends what: replays, reuse, revocation, logout and two calls at once, each exactly as far as the policy says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { App, Browser, CALLBACK, memory, started } from "./support.js";

const OFFLINE = { scope: "openid email offline_access", prompt: "consent" };

async function on(profile, options, work) {
  const host = await started(profile, options);
  try {
    await work(host);
    assert.deepEqual(host.reported, []);
  } finally {
    await host.close();
  }
}

// RFC 6749, section 4.1.2: what came from the code ends; what came from another does not. oidc-provider alone ends the whole grant.
test("a code that is used twice ends its own tokens, and no others of the same session", () => on("openid-core", {}, async (host) => {
  const app = await App.of(host);
  const before = await app.authorize(OFFLINE);
  const code = await app.authorize(OFFLINE, {}, { redeem: false });
  const tokens = await app.redeem(code);
  assert.equal(await app.refused(app.redeem(code)), "invalid_grant");
  assert.equal(await app.refused(app.refresh(tokens.refresh_token)), "invalid_grant");
  assert.equal(await app.isAlive(tokens.access_token), false);
  assert.equal(await app.isAlive(before.tokens.access_token), true);
  await app.refresh(before.tokens.refresh_token);
}));

test("a policy whose replays end the grant ends the others, too", () => on("openid-core", { overrides: { replayed_code_ends: "grant" } }, async (host) => {
  const app = await App.of(host);
  const before = await app.authorize(OFFLINE);
  const code = await app.authorize(OFFLINE, {}, { redeem: false });
  await app.redeem(code);
  assert.equal(await app.refused(app.redeem(code)), "invalid_grant");
  assert.equal(await app.refused(app.refresh(before.tokens.refresh_token)), "invalid_grant");
  assert.deepEqual((await app.authorize()).pages, ["consent"], "the consent has ended with it");
}));

// However many come at once with one code, one gets tokens; and then they are replays, which end those.
test("of many exchanges with one code at most one succeeds, and none of the tokens lives on", () => on("openid-core", {}, async (host) => {
  const app = await App.of(host);
  const code = await app.authorize(OFFLINE, {}, { redeem: false });
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => app.redeem(code).then((tokens) => tokens, ({ error }) => error)));
  const tokens = outcomes.filter((one) => typeof one !== "string");
  assert.ok(tokens.length <= 1, `${tokens.length} succeeded`);
  assert.deepEqual([...new Set(outcomes.filter((one) => typeof one === "string"))], ["invalid_grant"]);
  for (const { access_token, refresh_token } of tokens) {
    assert.equal(await app.isAlive(access_token), false);
    assert.equal(await app.refused(app.refresh(refresh_token)), "invalid_grant");
  }
}));

test("of many refreshes with one token that is rotated at most one succeeds, and its family ends", () => on("security-bcp", {}, async (host) => {
  const app = await App.of(host, "page");
  const { tokens } = await app.authorize(OFFLINE);
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => app.refresh(tokens.refresh_token).then((one) => one, ({ error }) => error)));
  const renewed = outcomes.filter((one) => typeof one !== "string");
  assert.ok(renewed.length <= 1, `${renewed.length} succeeded`);
  assert.deepEqual([...new Set(outcomes.filter((one) => typeof one === "string"))], ["invalid_grant"]);
  for (const one of renewed) assert.equal(await app.refused(app.refresh(one.refresh_token)), "invalid_grant");
  assert.equal(await app.isAlive(tokens.access_token), false);
}));

// A reused token ends its own family. oidc-provider alone ends all tokens of the grant.
test("a refresh token that is used again ends its family, and spares another of the same client and session", () => on("security-bcp", {}, async (host) => {
  const app = await App.of(host, "page");
  const other = await app.authorize(OFFLINE);
  const { tokens } = await app.authorize(OFFLINE);
  const renewed = await app.refresh(tokens.refresh_token);
  assert.equal(await app.refused(app.refresh(tokens.refresh_token)), "invalid_grant");
  assert.equal(await app.refused(app.refresh(renewed.refresh_token)), "invalid_grant");
  assert.equal(await app.isAlive(other.tokens.access_token), true);
  assert.notEqual((await app.refresh(other.tokens.refresh_token)).refresh_token, other.tokens.refresh_token);
}));

// oidc-provider alone: revoking an access token takes the refresh token along, always.
test("a revoked access token leaves the refresh token, unless the policy says so", async () => {
  for (const [value, expected] of [[false, "nothing was refused"], [true, "invalid_grant"]]) {
    await on("openid-core", { overrides: { access_token_revocation_revokes_refresh_token: value } }, async (host) => {
      const app = await App.of(host);
      const { tokens } = await app.authorize(OFFLINE);
      await app.revoke(tokens.access_token);
      assert.equal(await app.isAlive(tokens.access_token), false);
      assert.equal(await app.refused(app.refresh(tokens.refresh_token)), expected);
    });
  }
});

test("nobody revokes the token of another client", () => on("openid-core", {}, async (host) => {
  const app = await App.of(host);
  const { tokens } = await app.authorize(OFFLINE);
  const other = await App.of(host, "page");
  await other.revoke(tokens.refresh_token).catch(() => {});
  await app.refresh(tokens.refresh_token);
}));

// A grant that several sessions share would end them all: each session has its own.
test("a logout in one browser leaves another browser's tokens, bound to its own session", () => on("aol", {}, async (host) => {
  const [here, there] = [await App.of(host), await App.of(host)];
  const [one, other] = [await here.authorize({}, { remember: true }), await there.authorize({}, { remember: true })];
  await here.browser.logout();
  assert.equal(await here.refused(here.refresh(one.tokens.refresh_token)), "invalid_grant");
  assert.equal(await there.isAlive(other.tokens.access_token), true);
  await there.refresh(other.tokens.refresh_token);
}));

// A second authorization in the same session must not end the session-bound token of the first.
test("a session-bound refresh token outlives the next authorization of its client", () => on("aol", {}, async (host) => {
  const app = await App.of(host);
  const first = await app.authorize({}, { remember: true });
  await app.authorize({ scope: "openid email calendar" }, { remember: true });
  await app.refresh(first.tokens.refresh_token);
}));

test("a declined logout ends nothing, or the client's tokens and consent, as the policy says", async () => {
  for (const [value, alive, pages] of [["nothing", true, []], ["client_tokens_and_consent", false, ["consent"]]]) {
    await on("aol", { overrides: { declined_logout: value } }, async (host) => {
      const app = await App.of(host);
      const { tokens } = await app.authorize({}, { remember: true });
      await app.browser.logout({ client_id: "calendar", declined: true });
      assert.equal(await app.isAlive(tokens.access_token), alive, value);
      assert.deepEqual((await app.authorize({}, { remember: true })).pages, pages, value);
    });
  }
});

test("another account in the same browser ends the session of the first, and what is bound to it", () => on("aol", {}, async (host) => {
  const app = await App.of(host);
  const { tokens } = await app.authorize({}, { remember: true });
  const bob = await app.authorize({ prompt: "login" }, { as: "bob", remember: true });
  assert.deepEqual(bob.pages, ["reauthenticate", "consent"]);
  assert.equal(await app.refused(app.refresh(tokens.refresh_token)), "invalid_grant");
  assert.equal(await app.isAlive(bob.tokens.access_token), true);
}));

test("what the user revokes, and a changed password, end what the policy says", () => on("openid-core", {}, async (host) => {
  const app = await App.of(host);
  const { tokens } = await app.authorize(OFFLINE);
  await host.adapter.event({ event: "password_change", sub: "alice" });
  await app.refresh(tokens.refresh_token);
  await host.adapter.event({ event: "user_revokes_app", sub: "alice", client_id: "calendar" });
  assert.equal(await app.refused(app.refresh(tokens.refresh_token)), "invalid_grant");
  assert.equal(await app.isAlive(tokens.access_token), false);
  assert.deepEqual((await app.authorize()).pages, ["consent"]);
}));

// AOL: an access token lives no longer than the session. oidc-provider asks for a lifetime where nobody can wait.
test("an access token that is cut to the session is", () => on("aol", { own: { ttl: { Session: 600 } } }, async (host) => {
  const app = await App.of(host);
  const { tokens } = await app.authorize({ scope: "openid" }, { remember: true });
  assert.ok(tokens.expires_in <= 600 && tokens.expires_in > 500, `${tokens.expires_in}`);
}));

test("lifetimes are the policy's; where it has none, the server's", async () => {
  const overrides = { access_token_lifetime_s: 120, offline_refresh_token_absolute_lifetime_s: 5000 };
  await on("openid-core", { overrides }, async (host) => {
    const app = await App.of(host);
    const { tokens } = await app.authorize(OFFLINE);
    assert.equal(tokens.expires_in, 120);
    const stored = await host.provider.RefreshToken.find(tokens.refresh_token);
    assert.equal(stored.exp - stored.iat, 5000);
  });
  await on("openid-core", { overrides: { access_token_lifetime_s: null }, own: { ttl: { AccessToken: 77, RefreshToken: () => 888 } } }, async (host) => {
    const app = await App.of(host);
    const { tokens } = await app.authorize(OFFLINE);
    assert.equal(tokens.expires_in, 77);
    const stored = await host.provider.RefreshToken.find(tokens.refresh_token);
    assert.equal(stored.exp - stored.iat, 888);
  });
});

// The browser's own `grantwise_request` is worth nothing, in whatever method.
test("what was asked cannot be said twice, once for the policy and once for the server", () => on("openid-core", {}, async (host) => {
  const app = await App.of(host);
  await app.authorize();
  const spoofed = `response_type=code&client_id=calendar&redirect_uri=${encodeURIComponent(CALLBACK)}&scope=openid+email`;
  const address = `/auth?response_type=code&client_id=calendar&redirect_uri=${encodeURIComponent(CALLBACK)}&scope=openid+email+calendar`
    + `&grantwise_request=${encodeURIComponent(spoofed)}`;
  const { seen, code } = await app.browser.visit(address, { approve: false });
  assert.deepEqual([seen.map(({ outcome }) => outcome), code], [["consent"], undefined]);
  const head = await app.browser.request(address, { method: "HEAD" });
  assert.ok(!(head.headers.get("location") ?? "").includes("code="), head.headers.get("location"));
}));

// The page says what was shown; who answers more than that, or for another page, gets nothing by it.
test("an approval counts for what was shown", () => on("openid-core", {}, async (host) => {
  const app = await App.of(host);
  const browser = new Browser(host.issuer);
  const start = await browser.request("/auth?" + new URLSearchParams({ response_type: "code", client_id: "calendar", redirect_uri: CALLBACK, scope: "openid" }));
  const login = start.headers.get("location");
  const post = (to, answer) => browser.request(to, { method: "POST", body: JSON.stringify(answer) });
  assert.equal((await post(login, { result: "approved", scope: "openid" })).status, 500, "no approval of a page for signing in");
  assert.equal((await post(login, { result: "done" })).status, 500, "nobody signed in");
  const back = await post(login, { result: "done", accountId: "alice" });
  const consent = (await browser.request(back.headers.get("location"))).headers.get("location");
  const resumed = await post(consent, { result: "approved", scope: "openid email calendar", shown: { scopes: [] } });
  const last = await browser.request(resumed.headers.get("location"));
  const url = new URL(last.headers.get("location"));
  const code = url.searchParams.get("code");
  if (code !== null) assert.equal((await host.provider.AuthorizationCode.find(code)).scope, "openid");
  assert.notEqual(app, null);
}));

test("the records of what is over go in time, and a sweep harms nothing", () => on("openid-core", {}, async (host) => {
  const app = await App.of(host);
  const { tokens } = await app.authorize(OFFLINE);
  await app.revoke(tokens.refresh_token);
  const { forgotten } = await host.adapter.sweep(-1);
  assert.ok(forgotten >= 2, `${forgotten}`);
  await app.authorize(OFFLINE);
}));

// oidc-provider's router takes a path in any case, and with a slash at its end: none of them leads past the policy.
test("no other spelling of a path leads past the policy", () => on("security-bcp", {}, async (host) => {
  const app = await App.of(host, "page");
  const post = (path, fields, headers) => fetch(host.issuer + path, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", ...headers }, body: String(new URLSearchParams(fields)) });
  for (const path of ["/token/", "/TOKEN", "/Token/"]) {
    const { tokens } = await app.authorize(OFFLINE);
    const refresh = { grant_type: "refresh_token", refresh_token: tokens.refresh_token, client_id: "page" };
    const renewed = await (await post(path, refresh)).json();
    assert.notEqual(renewed.refresh_token, undefined, path);
    assert.equal((await post(path, refresh)).status, 400, `${path}: reuse`);
    assert.equal(await app.refused(app.refresh(renewed.refresh_token)), "invalid_grant", path);
  }
  for (const path of ["/auth/", "/AUTH"]) {
    const request = { response_type: "code", client_id: "page", redirect_uri: "https://page.example/cb", scope: "openid", code_challenge: "c".repeat(43), code_challenge_method: "S256" };
    const { seen, code } = await app.browser.visit(`${path}?${new URLSearchParams({ ...request, grantwise_request: String(new URLSearchParams({ ...request, prompt: "none" })) })}`);
    assert.deepEqual([seen.map(({ outcome }) => outcome), code === undefined], [["consent"], false], path);
  }
}));

// The exchange that is slow to store its tokens finds, when it does, that a replay came meanwhile: it gives nothing.
test("a replay that overtakes the first exchange ends it before it has given anything", async () => {
  const backend = memory();
  let release;
  const gate = new Promise((resolve) => { release = resolve; });
  let isHeld = false;
  let arrived;
  const waits = new Promise((resolve) => { arrived = resolve; });
  const transaction = async (work) => {
    if (isHeld) {
      isHeld = false;
      arrived();
      await gate;
    }
    return backend.transaction(work);
  };
  await on("openid-core", { adapter: { records: { ...backend, transaction } } }, async (host) => {
    const app = await App.of(host);
    const code = await app.authorize(OFFLINE, {}, { redeem: false });
    isHeld = true;
    const first = app.refused(app.redeem(code));
    await waits;
    assert.equal(await app.refused(app.redeem(code)), "invalid_grant");
    release();
    assert.equal(await first, "invalid_grant");
    const alive = [...host.provider.AccessToken.adapter.constructor.stored.keys()].filter((name) => /^(AccessToken|RefreshToken):/.test(name));
    assert.deepEqual(alive, []);
  });
});
