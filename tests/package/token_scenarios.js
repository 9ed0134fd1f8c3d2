// Every profile through many flows in the simulation. Each flow plays on whatever the profile issues.
import { Policy, profiles } from "grantwise";
import { Simulation } from "grantwise/simulation";

const WEB = {
  client_id: "calendar",
  redirect_uris: ["https://calendar.example/cb"],
  grant_types: ["authorization_code", "refresh_token", "client_credentials"],
  response_types: ["code", "token", "id_token", "code id_token token", "code token", "id_token token"],
};
const NATIVE = {
  ...WEB, client_id: "app", application_type: "native", token_endpoint_auth_method: "none",
  redirect_uris: ["com.example.app:/cb"], grant_types: ["authorization_code", "refresh_token"],
};
const BROWSER = { ...NATIVE, client_id: "page", application_type: "browser", redirect_uris: ["https://page.example/"] };

const OFFLINE = { response_type: "code", scope: "openid email offline_access", prompt: "consent", access_type: "offline", nonce: "n1", state: "s" };
const ONLINE = { response_type: "code", scope: "openid email online_access" };
const PLAIN = { response_type: "code", scope: "openid email" };
const PKCE = { code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", code_challenge_method: "S256" };

/** An authorization with its exchange, if there is a code. */
function* signIn(last, params, more = {}) {
  yield { action: "authorize", params, ...more };
  if (last("code")) yield { action: "exchange", code: last("code") };
}

/** A refresh, if there is something to refresh with. */
function* refresh(last, more = {}) {
  if (last("refresh_token")) yield { action: "refresh", refresh_token: last("refresh_token"), ...more };
}

const FLOWS = {
  *"offline access, refreshed, then logout"(last) {
    yield* signIn(last, OFFLINE);
    yield* refresh(last, { id_token: true });
    yield* refresh(last, { scope: "openid" });
    yield { action: "logout" };
    yield* refresh(last);
  },
  *"session access, refreshed, then the session times out"(last) {
    yield* signIn(last, ONLINE);
    yield* refresh(last);
    yield { action: "advance_clock", seconds: 30_000 };
    yield* refresh(last);
  },
  *"a plain sign-in, twice, with logout between"(last) {
    yield* signIn(last, PLAIN);
    yield { action: "logout" };
    yield* signIn(last, PLAIN);
    yield { action: "admin_ends_session" };
  },
  *"a code replayed"(last) {
    yield* signIn(last, OFFLINE);
    yield* refresh(last);
    if (last("code")) yield { action: "exchange", code: last("code") };
    yield* refresh(last);
  },
  *"an old refresh token reused"(last) {
    yield* signIn(last, OFFLINE);
    const first = last("refresh_token");
    yield* refresh(last);
    yield* refresh(last);
    if (first) yield { action: "refresh", refresh_token: first };
    yield { action: "advance_clock", seconds: 600 };
    if (first) yield { action: "refresh", refresh_token: first };
    yield* refresh(last);
  },
  *"the refresh token revoked"(last) {
    yield* signIn(last, OFFLINE);
    yield* signIn(last, { ...OFFLINE, scope: "openid profile offline_access" });
    if (last("refresh_token")) yield { action: "revoke", token: last("refresh_token") };
    yield* refresh(last);
  },
  *"the access token revoked, and used"(last) {
    yield* signIn(last, OFFLINE);
    if (last("access_token")) yield { action: "revoke", token: last("access_token") };
    if (last("access_token")) yield { action: "api_call", token: last("access_token") };
    yield* refresh(last);
  },
  *"the user revokes the app, and comes back"(last) {
    yield* signIn(last, OFFLINE);
    yield { action: "user_revokes_app" };
    yield* signIn(last, OFFLINE, { person: { remember: true } });
    yield { action: "password_change" };
    yield* refresh(last);
  },
  *"more scopes, with the existing grant"(last) {
    yield* signIn(last, OFFLINE);
    const existing = last("refresh_token");
    yield { action: "authorize", params: { ...OFFLINE, scope: "openid profile offline_access", include_granted_scopes: "true" } };
    if (last("code")) yield { action: "exchange", code: last("code"), ...(existing ? { existing_grant: existing } : {}) };
    yield* refresh(last);
  },
  *"grants by id"(last) {
    yield* signIn(last, { ...OFFLINE, grant_management_action: "create" });
    yield* signIn(last, { ...OFFLINE, scope: "openid profile offline_access", grant_management_action: "merge", grant_id: "G1" });
    yield* signIn(last, { ...OFFLINE, scope: "openid offline_access", grant_management_action: "replace", grant_id: "G1" });
    yield { action: "grant_delete", grant_id: "G1" };
    yield* refresh(last);
  },
  *"tokens of the front channel"(last) {
    yield* signIn(last, { ...OFFLINE, response_type: "code id_token token" });
    yield* signIn(last, { ...PLAIN, response_type: "token" });
    if (last("access_token")) yield { action: "revoke", token: last("access_token") };
    yield { action: "switch_account" };
  },
  *"a client that acts for itself"(last) {
    yield { action: "client_credentials", scope: "email" };
    yield { action: "advance_clock", seconds: 5000 };
    if (last("access_token")) yield { action: "api_call", token: last("access_token") };
  },
  *"refusals on the way"(last) {
    yield { action: "authorize", params: { ...OFFLINE, response_type: "nonsense" } };
    yield { action: "authorize", params: OFFLINE, person: { consent: "denied" } };
    yield* signIn(last, OFFLINE, { person: { consent: "approved", scope: "openid", remember: true, time_limit: 86_400 } });
    yield* refresh(last, { scope: "openid profile" });
    yield { action: "authorize", params: { ...OFFLINE, prompt: "login" }, person: { login_as: "bob" } };
  },
  *"a condition other than consent"(last) {
    yield* signIn(last, OFFLINE);
    yield* refresh(last);
    yield { action: "condition_withdrawn", basis: "employment_contract" };
    yield* refresh(last);
  },
  *"the code outlives its time, or its session"(last) {
    yield { action: "authorize", params: ONLINE };
    yield { action: "set_session", remaining: 5 };
    yield { action: "advance_clock", seconds: 6 };
    if (last("code")) yield { action: "exchange", code: last("code") };
    yield* signIn(last, { ...OFFLINE, ...PKCE });
    yield { action: "advance_clock", seconds: 40_000_000 };
    yield* refresh(last);
  },
};

const CONDITIONS = [{ basis: "employment_contract", permits_offline: true }];

/** Every flow under every profile, with a client of each kind in turn: `{ name, policy, options, flow }`. */
export const SCENARIOS = profiles.flatMap(({ name }) =>
  Object.entries(FLOWS).flatMap(([title, flow]) =>
    [WEB, NATIVE, BROWSER]
      .filter((client) => client === WEB || title !== "a client that acts for itself")
      .map((client) => ({
        name: `${name}, ${client.application_type ?? "web"}: ${title}`,
        policy: Policy.profile(name),
        options: { client, ...(title === "a condition other than consent" ? { conditions: CONDITIONS } : {}) },
        flow,
      }))));

/** Plays a scenario; `see` gets each moment of it. */
export function play({ policy, options, flow }, see) {
  const simulation = new Simulation(policy, options);
  const names = { code: "CODE", access_token: "AT", refresh_token: "RT" };
  const last = (kind) => simulation.timeline.at(-1)?.lives.findLast((life) => life.name.startsWith(names[kind]))?.name;
  for (const step of flow(last)) {
    const moment = simulation.step(step);
    see?.(moment);
  }
  return simulation;
}
