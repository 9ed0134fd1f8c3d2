// An authorization server on Cloudflare Workers. The library keeps clients, codes and tokens; between its two calls,
// `parseAuthRequest` and `completeAuthorization`, the policy decides.
import { AuthorizationError, OAuthProvider } from "@cloudflare/workers-oauth-provider";
import { env } from "cloudflare:workers";
import { Policy, location } from "grantwise";
import { SIGN_IN, asksFor, cookieOf, formOf, page, passwordFits, redirect, secret, sessionOf } from "./workers_pages.mjs";

const { OAUTH_KV: kept } = env;
// Without offline access, what a client gets ends with the user's session. The library's own ways: "cloudflare-workers", unchanged.
const [profile, changes] = env.PROFILE === undefined ? ["mcp", { default_refresh_token_binding: "session" }] : [env.PROFILE, {}];
const policy = Policy.profile(profile, {
  ...changes,
  issuer: env.ISSUER,
  scopes_supported: ["notes", "offline_access"],
  access_token_lifetime_s: 600,
  answer_max_age_s: 600,
  max_request_bytes: 4096,
});
const now = () => Math.floor(Date.now() / 1000);

// == Between the two calls ==

/** `request` is what the library read of the address, `query` the address as it arrived: the library drops `prompt` and `max_age`. */
async function proceed(oauth, { request, query, session, answers = [], interaction, headers = new Headers() }) {
  const { clientId: client_id, redirectUris: redirect_uris, grantTypes, tokenEndpointAuthMethod } = await oauth.lookupClient(request.clientId);
  const client = { client_id, redirect_uris, grant_types: grantTypes ?? ["authorization_code"], token_endpoint_auth_method: tokenEndpointAuthMethod };
  const consentKey = session && `consent:${session.sub}:${client_id}`;
  const grant = consentKey && await kept.get(consentKey, "json");
  const decide = (id) => policy.authorize({ request: query, client, session, grant, answers, interaction: id, now: now() });
  const decision = decide(interaction);

  if (decision.outcome === "error") {
    return decision.response === null ? page(400, decision.error.description, "", headers) : redirect(location(decision), headers);
  }
  if (decision.outcome === "consent") {
    const { handle, headers: bound } = await oauth.beginConsent(request); // bound to this browser, good once
    const shown = decide(handle).consent;
    await kept.put(`page:${handle}`, JSON.stringify({ query, answers, shown, sid: session.sid }), { expirationTtl: 600 });
    for (const [name, value] of bound) headers.append(name, value);
    return page(200, "May it?", asksFor(await oauth.describeConsent(request), shown, handle), headers);
  }
  if (decision.outcome !== "issue") return page(200, "Sign in", SIGN_IN, headers);

  const { access_token, refresh_token } = decision.tokens.token_endpoint;
  for (const { kind, record } of decision.effects) if (kind === "grant" && record) await kept.put(consentKey, JSON.stringify(record));
  const { redirectTo } = await oauth.completeAuthorization({
    request,
    userId: session.sub,
    scope: access_token.scope.split(" "),
    metadata: { sub: session.sub, client_id, sid: session.sid, binding: refresh_token?.binding ?? access_token.binding },
    props: { sub: session.sub, lifetimes: lifetimes(decision.tokens.token_endpoint, session) },
  });
  return redirect(redirectTo, headers);
}

/** What the library asks for when the code is redeemed. No refresh token: 0 seconds. What has no end here, ends with the library's 30 days. */
function lifetimes({ access_token, refresh_token }, session) {
  const { kind, seconds } = refresh_token?.lifetime ?? {};
  return {
    accessTokenTTL: access_token.expires_in ?? undefined,
    refreshTokenTTL: refresh_token === null ? 0 : kind === "session" ? Math.max(60, session.expires_at - now()) : seconds,
    refreshTokenIdleTTL: kind === "idle" ? seconds : undefined,
  };
}

// == The pages ==

/** A name and a password answer whichever of these pages it was. */
const signInAnswers = (signedIn, chosen) => [
  { screen: "login", result: signedIn, at: now() }, { screen: "reauthenticate", result: signedIn, at: now() },
  { screen: "select_account", result: chosen, at: now() },
];

const routes = {
  async "GET /authorize"(req, oauth) {
    return proceed(oauth, { request: await oauth.parseAuthRequest(req), query: new URL(req.url).search.slice(1), session: await sessionOf(req) });
  },

  async "POST /authorize"(req, oauth, fields) {
    if (fields.has("handle")) return consented(req, oauth, fields);
    // The page of the sign-in stands at the address of the request, and posts to it.
    const request = await oauth.parseAuthRequest(new Request(req.url));
    const query = new URL(req.url).search.slice(1);
    const asked = { request, query, session: await sessionOf(req) };
    if (fields.get("answer") !== "sign_in") return proceed(oauth, { ...asked, answers: signInAnswers("denied", "none_chosen") });
    const user = String(fields.get("user"));
    if (!await passwordFits(user, String(fields.get("password")))) return proceed(oauth, asked); // no answer: the page comes again
    // Only now there is a session, under a secret that nobody knew before.
    const name = secret();
    const session = { sid: crypto.randomUUID(), sub: user, auth_time: now(), expires_at: now() + 8 * 3600 };
    await kept.put(`session:${name}`, JSON.stringify(session), { expiration: session.expires_at });
    return proceed(oauth, { ...asked, answers: signInAnswers("done", "done"), session, headers: new Headers({ "set-cookie": cookieOf(name) }) });
  },

  async "POST /logout"(req, oauth) {
    const session = await sessionOf(req);
    if (session !== null) await happened(oauth, { event: "logout", session: { sid: session.sid, sub: session.sub }, now: now() }, session.sub);
    return page(200, "You are signed out", "", new Headers({ "set-cookie": cookieOf("", "; Max-Age=0") }));
  },

  async "POST /disconnect"(req, oauth, fields) {
    const session = await sessionOf(req);
    const client_id = String(fields.get("client_id"));
    if (session !== null) await happened(oauth, { event: "user_revokes_app", sub: session.sub, client_id, now: now() }, session.sub);
    return page(200, "It has no access any more", "");
  },
};

/** What was shown is what was kept; the browser says which button. The handle is used up, whichever it was. */
async function consented(req, oauth, fields) {
  const handle = String(fields.get("handle"));
  const approved = fields.get("answer") === "allow";
  const { request, headers } = approved ? await oauth.approveConsent(req, handle) : await oauth.denyConsent(req, handle);
  headers.delete("location");
  const stored = await kept.get(`page:${handle}`, "json");
  const session = await sessionOf(req);
  if (stored === null || stored.sid !== session?.sid) return page(400, "This page is over; go back to the application", "", headers);
  await kept.delete(`page:${handle}`);
  const answer = { screen: "consent", result: approved ? "approved" : "denied", shown: stored.shown, interaction: handle, at: now() };
  const answers = [...stored.answers, answer];
  return proceed(oauth, { request, query: stored.query, session, answers, interaction: handle, headers });
}

/** An event ends sessions, consents, and grants of the library with all their tokens. */
async function happened(oauth, event, sub) {
  const { effects } = policy.event(event);
  const matches = (record, where) => Object.entries(where).every(([name, value]) => name === "status" || record[name] === value);
  const ends = (kind) => effects.filter((effect) => effect.kind === kind).map(({ where }) => where);
  let cursor;
  do {
    const listed = await oauth.listUserGrants(sub, { cursor });
    for (const { id, metadata } of listed.items) {
      if (ends("refresh_token").some((where) => matches(metadata, where))) await oauth.revokeGrant(id, sub);
    }
    ({ cursor } = listed);
  } while (cursor);
  for (const { client_id } of ends("grant")) await kept.delete(`consent:${sub}:${client_id}`);
  for (const { sid } of ends("session")) await kept.put(`ended:${sid}`, "1", { expirationTtl: 8 * 3600 });
}

async function served(req, { OAUTH_PROVIDER: oauth }) {
  try {
    const route = routes[`${req.method} ${new URL(req.url).pathname}`];
    if (route === undefined) return page(404, "There is nothing here", "");
    return await route(req, oauth, req.method === "POST" ? await formOf(req) : null);
  } catch (error) {
    if (error instanceof Response) return error;
    if (!(error instanceof AuthorizationError)) throw error;
    return error.redirectTo ? redirect(error.redirectTo) : page(400, error.description, "");
  }
}

export default new OAuthProvider({
  apiRoute: "/api",
  apiHandler: { fetch: (request, _, { props, auth }) => Response.json({ sub: props.sub, scope: auth.scope }) },
  defaultHandler: { fetch: served },
  authorizeEndpoint: "/authorize",
  tokenEndpoint: "/token",
  clientRegistrationEndpoint: "/register",
  scopesSupported: policy.settings.scopes_supported,
  requiredScopes: ["notes"],
  resourceMetadata: { resource: `${env.ISSUER}/api`, authorization_servers: [env.ISSUER] },
  tokenExchangeCallback: ({ props }) => props.lifetimes,
});
