// The endpoints of an authorization server on `grantwise/store`, for any framework: a call goes in, an answer comes out.
import { createHash, scrypt, scryptSync, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { Policy, location, tokenResponse } from "grantwise";
import { Bounded, Refused, cookie, escape, sameOrigin, secret } from "./http.mjs";

// == What the server knows ==

export const policy = Policy.profile("oauth2", {
  issuer: process.env.ISSUER ?? "https://as.example",
  code_lifetime_s: 60,
  access_token_lifetime_s: 600,
  refresh_token_idle_lifetime_s: 14 * 86_400,
  refresh_token_rotation: "all",
  answer_max_age_s: 600,
  max_request_bytes: 4096,
  require_pkce_public: true,
  pkce_plain: "refuse",
  response_types_supported: ["code"],
  scopes_supported: ["email"],
});

const clients = new Map([["calendar", {
  client_id: "calendar",
  redirect_uris: ["https://calendar.example/cb"],
  grant_types: ["authorization_code", "refresh_token"],
}]]);
const digest = (text) => createHash("sha256").update(text).digest();
const clientSecrets = new Map([["calendar", digest(process.env.CALENDAR_SECRET ?? secret())]]);
const salted = (password, salt = secret()) => ({ salt, hash: scryptSync(password, salt, 32) });
const users = new Map([["alice", salted(process.env.ALICE_PASSWORD ?? secret())]]);
const nobody = salted(secret());
const failures = new Bounded(100_000, 900);

// == The endpoints ==

/** By method and path. A call has `req` with its headers, the `query` as text and, of a form, the `body` as text. */
export const endpoints = (store, known = clients) => ({
  async "GET /authorize"({ req, query }) {
    const browser = cookie(req) ?? secret();
    const client = known.get(new URLSearchParams(query).get("client_id")) ?? null;
    return answerOf(await store.authorize({ request: query, client, caller: browser }), browser, client);
  },

  async "POST /answer"({ req, body }) {
    sameOrigin(req);
    const fields = new URLSearchParams(body);
    const page = await store.takePage({ interaction: fields.get("interaction"), caller: cookie(req) });
    if (page === null) throw new Refused(400, "This page is over; go back to the application");
    const client = known.get(new URLSearchParams(page.request).get("client_id")) ?? null;
    let caller = cookie(req);
    let answer = { result: page.outcome === "select_account" ? "none_chosen" : "denied" };
    if (fields.get("answer") === "allow" && page.outcome === "consent") answer = { result: "approved" };
    if (fields.get("answer") === "sign_in" && page.outcome !== "consent") {
      const user = fields.get("user") ?? "";
      if (await passwordFits(user, fields.get("password") ?? "")) {
        // Only now there is a session, under a secret that nobody knew before.
        ({ caller } = await store.startSession({ sub: user, expires_at: store.now() + 8 * 3600, caller }));
        answer = { result: "done" };
      } else {
        answer = null; // no answer: the same page comes again, under another id
      }
    }
    return answerOf(await store.authorize({ page, answer, client, caller }), caller, client);
  },

  async "POST /token"({ req, body: request }) {
    const fields = new URLSearchParams(request);
    const refreshing = fields.get("grant_type") === "refresh_token";
    const asks = who(req, fields, known);
    const { decision, minted } = refreshing ? await store.refresh({ request, ...asks })
      : await store.exchange({ request, ...asks, code_verifier_matches: (code) => verified(code, fields.get("code_verifier")) });
    const { status, headers, body } = tokenResponse(decision, minted);
    return json(status, headers, body);
  },

  async "POST /revoke"({ req, body: request }) {
    const { status, headers, body } = (await store.revoke({ request, ...who(req, new URLSearchParams(request), known) })).decision.response;
    return json(status, headers, body);
  },

  async "POST /logout"({ req }) {
    sameOrigin(req);
    const session = await store.session(cookie(req));
    if (session !== null) await store.event({ event: "logout", session: { sid: session.sid, sub: session.sub } });
    return html(200, "You are signed out", "", "; Max-Age=0");
  },

  /** What an API does with an access token. */
  async "GET /userinfo"({ req }) {
    const { alive, record } = await store.status(/^Bearer ([\w-]+)$/i.exec(req.headers.authorization ?? "")?.[1]);
    return alive ? json(200, {}, { sub: record.sub }) : json(401, { "www-authenticate": 'Bearer error="invalid_token"' }, {});
  },
});

/** A page, the way back to the client, or an error that no address gets. */
function answerOf({ decision, minted, interaction }, browser, client) {
  const { outcome, consent, error, response } = decision;
  if (interaction === null) {
    if (response === null) return html(400, "This does not work", escape(error.description));
    return { status: 303, headers: { ...PRIVATE, location: location(decision, minted) }, text: "" };
  }
  const asked = outcome === "consent"
    ? `<p>${named(client)} asks ${escape(consent.sub)} for:</p><ul>${consent.scopes.map(({ scope }) => `<li>${escape(scope)}`).join("")}</ul>${receiver(consent)}
      <button name="answer" value="allow">Allow</button> <button name="answer" value="deny">Do not allow</button>`
    : `<input name="user" autocomplete="username"> <input name="password" type="password" autocomplete="current-password">
      <button name="answer" value="sign_in">Sign in</button> <button name="answer" value="cancel">Cancel</button>`;
  const form = `<form method="post" action="/answer"><input type="hidden" name="interaction" value="${interaction}">${asked}</form>`;
  return html(200, outcome === "consent" ? "May it?" : "Sign in", form, "", browser);
}

/** Whoever registers may choose a name; the id stands beside it. */
const named = ({ client_id, client_name }) => (client_name ? `${escape(client_name)} (${escape(client_id)})` : escape(client_id));

/** Who gets the answer, where the policy wants it said. */
const receiver = ({ redirect_host: host, loopback_warning: loopback }) => (host === undefined ? ""
  : `<p>The answer goes to ${escape(host)}${loopback ? ": a program on your computer. Allow it only if you have just started it" : ""}.</p>`);

// == What is left to the server ==

/** Who asks, by HTTP Basic (RFC 6749, section 2.3.1), or by its name. */
function who({ headers }, fields, known) {
  const basic = /^Basic ([\w+/=]+)$/i.exec(headers.authorization ?? "")?.[1];
  const [, ...given] = /^([^:]*):(.*)$/s.exec(Buffer.from(basic ?? "", "base64").toString()) ?? [];
  const [name, password] = given.map((text) => new URLSearchParams(`x=${text.replaceAll("&", "%26")}`).get("x"));
  const id = name ?? fields.get("client_id");
  const hash = clientSecrets.get(id);
  const authenticated = hash !== undefined && password !== undefined && timingSafeEqual(digest(password), hash);
  return { client: known.get(id) ?? null, client_authenticated: authenticated };
}

/** PKCE with S256; undefined where there is nothing to verify. */
function verified(code, verifier) {
  if (!code?.code_challenge) return undefined;
  return verifier !== null && digest(verifier).toString("base64url") === code.code_challenge;
}

/** As slow for a user who is not there, and not at all after ten wrong passwords in a quarter of an hour. */
async function passwordFits(name, password) {
  const counted = digest(name).toString("base64url");
  const failed = failures.get(counted) ?? 0;
  if (failed >= 10) return false;
  failures.set(counted, failed + 1);
  const user = users.get(name) ?? nobody;
  const fits = timingSafeEqual(await promisify(scrypt)(password, user.salt, 32), user.hash) && user !== nobody;
  if (fits) failures.take(counted);
  return fits;
}

/** What a failure is for the caller: its own fault, or none of its business. A store that fails answers 503. */
export function failed(error) {
  if (error instanceof Refused) return html(error.status, error.message, "");
  console.error(error);
  return error.name === "StoreError" ? json(503, {}, {}) : html(500, "Something went wrong", "");
}

const PRIVATE = { "cache-control": "no-store", "referrer-policy": "no-referrer", "x-content-type-options": "nosniff" };
function json(status, headers, body) {
  // In lower case: names in another case are the same header.
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const all = { ...PRIVATE, "content-type": "application/json", ...Object.fromEntries(own) };
  return { status, headers: all, text: body === null ? "" : JSON.stringify(body) };
}

/** The cookie is for this host alone, over https, and no script reads it. */
const html = (status, title, body, attributes = "", browser = null) => ({
  status,
  headers: {
    ...PRIVATE,
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    ...(browser !== null || attributes !== ""
      ? { "set-cookie": `__Host-browser=${browser ?? ""}; Path=/; HttpOnly; Secure; SameSite=Lax${attributes}` } : {}),
  },
  text: `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>${escape(title)}</title><h1>${escape(title)}</h1>${body}`,
});
