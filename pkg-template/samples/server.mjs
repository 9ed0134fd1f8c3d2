// An authorization server in memory that keeps what docs/security.md asks for: sign-in, consent, tokens, logout.
// `node server.mjs` starts it. `ISSUER`, `PORT`, `CALENDAR_SECRET` and `ALICE_PASSWORD` may be set in the environment.
import { createHash, generateKeyPairSync, randomUUID, scrypt, scryptSync, sign, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { Client, Policy, form, location, tokenResponse } from "grantwise";
import {
  Bounded, Refused, cookie, escape, html, json, page, redirect, sameOrigin, secret, serve, setCookie,
} from "./http.mjs";
import { Conflict, Store } from "./store.mjs";

// == What the server knows ==

const { ISSUER = "https://as.example", CALENDAR_SECRET = secret(), ALICE_PASSWORD = secret(), PORT = "3000" } = process.env;
const SESSION_SECONDS = 8 * 3600;
const PAGE_SECONDS = 600;

const policy = Policy.profile("openid-core", {
  issuer: ISSUER,
  code_lifetime_s: 60,
  access_token_lifetime_s: 600,
  refresh_token_absolute_lifetime_s: 90 * 86_400,
  refresh_token_idle_lifetime_s: 14 * 86_400,
  refresh_token_rotation: "public",
  max_refresh_tokens_per_client_and_user: 10,
  answer_max_age_s: PAGE_SECONDS,
  max_request_bytes: 4096, // what a page keeps until it is answered
  require_pkce_public: true,
  pkce_plain: "refuse",
  response_types_supported: ["code"],
  scopes_supported: ["openid", "email", "offline_access"],
});
for (const { sentence } of policy.warnings) console.warn(sentence);

const registered = (client_id, more) => new Client({ // read once, and passed again and again
  client_id,
  redirect_uris: [`https://${client_id}.example/cb`],
  grant_types: ["authorization_code", "refresh_token"], // without the second one it never gets a refresh token
  ...more,
});
const clients = new Map([
  ["calendar", registered("calendar")],
  ["photos", registered("photos", { application_type: "browser", token_endpoint_auth_method: "none" })],
]);

// Secrets that are drawn at random are kept as a hash; a password, which may be weak, as a slow one with salt.
const digest = (text) => createHash("sha256").update(text).digest();
const hashed = (text) => digest(text).toString("base64url");
const clientSecrets = new Map([["calendar", digest(CALENDAR_SECRET)]]);
const enrolled = (password, salt = secret()) => ({ salt, hash: scryptSync(password, salt, 32) });
const users = new Map([["alice", enrolled(ALICE_PASSWORD)]]);
const nobody = enrolled(secret());

const store = new Store();
const pages = new Bounded(10_000, PAGE_SECONDS); // interaction -> the page that was drawn under it
const failures = new Bounded(100_000, 900); // hash of a user's name -> how many wrong passwords
const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });

// == Deciding ==

/** Decides, and answers with the next page or with the response to the client. */
async function proceed(res, browser, { request, answers, interaction: earlier }) {
  const client_id = new URLSearchParams(request).get("client_id");
  const session = await sessionOf({ cookie: hashed(browser) });
  const grant = session && await store.one("grant", { client_id, sub: session.sub });
  const client = clients.get(client_id) ?? null;
  const decide = (interaction) => policy.authorize({ request, client, session, grant, interaction, answers, now: now() });

  // An answer counts for the page that it was given to. A page that is drawn now has an id of its own, so that no answer
  // to an earlier one counts for it.
  const fresh = secret();
  let decision = decide(earlier ?? fresh);
  if (decision.outcome === "consent") decision = decide(fresh);
  const { outcome, consent, error } = decision;
  const draw = (title, body) => {
    // Everything that the answer depends on stays here; the page carries the id alone.
    const interaction = consent?.interaction ?? fresh;
    pages.set(interaction, { browser, request, answers, outcome, shown: consent });
    page(res, 200, title, `<form method="post" action="/${outcome === "consent" ? "consent" : "sign_in"}">
      <input type="hidden" name="interaction" value="${interaction}">${body}</form>`);
  };
  switch (outcome) {
    case "login":
    case "reauthenticate":
    case "select_account":
      return draw(`Sign in to go on to ${client_id}`, SIGN_IN);
    case "consent":
      return draw(`${client_id} asks for`, consentOf(consent));
    case "error": // Without a response there is no address to which it may go.
      return decision.response === null ? page(res, 400, "This does not work", escape(error.description)) : send(res, decision);
    case "issue": {
      const minted = Object.fromEntries(decision.response.mint.map((name) => [name, secret()]));
      await store.execute(decision.effects, minted);
      return send(res, decision, minted);
    }
  }
}

/** The response to the client. Both ways escape everything, and go to the registered address alone. */
function send(res, decision, minted) {
  if (decision.response.placement !== "form_post") return redirect(res, location(decision, minted));
  const posted = form(decision, minted);
  html(res, 200, posted.html, posted.script_hash);
}

// == The pages ==

const SIGN_IN = `<p><label>User <input name="user" autocomplete="username" required></label></p>
  <p><label>Password <input name="password" type="password" autocomplete="current-password" required></label></p>
  <button name="answer" value="sign_in">Sign in</button>
  <button name="answer" value="cancel" formnovalidate>Cancel</button>`;

const consentOf = ({ sub, scopes, offline_access }) => `<p>You are signed in as ${escape(sub)}.</p>
  <ul>${scopes.map(({ scope, status, optional }) => `<li><label><input type="checkbox" name="scope"
    value="${escape(scope)}" checked${optional ? "" : " disabled"}> ${escape(scope)}
    ${status === "new" ? "" : "(granted before)"}</label></li>`).join("")}</ul>
  ${offline_access ? "<p>It has access while you are away, too.</p>" : ""}
  <button name="answer" value="approve">Allow</button> <button name="answer" value="deny">Do not allow</button>`;

// == The answers ==

/** The page that a form answers. It counts once, and for the browser that it was drawn for. */
function answered({ req, body }, ...outcomes) {
  sameOrigin(req);
  const fields = new URLSearchParams(body);
  const interaction = fields.get("interaction");
  const drawn = pages.get(interaction);
  if (drawn === undefined || drawn.browser === null || drawn.browser !== cookie(req) || !outcomes.includes(drawn.outcome)) {
    throw new Refused(400, "This page is over; go back to the application");
  }
  pages.take(interaction);
  return { fields, interaction, ...drawn };
}

async function signIn(call) {
  const { fields, browser, ...drawn } = answered(call, "login", "reauthenticate", "select_account");
  const given = (result) => ({ screen: drawn.outcome, result, at: now() });
  const answer = (result) => ({ request: drawn.request, answers: [...drawn.answers, given(result)] });
  if (fields.get("answer") !== "sign_in") {
    return proceed(call.res, browser, answer(drawn.outcome === "select_account" ? "none_chosen" : "denied"));
  }
  const user = fields.get("user") ?? "";
  // A wrong password is no answer: the same page comes again, under another id.
  const fits = await passwordFits(user, fields.get("password") ?? "");
  if (!fits) return proceed(call.res, browser, { request: drawn.request, answers: drawn.answers });

  // The password was checked. Only now there is a session, with the time of this sign-in and a cookie that nobody knew
  // before; and only now the answer is `done`.
  const fresh = secret();
  await signedIn(user, browser, fresh);
  setCookie(call.res, fresh);
  return proceed(call.res, fresh, answer("done"));
}

async function consent(call) {
  const { fields, interaction, shown, browser, request, answers } = answered(call, "consent");
  // The browser says which button and which boxes; what they stand for is what was drawn.
  const chosen = new Set(fields.getAll("scope"));
  const scope = shown.scopes.filter((one) => !one.optional || chosen.has(one.scope)).map((one) => one.scope).join(" ");
  const answer = fields.get("answer") === "approve" ? { result: "approved", scope } : { result: "denied" };
  const given = { screen: "consent", ...answer, shown, interaction, at: now() };
  return proceed(call.res, browser, { request, answers: [...answers, given], interaction });
}

// == Sessions ==

/** The live session that has these members, as Grantwise reads it. */
async function sessionOf(where) {
  const found = await store.one("session", { ...where, status: "active" });
  if (found === null || found.expires_at <= now()) return null;
  const { sid, sub, auth_time, expires_at } = found;
  return { sid, sub, auth_time, expires_at };
}

/** The session of this sign-in: the one that goes on, or a new one. */
async function signedIn(sub, browser, fresh) {
  const before = await sessionOf({ cookie: hashed(browser) });
  const goesOn = before?.sub === sub;
  if (before !== null && !goesOn) await happened({ event: "switch_account", session: { sid: before.sid, sub: before.sub } });
  if (before !== null) await store.forget("session", { sid: before.sid });
  const session = { sid: goesOn ? before.sid : randomUUID(), sub, auth_time: now(), expires_at: now() + SESSION_SECONDS };
  await store.put("session", { ...session, cookie: hashed(fresh), status: "active" });
}

/** Fails as slowly for a user who is not there, and not at all after ten wrong passwords in a quarter of an hour. */
async function passwordFits(name, password) {
  const counted = hashed(name); // a name may be as long as the body
  const failed = failures.get(counted) ?? 0;
  if (failed >= 10) return false;
  failures.set(counted, failed + 1); // before the check, or else a thousand could be tried at once
  const user = users.get(name) ?? nobody;
  const fits = timingSafeEqual(await promisify(scrypt)(password, user.salt, 32), user.hash) && user !== nobody;
  if (fits) failures.take(counted);
  return fits;
}

const happened = async (event) => store.execute(policy.event({ ...event, now: now() }).effects);

async function logout(call) {
  const { browser } = answered(call, "logout");
  const session = await sessionOf({ cookie: hashed(browser) });
  if (session !== null) {
    await happened({ event: "logout", session: { sid: session.sid, sub: session.sub } });
    await store.forget("session", { sid: session.sid });
  }
  setCookie(call.res, "", "; Max-Age=0");
  page(call.res, 200, "You are signed out", "");
}

// == The token endpoint ==

async function token(call) {
  const { body: request, res } = call;
  const fields = new URLSearchParams(request);
  const who = client(call, fields);
  const refreshing = fields.get("grant_type") === "refresh_token";
  const kind = refreshing ? "refresh_token" : "code";
  for (let tries = 0; tries < 5; tries += 1) {
    const record = await store.find(kind, fields.get(kind));
    const session = record?.sid ? await sessionOf({ sid: record.sid }) : null;
    const common = { request, ...who, session, [kind]: record, now: now() };
    const decision = refreshing ? policy.refresh({ ...common, id_token: hasOpenid(record) })
      : policy.exchange({ ...common, ...verifier(record, fields.get("code_verifier")) });
    const minted = Object.fromEntries(decision.response.mint.map((name) =>
      [name, name === "id_token" ? idToken(decision.id_token) : secret()]));
    try {
      await store.execute(decision.effects, minted); // of a refusal, too: it may end what a thief got
    } catch (error) {
      if (error instanceof Conflict) continue; // another call was faster; what it left is decided about anew
      throw error;
    }
    const { status, headers, body } = tokenResponse(decision, minted);
    return json(res, status, headers, body);
  }
  json(res, 503, {}, {});
}

/** Who asks, by HTTP Basic or, for a public client, by its name. */
function client({ req }, fields) {
  const basic = /^Basic ([\w+/=]+)$/i.exec(req.headers.authorization ?? "")?.[1];
  const [name, password] = basic === undefined ? [fields.get("client_id"), null] : credentials(basic);
  const found = clients.get(name) ?? null;
  const hash = clientSecrets.get(name);
  const authenticated = hash !== undefined && password !== null && timingSafeEqual(digest(password), hash);
  return { client: found, client_authenticated: authenticated };
}

/** Both are encoded as in a form, and then in base64 (RFC 6749, section 2.3.1). */
function credentials(basic) {
  const [, name, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(basic, "base64").toString()) ?? [];
  const decoded = (text) => new URLSearchParams(`x=${(text ?? "").replaceAll("&", "%26")}`).get("x");
  return [decoded(name), decoded(password)];
}

/** PKCE with S256, the only method that the policy lets pass. */
function verifier(record, value) {
  if (record === null || record.code_challenge === null) return {};
  const fits = value !== null && digest(value).toString("base64url") === record.code_challenge;
  return { code_verifier_matches: fits };
}

const hasOpenid = (record) => record !== null && record.scope.split(" ").includes("openid");

function idToken(claims) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "ES256", typ: "JWT" })}.${part({ ...claims, exp: claims.iat + 600 })}`;
  return `${text}.${sign("sha256", Buffer.from(text), { key: keys.privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
}

async function revoke(call) {
  const fields = new URLSearchParams(call.body);
  const value = fields.get("token");
  const record = await store.find("refresh_token", value) ?? await store.find("access_token", value);
  const { effects, response } = policy.revoke({ request: call.body, ...client(call, fields), token: record, now: now() });
  await store.execute(effects);
  json(call.res, response.status, response.headers, response.body);
}

/** What an API does with an access token. */
async function userinfo({ req, res }) {
  const value = /^Bearer ([\w-]+)$/i.exec(req.headers.authorization ?? "")?.[1];
  const record = await store.find("access_token", value);
  const session = record?.sid ? await sessionOf({ sid: record.sid }) : null;
  const { alive } = policy.status(record, { session, now: now() });
  if (!alive || !hasOpenid(record)) return json(res, 401, { "www-authenticate": 'Bearer error="invalid_token"' }, {});
  json(res, 200, {}, { sub: record.sub });
}

// == The start ==

const now = () => Math.floor(Date.now() / 1000);

const routes = new Map(Object.entries({
  async "GET /authorize"({ req, res, query }) {
    const browser = cookie(req) ?? secret();
    if (cookie(req) === null) setCookie(res, browser);
    await proceed(res, browser, { request: query, answers: [] });
  },
  "POST /sign_in": signIn,
  "POST /consent": consent,
  async "GET /logout"({ req, res }) {
    const interaction = secret();
    pages.set(interaction, { browser: cookie(req), outcome: "logout" });
    page(res, 200, "Sign out?", `<form method="post"><input type="hidden" name="interaction" value="${interaction}">
      <button>Sign out</button></form>`);
  },
  "POST /logout": logout,
  "POST /token": token,
  "POST /revoke": revoke,
  "GET /userinfo": userinfo,
  "GET /jwks": ({ res }) => json(res, 200, {}, { keys: [{ ...keys.publicKey.export({ format: "jwk" }), alg: "ES256", use: "sig" }] }),
}));

setInterval(() => store.prune(now()), 60_000).unref();
serve(routes, {
  port: Number(PORT),
  started: (port) => {
    console.log(`http://localhost:${port}/authorize`);
    if (process.env.ALICE_PASSWORD === undefined) console.log(`alice signs in with ${ALICE_PASSWORD}`);
    if (process.env.CALENDAR_SECRET === undefined) console.log(`calendar has the secret ${CALENDAR_SECRET}`);
  },
});
