// The login, consent and logout app of an Ory Hydra, over its admin API: `node hydra.mjs`. Hydra signs the browser in again or not,
// and mints; the policy decides whether the page of consent comes, which scopes are granted, and so whether there is a refresh token.
import { createHash, timingSafeEqual } from "node:crypto";
import { Policy } from "grantwise";
import { Bounded, Refused, cookie, escape, page, redirect, sameOrigin, secret, serve, setCookie } from "./http.mjs";

const policy = Policy.profile(process.env.PROFILE ?? "ory-hydra", {
  scopes_supported: ["openid", "calendar", "offline_access"], answer_max_age_s: 600,
});
const now = () => Math.floor(Date.now() / 1000);

// == Hydra ==

const admin = process.env.HYDRA_ADMIN ?? "http://127.0.0.1:4445";

async function hydra(method, path, parameters, body) {
  const address = `${admin}/admin/oauth2/auth/${path}?${new URLSearchParams(parameters)}`;
  const answer = await fetch(address, { method, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body) });
  // 410: it was answered before, and Hydra says where to go on.
  if ([400, 404, 410].includes(answer.status)) throw new Refused(400, "This page is over; go back to the application");
  if (!answer.ok) throw new Error(`Hydra answers ${answer.status} to ${method} ${path}`);
  return answer.json();
}
const ask = (kind, challenge) => hydra("GET", `requests/${kind}`, { [`${kind}_challenge`]: challenge ?? "" });
const answer = async (res, kind, verb, challenge, body) =>
  redirect(res, (await hydra("PUT", `requests/${kind}/${verb}`, { [`${kind}_challenge`]: challenge }, body)).redirect_to);

// == What the policy decides ==

async function decide(asked, more) {
  const request = new URL(asked.request_url).searchParams;
  // Hydra has seen to these before it asks about consent.
  const rest = (request.get("prompt") ?? "").split(" ").filter((one) => !["", "login", "select_account"].includes(one)).join(" ");
  for (const seen of ["max_age", "prompt"]) request.delete(seen);
  if (rest !== "") request.set("prompt", rest);
  const { client_id, redirect_uris, grant_types, response_types, token_endpoint_auth_method } = asked.client;
  const client = Object.fromEntries(Object.entries({ client_id, redirect_uris, grant_types, response_types, token_endpoint_auth_method })
    .filter(([, value]) => value !== undefined && value !== null));
  const given = await hydra("GET", "sessions/consent", { subject: asked.subject });
  const [newest] = given.filter((one) => one.consent_request.client.client_id === client_id && one.remember)
    .sort((one, other) => Date.parse(other.handled_at) - Date.parse(one.handled_at));
  const grant = newest === undefined ? null : {
    client_id, sub: asked.subject, scope: newest.grant_scope.join(" "), offline: newest.grant_scope.includes("offline_access"),
    granted_at: Math.floor(Date.parse(newest.handled_at) / 1000),
  };
  const session = { sub: asked.subject, sid: asked.login_session_id, auth_time: asked.context?.auth_time ?? 0 };
  return policy.authorize({ request, client, session, grant, now: now(), ...more });
}

/** Hydra gives a refresh token where offline_access is granted: so it is, where the policy says that there is one. */
function accepted(res, asked, decision) {
  const refreshes = Boolean(decision.tokens.token_endpoint?.refresh_token);
  const scopes = decision.scope.granted.filter((one) => one !== "offline_access").concat(refreshes ? ["offline_access"] : []);
  return answer(res, "consent", "accept", asked.challenge, {
    grant_scope: scopes.filter((one) => asked.requested_scope.includes(one)),
    grant_access_token_audience: asked.requested_access_token_audience,
    remember: true,
    remember_for: 0, // until it is revoked
  });
}

const rejected = (res, asked, error, error_description) => answer(res, "consent", "reject", asked.challenge, { error, error_description });
const again = ({ res, asked }) => rejected(res, asked, "login_required", "The user has to sign in again.");
const OUTCOMES = {
  login: again,
  reauthenticate: again,
  select_account: again,
  issue: ({ res, asked, decision }) => accepted(res, asked, decision),
  error: ({ res, asked, decision: { error } }) => rejected(res, asked, error.code ?? "invalid_request", error.description),
  consent({ res, asked, browser, decision: { consent } }) {
    pages.set(consent.interaction, { kind: "consent", challenge: asked.challenge, shown: consent, browser });
    const { client_name, client_id } = asked.client;
    page(res, 200, "May it?", `<form method="post" action="/consent"><input type="hidden" name="interaction" value="${consent.interaction}">
      <p>${client_name ? `${escape(client_name)} (${escape(client_id)})` : escape(client_id)} asks ${escape(asked.subject)} for:</p>
      <ul>${consent.scopes.map(({ scope }) => `<li>${escape(scope)}`).join("")}</ul>
      <button name="answer" value="allow">Allow</button> <button name="answer" value="deny">Do not allow</button></form>`);
  },
};
const goOn = (told) => OUTCOMES[told.decision.outcome](told);

// == The pages ==

const pages = new Bounded(100_000, 600);
const failures = new Bounded(100_000, 900);

const routes = new Map(Object.entries({
  async "GET /login"({ req, res, query }) {
    const asked = await ask("login", new URLSearchParams(query).get("login_challenge"));
    // Hydra knows the browser, and the request does not ask for more.
    if (asked.skip) return answer(res, "login", "accept", asked.challenge, { subject: asked.subject });
    return signInPage(req, res, asked.challenge);
  },

  async "POST /login"({ req, res, body }) {
    const { fields, challenge } = answered(req, body, "login");
    if (fields.get("answer") !== "sign_in") return answer(res, "login", "reject", challenge, { error: "access_denied" });
    const user = fields.get("user") ?? "";
    if (!passwordFits(user, fields.get("password") ?? "")) return signInPage(req, res, challenge);
    return answer(res, "login", "accept", challenge, { subject: user, remember: true, remember_for: 8 * 3600, context: { auth_time: now() } });
  },

  async "GET /consent"({ req, res, query }) {
    const asked = await ask("consent", new URLSearchParams(query).get("consent_challenge"));
    return goOn({ res, asked, browser: browserOf(req, res), decision: await decide(asked, { interaction: secret() }) });
  },

  async "POST /consent"({ req, res, body }) {
    const { fields, interaction, challenge, shown, browser } = answered(req, body, "consent");
    const asked = await ask("consent", challenge);
    const result = fields.get("answer") === "allow" ? "approved" : "denied";
    const answers = [{ screen: "consent", result, shown, interaction, at: now() }];
    return goOn({ res, asked, browser, decision: await decide(asked, { answers, interaction }) });
  },

  async "GET /logout"({ req, res, query }) {
    const asked = await ask("logout", new URLSearchParams(query).get("logout_challenge"));
    const interaction = secret();
    pages.set(interaction, { challenge: asked.challenge, kind: "logout", browser: browserOf(req, res) });
    page(res, 200, "Sign out?", `<form method="post" action="/logout"><input type="hidden" name="interaction" value="${interaction}">
      <button>Sign out</button></form>`);
  },

  async "POST /logout"({ req, res, body }) {
    return answer(res, "logout", "accept", answered(req, body, "logout").challenge);
  },
}));

function signInPage(req, res, challenge) {
  const interaction = secret();
  pages.set(interaction, { challenge, kind: "login", browser: browserOf(req, res) });
  page(res, 200, "Sign in", `<form method="post" action="/login"><input type="hidden" name="interaction" value="${interaction}">
    <input name="user" autocomplete="username"> <input name="password" type="password" autocomplete="current-password">
    <button name="answer" value="sign_in">Sign in</button> <button name="answer" value="cancel">Cancel</button></form>`);
}

function browserOf(req, res) {
  const browser = cookie(req) ?? secret();
  setCookie(res, browser);
  return browser;
}

/** The page that a form answers. It counts once, and for the browser that it was drawn for. */
function answered(req, body, kind) {
  sameOrigin(req);
  const fields = new URLSearchParams(body);
  const interaction = fields.get("interaction");
  const drawn = pages.get(interaction);
  if (drawn === undefined || drawn.browser !== cookie(req) || drawn.kind !== kind) {
    throw new Refused(400, "This page is over; go back to the application");
  }
  pages.take(interaction);
  return { fields, interaction, ...drawn };
}

/** One user, for the example; not at all after ten wrong passwords in a quarter of an hour. */
const digest = (text) => createHash("sha256").update(text).digest();
const alice = digest(process.env.ALICE_PASSWORD ?? secret());
function passwordFits(user, password) {
  const failed = failures.get(user) ?? 0;
  failures.set(user, failed + 1);
  const fits = failed < 10 && user === "alice" && timingSafeEqual(digest(password), alice);
  if (fits) failures.take(user);
  return fits;
}

serve(routes, { port: Number(process.env.PORT ?? 3000), started: (port) => console.log(`http://localhost:${port}/login`) });
