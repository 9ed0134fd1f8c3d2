// What the tests share: an oidc-provider on loopback, clients that know nothing of it, and somebody in front of a browser.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { join } from "node:path";
import * as client from "openid-client";
import { FOLDER, imported, link } from "../built_package.js";

export { FOLDER };
link(import.meta.dirname);

// What oidc-provider says of development, and of Node 20, is no part of a test.
for (const method of ["info", "warn"]) {
  const say = console[method];
  console[method] = (text, ...more) => (String(text).includes("oidc-provider") ? undefined : say(text, ...more));
}
export const oidc = await import("oidc-provider");
export const { Policy, profiles, knobs } = await imported("node.js");
export const adapters = await imported("oidc-provider.js");
export const { createAdapter, AdapterError, memory, sql } = adapters;

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
export const JWKS = { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" }] };

export const SCOPES = ["openid", "offline_access", "email", "profile", "calendar"];

/** What each profile has to be told for oidc-provider. */
export const fitting = (issuer, more = {}) => ({
  issuer, scopes_supported: SCOPES, response_types_supported: ["code", "id_token", "code id_token", "none"], pkce_plain: "refuse", ...more,
});

export const CALLBACK = "https://calendar.example/cb";
export const CLIENTS = [
  {
    client_id: "calendar", client_secret: "calendar-secret", redirect_uris: [CALLBACK], grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
  },
  {
    client_id: "page", token_endpoint_auth_method: "none", redirect_uris: ["https://page.example/cb"],
    grant_types: ["authorization_code", "refresh_token"], response_types: ["code"],
  },
  {
    client_id: "phone", token_endpoint_auth_method: "none", application_type: "native", redirect_uris: ["com.example.phone:/cb"],
    grant_types: ["authorization_code", "refresh_token"], response_types: ["code"],
  },
  { client_id: "plain", client_secret: "plain-secret", redirect_uris: ["https://plain.example/cb"], grant_types: ["authorization_code"], response_types: ["code"] },
];

export const OWN = {
  clients: CLIENTS,
  jwks: JWKS,
  cookies: { keys: ["of-the-tests"] },
  findAccount: (ctx, sub) => ({ accountId: sub, claims: () => ({ sub, email: `${sub}@example.com` }) }),
  interactions: { url: (ctx, { uid }) => `/interaction/${uid}` },
};

/**
 * A provider that a policy drives. `restart()` makes another, of the same settings and at the same address, which knows what was kept
 * alone; records are handed over as a function where they are to be opened again.
 */
export async function started(profile, { overrides = {}, own = {}, adapter: { records, ...options } = {}, before, after, fit = fitting } = {}) {
  const server = createServer();
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const policy = Policy.profile(profile, { ...fit(issuer), ...overrides });
  const reported = [];
  const kept = keptIn();
  const opened = typeof records === "function" ? records : () => records;
  const host = { issuer, policy, reported, restart, close: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }) };
  let callback;
  async function restart() {
    const adapter = createAdapter(policy, { oidc, configuration: { ...OWN, ...own }, report: (one) => reported.push(one), records: opened(), ...options });
    const provider = new oidc.Provider(issuer, { ...adapter.configuration, adapter: kept });
    provider.on("server_error", (ctx, error) => { if (process.env.SHOW_ERRORS) console.error(error); });
    before?.(provider);
    await adapter.attach(provider);
    after?.(provider);
    callback = provider.callback();
    Object.assign(host, { adapter, provider });
  }
  await restart();
  server.on("request", (req, res) => {
    if (!req.url.startsWith("/interaction/")) return callback(req, res);
    return page(host.adapter, req, res).catch((error) => res.writeHead(500).end(`${error.stack}`));
  });
  return host;
}

/** What oidc-provider keeps, for one provider: its own memory is shared by all of a process. */
export function keptIn() {
  const stored = new Map();
  class Kept {
    constructor(model) { this.model = model; }
    key(id) { return `${this.model}:${id}`; }
    async upsert(id, payload) { stored.set(this.key(id), structuredClone(payload)); }
    async find(id) { return structuredClone(stored.get(this.key(id))); }
    async findByUid(uid) { return structuredClone([...stored].find(([name, { uid: other }]) => name.startsWith("Session:") && other === uid)?.[1]); }
    async destroy(id) { stored.delete(this.key(id)); }
    async consume(id) { stored.get(this.key(id)).consumed = Math.floor(Date.now() / 1000); }
    async revokeByGrantId(grantId) { for (const [name, payload] of stored) if (payload.grantId === grantId && !name.startsWith("Interaction:")) stored.delete(name); }
  }
  Kept.stored = stored;
  return Kept;
}

/** What is kept of a provider, by its name. */
export const keptOf = (provider) => [...provider.AccessToken.adapter.constructor.stored];

/** The server's page, as JSON: what it shows, and what the person did. */
async function page(adapter, req, res) {
  if (req.method === "GET") {
    const { outcome, consent, summary, client_id } = await adapter.interaction(req, res);
    return res.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ outcome, consent, summary, client_id }));
  }
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  return adapter.answer(req, res, JSON.parse(Buffer.concat(chunks)));
}

/** A browser with its cookies, and the person before it. */
export class Browser {
  #cookies = new Map();

  constructor(issuer) {
    this.issuer = issuer;
  }

  async request(address, init = {}) {
    const url = new URL(address, this.issuer);
    const cookie = this.cookieHeader(url.pathname);
    const response = await fetch(url, { redirect: "manual", ...init, headers: { ...init.headers, ...(cookie && { cookie }) } });
    for (const line of response.headers.getSetCookie()) {
      const [first, ...attributes] = line.split("; ");
      const [name, ...value] = first.split("=");
      const path = attributes.find((one) => one.startsWith("path="))?.slice(5) ?? "/";
      const isOver = attributes.some((one) => one.startsWith("expires=Thu, 01 Jan 1970"));
      if (isOver) this.#cookies.delete(`${name} ${path}`);
      else this.#cookies.set(`${name} ${path}`, { name, value: value.join("="), path });
    }
    return response;
  }

  cookieHeader(at) {
    return [...this.#cookies.values()].filter(({ path }) => at === path || path === "/" || at.startsWith(`${path}/`))
      .map(({ name, value }) => `${name}=${value}`).join("; ");
  }

  /**
   * Goes where it is sent, and answers each page as `person` does, until it is with a client or before a page of an error. `seen` has
   * the pages on the way.
   */
  async visit(address, person = {}) {
    const seen = [];
    let response = await this.request(address);
    for (let steps = 0; steps < 20; steps += 1) {
      const to = response.headers.get("location");
      if (to === null && response.headers.get("content-type")?.includes("html")) {
        const text = await response.text();
        const action = /action="([^"]+)"/.exec(text)?.[1];
        if (!text.includes("xsrf") || action === undefined) return { seen, status: response.status, page: text };
        response = await this.#post(action, { xsrf: /name="xsrf" value="([^"]+)"/.exec(text)[1], logout: "yes" });
        continue;
      }
      if (to === null) return { seen, status: response.status, page: await response.text() };
      const url = new URL(to, this.issuer);
      if (url.origin !== this.issuer) return { seen, url, ...Object.fromEntries(url.searchParams), fragment: Object.fromEntries(new URLSearchParams(url.hash.slice(1))) };
      response = await this.request(url);
      if (!url.pathname.startsWith("/interaction/")) continue;
      const shown = await response.json();
      seen.push(shown);
      const answer = answerOf(shown, person);
      response = await this.request(url, { method: "POST", body: JSON.stringify(answer) });
    }
    throw new Error(`It goes on and on: ${seen.map(({ outcome }) => outcome)}`);
  }

  #post(action, fields) {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return this.request(action, { method: "POST", headers, body: String(new URLSearchParams(fields)) });
  }

  /** Signs out, or declines to. */
  async logout({ client_id, declined = false } = {}) {
    const response = await this.request(`/session/end${client_id === undefined ? "" : `?client_id=${client_id}`}`);
    const text = await response.text();
    const [, action] = /action="([^"]+)"/.exec(text);
    const [, xsrf] = /name="xsrf" value="([^"]+)"/.exec(text);
    return this.#post(action, { xsrf, ...(declined ? {} : { logout: "yes" }) });
  }
}

function answerOf({ outcome, consent }, { as = "alice", approve = true, refuse = [], remember, denySignIn = false }) {
  if (outcome !== "consent") return denySignIn ? { result: outcome === "select_account" ? "none_chosen" : "denied" } : { result: "done", accountId: as };
  if (!approve) return { result: "denied" };
  const scope = consent.scopes.map((one) => one.scope).filter((one) => !refuse.includes(one)).join(" ");
  return { result: "approved", scope, remember };
}

/** A client on openid-client, which checks what it gets as a real one does. */
export class App {
  static async of({ issuer }, client_id = "calendar", browser = new Browser(issuer), clients = CLIENTS) {
    const registered = clients.find((one) => one.client_id === client_id);
    const method = registered.client_secret === undefined ? client.None() : client.ClientSecretBasic(registered.client_secret);
    const config = await client.discovery(new URL(issuer), client_id, { client_secret: registered.client_secret }, method, { execute: [client.allowInsecureRequests] });
    return new App(config, registered, browser);
  }

  constructor(config, registered, browser) {
    Object.assign(this, { config, registered, browser });
  }

  /** The authorization request, and what came back; a code is redeemed at once unless `redeem` is false. */
  async authorize(parameters = {}, person = {}, { redeem = true } = {}) {
    const pkce = client.randomPKCECodeVerifier();
    const state = randomBytes(12).toString("base64url");
    const url = client.buildAuthorizationUrl(this.config, {
      redirect_uri: this.registered.redirect_uris[0], scope: "openid email", state, code_challenge_method: "S256",
      code_challenge: await client.calculatePKCECodeChallenge(pkce), ...parameters,
    });
    const visited = await this.browser.visit(url, person);
    const pages = visited.seen.map(({ outcome }) => outcome);
    if (visited.code === undefined || !redeem) return { ...visited, pages, pkce, state };
    const tokens = await client.authorizationCodeGrant(this.config, visited.url, { pkceCodeVerifier: pkce, expectedState: state, idTokenExpected: visited.idToken });
    return { ...visited, pages, pkce, state, tokens };
  }

  /** `options` may have `DPoP`, the handle of a key. */
  redeem({ url, pkce, state }, options) {
    return client.authorizationCodeGrant(this.config, url, { pkceCodeVerifier: pkce, expectedState: state }, undefined, options);
  }

  refresh(refresh_token, parameters, options) {
    return client.refreshTokenGrant(this.config, refresh_token, parameters, options);
  }

  revoke(token) {
    return client.tokenRevocation(this.config, token);
  }

  /** Whether an access token is good for anything. */
  async isAlive(access_token) {
    const response = await fetch(new URL("/me", this.config.serverMetadata().issuer), { headers: { authorization: `Bearer ${access_token}` } });
    return response.status === 200;
  }

  /** The error code of a call that has to be refused. */
  async refused(call) {
    return call.then(() => "nothing was refused", (error) => error.error ?? `${error}`);
  }
}
