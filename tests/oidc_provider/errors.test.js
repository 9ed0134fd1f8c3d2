// Errors: the policy's codes in the policy's places, also where oidc-provider refuses first and otherwise.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as oauth from "oauth4webapi";
import { App, Browser, CALLBACK, CLIENTS, started } from "./support.js";

const HYBRID = { client_id: "hybrid", client_secret: "hybrid-secret", redirect_uris: ["https://hybrid.example/cb"],
  grant_types: ["authorization_code", "implicit", "refresh_token"], response_types: ["code", "id_token", "code id_token", "none"] };
const own = { clients: [...CLIENTS, HYBRID] };

async function asked(profile, parameters, { overrides, person, session = false } = {}) {
  const host = await started(profile, { own, overrides });
  try {
    const browser = new Browser(host.issuer);
    const request = { response_type: "code", client_id: "calendar", redirect_uri: CALLBACK, scope: "openid", state: "s" };
    const send = (more) => browser.visit(`/auth?${new URLSearchParams(Object.entries({ ...request, ...more }).filter(([, value]) => value !== null))}`, person);
    if (session) await send({});
    const { url, status, page, seen } = await send(parameters);
    const place = url === undefined ? `page ${status}` : url.hash === "" ? "query" : "fragment";
    const sent = url === undefined ? {} : Object.fromEntries(url.hash === "" ? url.searchParams : new URLSearchParams(url.hash.slice(1)));
    if (sent.error !== undefined) assert.equal(sent.iss, host.issuer);
    if (url !== undefined) assert.equal(sent.state, "s");
    return { place, error: sent.error ?? /error<\/strong>: (\w+)/.exec(page ?? "")?.[1], code: sent.code !== undefined, pages: seen.map(({ outcome }) => outcome), host };
  } finally {
    await host.close();
  }
}
const brief = ({ place, error, pages }) => `${[...pages, error].join(" ")} in ${place}`;
const hybrid = { client_id: "hybrid", redirect_uri: "https://hybrid.example/cb" };

// oidc-provider refuses all of these before a hook runs, some of them otherwise or in another place.
const ERRORS = [
  ["openid-core", { prompt: "none login" }, {}, "invalid_request in query"],
  ["openid-core", { prompt: "none" }, {}, "login_required in query"],
  ["openid-core", { response_type: "bogus" }, {}, "unsupported_response_type in query"],
  ["openid-core", { response_type: "id_token", nonce: "n" }, {}, "unauthorized_client in fragment"],
  ["openid-core", { ...hybrid, response_type: "code id_token" }, {}, "invalid_request in fragment"],
  ["openid-core", { ...hybrid, response_type: "code id_token", nonce: "n" }, { person: { denySignIn: true } }, "login access_denied in fragment"],
  ["openid-core", { ...hybrid, response_type: "code id_token", nonce: "n" }, { overrides: { missing_nonce: "error_page" }, person: { approve: false } }, "login consent access_denied in fragment"],
  ["openid-core", { client_id: "nobody" }, {}, "invalid_client in page 400"],
  ["openid-core", { redirect_uri: "https://thief.example/cb" }, {}, "invalid_redirect_uri in page 400"],
  ["mcp", { code_challenge: null }, {}, "invalid_request in query"],
  ["mcp", { ...hybrid, response_type: "code id_token", nonce: "n" }, {}, "unsupported_response_type in query"],
  ["security-bcp", { scope: "openid unheard_of" }, { session: true }, "invalid_scope in query"],
];

for (const [profile, parameters, options, expected] of ERRORS) {
  test(`${profile}: ${new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== null))} is ${expected}`, async () => {
    assert.equal(brief(await asked(profile, parameters, options)), expected);
  });
}

// What oidc-provider would refuse and the policy passes over is passed over.
test("a prompt that the policy does not know is ignored, and one of its own is no error", async () => {
  assert.equal((await asked("openid-core", { prompt: "unheard_of" })).code, true);
  assert.deepEqual((await asked("google-2012", { prompt: "force" }, { session: true })).pages, ["consent"]);
  assert.deepEqual((await asked("openid-core", { prompt: "login" }, { session: true })).pages, ["reauthenticate"]);
  assert.deepEqual((await asked("openid-core", { prompt: "select_account" }, { session: true })).pages, ["select_account"]);
  assert.deepEqual((await asked("openid-core", { max_age: "0" }, { session: true })).pages, ["reauthenticate"]);
  assert.deepEqual((await asked("openid-core", { max_age: "1000" }, { session: true })).pages, []);
});

test("a hybrid response has the scopes and the binding of the decision", async () => {
  const { code, pages } = await asked("openid-core", { ...hybrid, response_type: "code id_token", nonce: "n", scope: "openid offline_access", prompt: "consent" });
  assert.deepEqual([code, pages], [true, ["login", "consent"]]);
});

// At the token endpoint, with a second client library: whatever the policy refuses has its code and its status.
test("oauth4webapi gets the policy's errors of the token endpoint", async () => {
  const host = await started("security-bcp");
  try {
    const app = await App.of(host);
    const { tokens } = await app.authorize();
    const as = await oauth.processDiscoveryResponse(new URL(host.issuer), await oauth.discoveryRequest(new URL(host.issuer), { [oauth.allowInsecureRequests]: true }));
    const client = { client_id: "calendar" };
    const authentication = oauth.ClientSecretBasic("calendar-secret");
    const refresh = (token, more) => oauth.refreshTokenGrantRequest(as, client, authentication, token, { [oauth.allowInsecureRequests]: true, ...more });
    const good = await oauth.processRefreshTokenResponse(as, client, await refresh(tokens.refresh_token));
    assert.equal(await app.isAlive(good.access_token), true);
    const narrow = await oauth.processRefreshTokenResponse(as, client, await refresh(tokens.refresh_token, { additionalParameters: { scope: "email" } }));
    assert.equal(narrow.scope, "email");
    for (const [response, code] of [
      [await refresh("nothing"), "invalid_grant"],
      [await refresh(tokens.refresh_token, { additionalParameters: { scope: "openid calendar" } }), "invalid_scope"],
    ]) {
      assert.equal(response.status, 400);
      assert.equal(response.headers.get("cache-control"), "no-store");
      assert.equal((await response.json()).error, code);
    }
  } finally {
    await host.close();
  }
});

test("where the server alone refuses, its error stands, and it is reported", async () => {
  const host = await started("openid-core", { own: { clients: [{ ...CLIENTS[0], scope: "openid" }, ...CLIENTS.slice(1)] } });
  try {
    const app = await App.of(host);
    assert.equal((await app.authorize({ scope: "openid email" })).error, "invalid_scope");
    assert.deepEqual(host.reported.map(({ kind, error }) => [kind, error]), [["refused_by_server", "invalid_scope"]]);
  } finally {
    await host.close();
  }
});

// oidc-provider: whoever left everything out is not asked again.
test("a refusal that the policy remembers is remembered, though the client gets an error", async () => {
  const host = await started("oidc-provider", { own });
  try {
    const app = await App.of(host);
    const first = await app.authorize({ scope: "openid email" }, { refuse: ["openid", "email"] });
    assert.deepEqual([first.pages, first.url.searchParams.get("error")], [["login", "consent"], "access_denied"]);
    const second = await app.authorize({ scope: "openid email" });
    assert.deepEqual([second.pages, second.url.searchParams.get("error")], [[], "access_denied"]);
    assert.deepEqual(host.reported, []);
  } finally {
    await host.close();
  }
});
