// better-auth's OAuth provider with a policy before its authorization endpoint and behind its page of consent:
// `node better_auth.mjs` (Node 22.5 or later, for `node:sqlite`).
import { AsyncLocalStorage } from "node:async_hooks";
import { DatabaseSync } from "node:sqlite";
import { oauthProvider } from "@better-auth/oauth-provider";
import { betterAuth } from "better-auth";
import { APIError, createAuthMiddleware, getSessionFromCtx } from "better-auth/api";
import { getMigrations } from "better-auth/db/migration";
import { jwt } from "better-auth/plugins";
import { Policy, location } from "grantwise";
import { Bounded, Refused, escape, page, redirect, sameOrigin, secret, serve } from "./http.mjs";

const origin = process.env.ORIGIN ?? "http://localhost:3000";
const scopes = ["openid", "email", "calendar", "offline_access"];
const policy = Policy.profile(process.env.PROFILE ?? "better-auth", {
  issuer: `${origin}/api/auth`, scopes_supported: scopes, default_scope: ["openid"], answer_max_age_s: 600, max_request_bytes: 4096,
});
const now = () => Math.floor(Date.now() / 1000);
const seconds = (date) => Math.floor(new Date(date).getTime() / 1000);

// == What the policy decides ==

/** `query` as it arrived, with or without what better-auth signs along with it. */
async function decide({ query, session, ...more }) {
  const request = new URLSearchParams(query);
  for (const own of ["exp", "sig", "ba_iat", "ba_pl", "ba_param"]) request.delete(own);
  const { adapter } = await auth.$context;
  const one = (model, where) => adapter.findOne({ model, where: Object.entries(where).map(([field, value]) => ({ field, value })) });
  const client_id = request.get("client_id") ?? "";
  const found = await one("oauthClient", { clientId: client_id });
  const client = found === null || found.disabled ? null : {
    client_id, redirect_uris: found.redirectUris, grant_types: found.grantTypes ?? ["authorization_code"],
    token_endpoint_auth_method: found.tokenEndpointAuthMethod ?? "client_secret_basic",
  };
  const consented = session && client && await one("oauthConsent", { clientId: client_id, userId: session.user.id });
  const grant = consented && {
    client_id, sub: session.user.id, scope: consented.scopes.join(" "), offline: consented.scopes.includes("offline_access"),
    granted_at: seconds(consented.updatedAt ?? consented.createdAt),
  };
  const known = session && {
    sid: session.session.id, sub: session.user.id, auth_time: seconds(session.session.createdAt), expires_at: seconds(session.session.expiresAt),
  };
  return policy.authorize({ request, client, session: known, grant: grant ?? null, now: now(), ...more });
}

/** better-auth gives a refresh token where offline_access is among the scopes, and only there: so this is how it learns. */
function scopeOf({ scope, tokens }) {
  const rest = scope.granted.filter((one) => one !== "offline_access");
  return [...rest, ...(tokens?.token_endpoint?.refresh_token ? ["offline_access"] : [])].join(" ");
}

/** What was decided on the page: better-auth comes to its authorization endpoint once more then, where nothing is asked again. */
const answeredHere = new AsyncLocalStorage();

/** Before the authorization endpoint: what is refused ends here, and what goes on has the scope and the prompt that were decided. */
const before = createAuthMiddleware(async (ctx) => {
  if (ctx.path !== "/oauth2/authorize") return undefined;
  const decision = answeredHere.getStore() ?? await decide({ query: new URL(ctx.request.url).search, session: await getSessionFromCtx(ctx) });
  const { outcome, error, response } = decision;
  if (outcome === "error" && response === null) throw new APIError("BAD_REQUEST", { message: error.description });
  if (outcome === "error") throw ctx.redirect(location(decision));
  if (outcome === "issue") return { context: { query: { scope: scopeOf(decision) } } };
  if (outcome === "consent") return { context: { query: { scope: scopeOf(decision), prompt: "consent" } } };
  // To sign in. What else is asked stays in the request, which comes back here afterwards; what nobody knows better-auth would refuse.
  const words = (text) => (text ?? "").split(" ").filter((word) => word !== "");
  const unknown = decision.ignored.filter(({ param }) => param === "scope").map(({ value }) => value);
  const scope = words(ctx.query.scope).filter((one) => !unknown.includes(one)).join(" ");
  const prompt = [...new Set([...words(ctx.query.prompt), "login"])].filter((one) => one !== "select_account").join(" ");
  return { context: { query: { ...(scope === "" ? {} : { scope }), prompt } } };
});

const options = {
  baseURL: origin,
  secret: process.env.BETTER_AUTH_SECRET ?? secret(),
  database: new DatabaseSync(process.env.DATABASE ?? "better-auth.db"),
  emailAndPassword: { enabled: true },
  plugins: [jwt(), oauthProvider({ loginPage: "/sign-in", consentPage: "/consent", scopes })],
  hooks: { before },
};
await (await getMigrations(options)).runMigrations();
const auth = betterAuth(options);

// == The pages ==

const pages = new Bounded(100_000, 600);
const failures = new Bounded(100_000, 900); // better-auth counts only what comes to its own endpoint
const headersOf = (req) => new Headers(Object.entries(req.headers).flatMap(([name, values]) => [values].flat().map((value) => [name, value])));
const sessionOf = (req) => auth.api.getSession({ headers: headersOf(req) });

const routes = new Map(Object.entries({
  async "GET /sign-in"({ res, query }) {
    page(res, 200, "Sign in", `<form method="post"><input type="hidden" name="query" value="${escape(query)}">
      <input name="user" autocomplete="username"> <input name="password" type="password" autocomplete="current-password">
      <button>Sign in</button></form>`);
  },

  async "POST /sign-in"({ req, res, body }) {
    sameOrigin(req);
    const fields = new URLSearchParams(body);
    const given = { email: fields.get("user") ?? "", password: fields.get("password") ?? "" };
    const counted = given.email.toLowerCase();
    const failed = failures.get(counted) ?? 0;
    failures.set(counted, failed + 1);
    const answer = failed < 10 && await auth.api.signInEmail({ body: given, headers: headersOf(req), asResponse: true });
    if (!answer.ok) return redirect(res, `/sign-in?${new URLSearchParams(fields.get("query") ?? "")}`);
    failures.take(counted);
    res.setHeader("set-cookie", answer.headers.getSetCookie());
    // The request begins anew, for the policy to see; that the user signs in is done.
    const asked = new URLSearchParams(fields.get("query") ?? "");
    asked.set("prompt", (asked.get("prompt") ?? "").split(" ").filter((one) => one !== "login" && one !== "select_account").join(" "));
    for (const over of ["max_age", "exp", "sig", "ba_iat", "ba_pl", "ba_param"]) asked.delete(over);
    if (asked.get("prompt") === "") asked.delete("prompt");
    return redirect(res, `/api/auth/oauth2/authorize?${asked}`);
  },

  async "GET /consent"({ req, res, query }) {
    const session = await sessionOf(req);
    const interaction = secret();
    const decision = await decide({ query, session, interaction });
    if (decision.outcome === "issue") return finish(req, res, query, decision);
    if (decision.outcome !== "consent") throw new Refused(400, "Go back to the application");
    const { consent } = decision;
    pages.set(interaction, { query, shown: consent, sid: session.session.id });
    return page(res, 200, "May it?", `<form method="post" action="/consent"><input type="hidden" name="interaction" value="${interaction}">
      <p>${escape(consent.client_id)} asks ${escape(session.user.email)} for:</p><ul>${consent.scopes.map(({ scope }) => `<li>${escape(scope)}`).join("")}</ul>
      <button name="answer" value="allow">Allow</button> <button name="answer" value="deny">Do not allow</button></form>`);
  },

  async "POST /consent"({ req, res, body }) {
    sameOrigin(req);
    const fields = new URLSearchParams(body);
    const interaction = fields.get("interaction");
    const session = await sessionOf(req);
    const drawn = pages.get(interaction);
    if (drawn === undefined || drawn.sid !== session?.session.id) throw new Refused(400, "This page is over; go back to the application");
    pages.take(interaction);
    const result = fields.get("answer") === "allow" ? "approved" : "denied";
    const answers = [{ screen: "consent", result, shown: drawn.shown, interaction, at: now() }];
    return finish(req, res, drawn.query, await decide({ query: drawn.query, session, interaction, answers }));
  },

  async "POST /logout"({ req, res }) {
    sameOrigin(req);
    const answer = await auth.api.signOut({ headers: headersOf(req), asResponse: true });
    res.setHeader("set-cookie", answer.headers.getSetCookie());
    page(res, 200, "You are signed out", "");
  },
}));

/** better-auth checks its signature on the query, stores the consent, and gives the code. */
async function finish(req, res, query, decision) {
  if (decision.outcome !== "issue" && decision.error?.code !== "access_denied") throw new Refused(400, "Go back to the application");
  const accept = decision.outcome === "issue";
  const body = { accept, oauth_query: query, ...(accept ? { scope: scopeOf(decision) } : {}) };
  const headers = headersOf(req);
  const call = { body, headers, request: new Request(`${origin}/consent`, { headers }), asResponse: false };
  const { url } = await answeredHere.run(decision, () => auth.api.oauth2Consent(call)).catch((error) => {
    throw error instanceof APIError ? new Refused(400, "Go back to the application") : error;
  });
  return redirect(res, url);
}

// == What better-auth answers itself. Whatever goes on with a request behind the policy's back is not among it. ==

async function answered({ req, res, body }) {
  const init = { method: req.method, headers: headersOf(req), ...(req.method === "POST" ? { body } : {}) };
  const answer = await auth.handler(new Request(new URL(req.url, origin), init));
  res.writeHead(answer.status, [...answer.headers].flat()).end(await answer.text());
}
for (const route of ["GET /oauth2/authorize", "POST /oauth2/token", "POST /oauth2/revoke", "GET /oauth2/userinfo", "GET /jwks"]) {
  routes.set(route.replace(" ", " /api/auth"), answered);
}

// == The example's own user and client ==

const email = "alice@as.example";
const password = process.env.ALICE_PASSWORD ?? secret();
await auth.api.signUpEmail({ body: { name: "Alice", email, password } }).catch(() => {}); // she is there already
const signedIn = await auth.api.signInEmail({ body: { email, password }, asResponse: true });
const { client_id } = await auth.api.adminCreateOAuthClient({
  headers: new Headers({ cookie: signedIn.headers.getSetCookie().map((set) => set.split(";")[0]).join("; ") }),
  body: { redirect_uris: ["https://calendar.example/cb"], token_endpoint_auth_method: "none", grant_types: ["authorization_code", "refresh_token"] },
});
const started = (port) => console.log(`http://localhost:${port}/api/auth/oauth2/authorize?client_id=${client_id}`);
serve(routes, { port: Number(process.env.PORT ?? 3000), started });
