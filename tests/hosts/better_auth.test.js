// samples/better_auth.mjs: better-auth's OAuth provider with a policy before it and behind its page of consent.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { Browser, PASSWORD, call, form, withSample } from "./support.js";

const VERIFIER = "v".repeat(43);
const CALLBACK = "https://calendar.example/cb";
const AUTHORIZE = "/api/auth/oauth2/authorize";
const served = (title, work, { profile, ...options } = {}) => test(title, withSample("better_auth.mjs", work, {
  ...options, environment: { ORIGIN: "https://as.example", ...(profile ? { PROFILE: profile } : {}) },
}));

const asking = (server, more = {}) => `${AUTHORIZE}?${new URLSearchParams({
  response_type: "code", client_id: clientOf(server), redirect_uri: CALLBACK, scope: "openid calendar", state: "a state",
  code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"), code_challenge_method: "S256", ...more,
})}`;
const clientOf = (server) => server.address.searchParams.get("client_id");
const hidden = ({ text }, name) => (new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? "").replaceAll("&#38;", "&");
const parametersOf = ({ headers }) => Object.fromEntries(new URL(headers.location).searchParams);

/** To the page, or to the client's address, wherever the server leads. */
async function followed(browser, answer) {
  let at = answer;
  while (at.headers.location?.startsWith("/")) at = await browser.get(at.headers.location);
  return at;
}

const signIn = async (browser, page, password = PASSWORD, user = "alice@as.example") =>
  followed(browser, await browser.post("/sign-in", { query: hidden(page, "query"), user, password }));
const answer = (browser, page, what, more = {}) => browser.post("/consent", { interaction: hidden(page, "interaction"), answer: what, ...more });
const arrived = async (browser, address) => followed(browser, await browser.get(address));

async function allowed(browser, address) {
  let page = await arrived(browser, address);
  if (/Sign in/.test(page.text)) page = await signIn(browser, page);
  return parametersOf(/May it/.test(page.text) ? await answer(browser, page, "allow") : page);
}

const token = async (server, fields) => {
  const { status, text } = await form(new URL("/api/auth/oauth2/token", server.address), { client_id: clientOf(server), ...fields });
  return { status, ...JSON.parse(text) };
};
const redeem = (server, code, more = {}) => token(server, { grant_type: "authorization_code", code, redirect_uri: CALLBACK, code_verifier: VERIFIER, ...more });
const refresh = (server, refresh_token) => token(server, { grant_type: "refresh_token", refresh_token });
const uses = async (server, access_token) =>
  (await call("GET", new URL("/api/auth/oauth2/userinfo", server.address), { headers: { authorization: `Bearer ${access_token}` } })).status;

served("first visit: it signs in, asks, and the code is good for tokens", async (server, browser) => {
  const page = await signIn(browser, await arrived(browser, asking(server)));
  assert.match(page.text, /asks alice@as\.example for:<\/p><ul><li>openid<li>calendar<\/ul>/);
  const { code, state, iss } = parametersOf(await answer(browser, page, "allow"));
  assert.deepEqual([state, iss], ["a state", "https://as.example/api/auth"]);
  const { access_token, id_token, scope } = await redeem(server, code);
  assert.deepEqual([await uses(server, access_token), typeof id_token, scope], [200, "string", "openid calendar"]);
});

served("who comes back sees no page; what is new, prompt and max_age bring one", async (server, browser) => {
  await allowed(browser, asking(server));
  assert.ok(parametersOf(await browser.get(asking(server))).code);
  assert.match((await arrived(browser, asking(server, { scope: "openid calendar email" }))).text, /May it/);
  assert.match((await arrived(browser, asking(server, { prompt: "consent" }))).text, /May it/);
  for (const more of [{ prompt: "login" }, { prompt: "select_account" }, { max_age: "0" }]) {
    const page = await arrived(browser, asking(server, more));
    assert.match(page.text, /Sign in/);
    assert.ok(parametersOf(await signIn(browser, page)).code);
  }
  const both = await arrived(browser, asking(server, { prompt: "login consent" }));
  assert.match((await signIn(browser, both)).text, /May it/);
});

served("prompt=none: the client learns that a page would be needed", async (server, browser) => {
  const silent = asking(server, { prompt: "none" });
  assert.equal(parametersOf(await browser.get(silent)).error, "login_required");
  await signIn(browser, await arrived(browser, asking(server)));
  assert.equal(parametersOf(await browser.get(silent)).error, "consent_required");
  await allowed(browser, asking(server));
  assert.ok(parametersOf(await browser.get(silent)).code);
});

served("refused: the client learns it, and nothing is kept", async (server, browser) => {
  const page = await signIn(browser, await arrived(browser, asking(server)));
  const { error, state } = parametersOf(await answer(browser, page, "deny"));
  assert.deepEqual([error, state], ["access_denied", "a state"]);
  assert.match((await arrived(browser, asking(server))).text, /May it/);
});

served("offline asked: a refresh token, which rotates and survives the logout. Not asked: none", async (server, browser) => {
  assert.equal((await redeem(server, (await allowed(browser, asking(server))).code)).refresh_token, undefined);
  const { access_token, refresh_token } = await redeem(server, (await allowed(browser, asking(server, { scope: "openid offline_access" }))).code);
  assert.equal((await browser.post("/logout", {})).status, 200);
  assert.match((await arrived(browser, asking(server))).text, /Sign in/);
  assert.equal(await uses(server, access_token), 401); // better-auth ends access tokens with the session
  const renewed = await refresh(server, refresh_token);
  assert.equal(renewed.status, 200);
  assert.equal((await refresh(server, refresh_token)).error, "invalid_grant");
  assert.equal((await refresh(server, renewed.refresh_token)).error, "invalid_grant"); // and all that came of it
});

served("a client that takes its access back", async (server, browser) => {
  const { refresh_token } = await redeem(server, (await allowed(browser, asking(server, { scope: "openid offline_access" }))).code);
  const revoked = await form(new URL("/api/auth/oauth2/revoke", server.address), { token: refresh_token, client_id: clientOf(server) });
  assert.deepEqual([revoked.status, (await refresh(server, refresh_token)).error], [200, "invalid_grant"]);
});

served("the profile openid-core: offline_access without prompt=consent is dropped, an unknown scope is no error", async (server, browser) => {
  const scope = "openid calendar offline_access everything";
  const page = await signIn(browser, await arrived(browser, asking(server, { scope })));
  assert.match(page.text, /<li>openid<li>calendar<\/ul>/);
  const first = await redeem(server, parametersOf(await answer(browser, page, "allow")).code);
  assert.deepEqual([first.refresh_token, first.scope], [undefined, "openid calendar"]);
  const silent = await redeem(server, parametersOf(await browser.get(asking(server, { scope, prompt: "none" }))).code);
  assert.equal(silent.scope, "openid calendar");
  const second = await redeem(server, (await allowed(browser, asking(server, { scope, prompt: "consent" }))).code);
  assert.deepEqual([typeof second.refresh_token, second.scope], ["string", "openid calendar offline_access"]);
}, { profile: "openid-core" });

for (const [profile, refresh_token, scope] of [["openid-core", "undefined", "openid"], ["better-auth", "string", "openid offline_access"]]) {
  served(`the profile ${profile}: what a client gets that registered no refresh_token`, async (server, browser) => {
    const database = new DatabaseSync(server.database);
    database.exec("UPDATE oauthClient SET grantTypes = '[\"authorization_code\"]'");
    database.close();
    const given = await redeem(server, (await allowed(browser, asking(server, { scope: "openid offline_access", prompt: "consent" }))).code);
    assert.deepEqual([given.status, typeof given.refresh_token, given.scope], [200, refresh_token, scope]);
  }, { profile });
}

served("the profile mcp: a refresh token for who does not ask for offline access; better-auth needs the scope for it", async (server, browser) => {
  const { refresh_token, scope } = await redeem(server, (await allowed(browser, asking(server))).code);
  assert.deepEqual([typeof refresh_token, scope], ["string", "openid calendar offline_access"]);
}, { profile: "mcp" });

served("a profile that asks nobody: the page approves by itself, and only prompt=none is better-auth's to answer", async (server, browser) => {
  assert.ok(parametersOf(await signIn(browser, await arrived(browser, asking(server)))).code);
  assert.ok(parametersOf(await arrived(browser, asking(server, { scope: "openid email" }))).code);
  assert.equal(parametersOf(await arrived(browser, asking(server, { prompt: "none" }))).error, "consent_required");
}, { profile: "zitadel" });

served("a profile that always asks: the page comes each time, and its answer is not asked again", async (server, browser) => {
  for (const round of [1, 2]) {
    let page = await arrived(browser, asking(server, { scope: "calendar" }));
    if (round === 1) page = await signIn(browser, page);
    assert.match(page.text, /May it/);
    assert.ok(parametersOf(await answer(browser, page, "allow")).code);
  }
}, { profile: "cloudflare-workers" });

served("what better-auth cannot be made to do: an approval replaces the one before", async (server, browser) => {
  await allowed(browser, asking(server, { scope: "openid calendar" }));
  await allowed(browser, asking(server, { scope: "openid email" }));
  assert.match((await arrived(browser, asking(server, { scope: "openid calendar" }))).text, /May it/);
}, { profile: "openid-core" });

served("a page is answered once, from here, by its own browser and session, with what it showed", async (server, browser) => {
  const page = await signIn(browser, await arrived(browser, asking(server)));
  const thief = new Browser(server.address.origin);
  assert.equal((await answer(thief, page, "allow")).status, 400);
  await signIn(thief, await arrived(thief, asking(server)));
  assert.equal((await answer(thief, page, "allow")).status, 400);
  const foreign = await browser.post("/consent", { interaction: hidden(page, "interaction"), answer: "allow" }, { "sec-fetch-site": "cross-site" });
  assert.equal(foreign.status, 403);
  const { code } = parametersOf(await answer(browser, page, "allow", { scope: "openid calendar email offline_access" }));
  const { scope, refresh_token } = await redeem(server, code);
  assert.deepEqual([scope, refresh_token], ["openid calendar", undefined]);
  assert.equal((await answer(browser, page, "allow")).status, 400);
  const late = await arrived(browser, asking(server, { prompt: "consent" }));
  await browser.post("/logout", {});
  assert.equal((await answer(browser, late, "allow")).status, 400);
});

served("nobody signs the query but better-auth, and nobody goes around the policy", async (server, browser) => {
  await signIn(browser, await arrived(browser, asking(server)));
  const { headers } = await browser.get(asking(server));
  const signed = new URL(headers.location, server.address);
  signed.searchParams.set("scope", "openid calendar email offline_access");
  const widened = await browser.get(signed.pathname + signed.search);
  assert.equal((await answer(browser, widened, "allow")).status, 400);
  const oauth_query = new URL(headers.location, server.address).search.slice(1);
  for (const [path, body] of [["/oauth2/consent", { accept: true }], ["/oauth2/continue", { postLogin: true }], ["/sign-in/email", { email: "alice@as.example", password: PASSWORD }]]) {
    const direct = await call("POST", new URL(`/api/auth${path}`, server.address), {
      headers: { "content-type": "application/json", cookie: browser.cookie, origin: "https://as.example" }, body: JSON.stringify({ ...body, oauth_query }),
    });
    assert.equal(direct.status, 404);
  }
});

served("a code is good once, with its verifier; nothing goes to a foreign address", async (server, browser) => {
  const { code } = await allowed(browser, asking(server));
  assert.ok((await redeem(server, code, { code_verifier: "w".repeat(43) })).error);
  const again = await allowed(browser, asking(server));
  const { status } = await redeem(server, again.code);
  assert.deepEqual([status, (await redeem(server, again.code)).error], [200, "invalid_grant"]);
  for (const more of [{ redirect_uri: "https://evil.example/cb" }, { client_id: "nobody" }, { client_id: "<script>" }]) {
    const answered = await browser.get(asking(server, more));
    assert.deepEqual([answered.status, answered.headers.location, answered.text.includes("<script>")], [400, undefined, false]);
  }
  for (const more of [{ code_challenge: "" }, { code_challenge_method: "plain" }, { scope: "openid everything" }]) {
    assert.ok(parametersOf(await browser.get(asking(server, more))).error, JSON.stringify(more));
  }
});

served("a wrong password signs nobody in, and ten of them are enough", async (server, browser) => {
  const page = await arrived(browser, asking(server));
  for (let round = 0; round < 10; round += 1) assert.match((await signIn(browser, page, "wrong")).text, /Sign in/);
  assert.match((await signIn(browser, page)).text, /Sign in/);
  assert.match((await signIn(browser, page, PASSWORD, "bob@as.example")).text, /Sign in/);
}, { complains: true });
