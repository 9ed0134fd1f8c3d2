// What the bench asks: requests as servers get them, made by a generator with a seed, so that every run and every
// language asks the same. All with one profile.
//
// Pages, codes and tokens come from the package itself: a person who approves has seen a page, and a token that is
// refreshed was issued.

import { createHash } from "node:crypto";

export const PROFILE = "openid-core";

export const CONFIGURATION = {
  issuer: "https://login.example.com",
  scopes_supported: [
    "openid", "profile", "email", "address", "phone", "offline_access", "photos.read", "photos.write", "calendar.read",
    "calendar.events", "contacts.read", "files.read", "files.write",
  ],
  optional_scopes: [
    "profile", "email", "address", "phone", "offline_access", "photos.read", "photos.write", "calendar.read",
    "calendar.events", "contacts.read", "files.read", "files.write",
  ],
  access_token_lifetime_s: 3600,
  code_lifetime_s: 60,
  offline_refresh_token_absolute_lifetime_s: 30 * 24 * 3600,
};

/** The clock of the bench: everything happens before it. */
export const NOW = 1_750_000_000;

/** The shortest and the longest query, in characters. */
export const LENGTHS = [300, 400];

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Clients as a server stores them, with members that no decision reads. */
export const CLIENTS = [
  client("photo-album-web", "Photo Album", "https://photos.example.com", ["/auth/callback", "/auth/silent"], {
    response_types: ["code", "code id_token", "code id_token token"],
    grant_types: ["authorization_code", "implicit", "refresh_token"],
  }),
  client("calendar-suite", "Calendar Suite", "https://calendar.example.org", ["/oidc/return"], {
    grant_types: ["authorization_code", "refresh_token"],
    default_max_age: 12 * HOUR,
  }),
  client("f47ac10b-58cc-4372-a567-0e02b2c3d479", "Backoffice", "https://backoffice.example.net", ["/signin-oidc", "/silent-oidc"], {
    response_types: ["code id_token", "code"],
    grant_types: ["authorization_code", "implicit", "refresh_token"],
    token_endpoint_auth_method: "private_key_jwt",
  }),
  client("mail-reader-desktop", "Mail Reader", "http://127.0.0.1", ["/callback"], {
    application_type: "native",
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code", "refresh_token"],
  }),
  client("notes-mobile", "Notes", "com.example.notes:", ["/oauth2redirect"], {
    application_type: "native",
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code", "refresh_token"],
  }),
  client("dashboard-spa", "Dashboard", "https://dashboard.example.com", ["/callback.html", "/silent.html"], {
    application_type: "browser",
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code", "refresh_token"],
  }),
  client("reports-no-refresh", "Reports", "https://reports.example.com", ["/cb"], {}),
  client("legacy-widgets", "Widgets", "https://widgets.example.org", ["/implicit", "/implicit2"], {
    response_types: ["id_token token", "id_token"],
    grant_types: ["implicit"],
  }),
];

function client(client_id, client_name, origin, paths, members) {
  return {
    client_id,
    client_name,
    redirect_uris: paths.map((path) => origin + path),
    application_type: "web",
    token_endpoint_auth_method: "client_secret_basic",
    response_types: ["code"],
    grant_types: ["authorization_code"],
    id_token_signed_response_alg: "RS256",
    subject_type: "public",
    contacts: [`operations@${client_id.slice(0, 8)}.example`],
    logo_uri: "https://cdn.example.net/logo.png",
    policy_uri: "https://example.net/privacy",
    ...members,
  };
}

const USERS = Array.from({ length: 300 }, (_, number) => `248289761${String(number).padStart(3, "0")}`);
const API_SCOPES = CONFIGURATION.scopes_supported.slice(6);

/** How often each kind of request comes, of 100. */
const KINDS = [
  [29, "returning"], [19, "first"], [16, "approved"], [7, "incremental"], [6, "signed_out"], [4, "signed_in_now"],
  [4, "stale"], [2, "select_account"], [4, "silent"], [2, "denied"], [7, "wrong"],
];

/** What can be wrong with a request. */
const FAULTS = [
  "repeated_state", "repeated_scope", "unknown_client", "unknown_redirect", "no_scope", "unknown_response_type",
  "unregistered_response_type", "no_response_type", "none_with_login", "bad_max_age", "unknown_method",
  "unknown_response_mode", "request_object", "malformed", "no_redirect", "failed_login", "unknown_scopes", "no_nonce",
  "tokens_in_query", "max_age_zero",
];

/** The inputs of each function of a policy; all different. `policy` draws the pages and issues the codes and tokens. */
export function makeInputs({ policy, count, seed = 1 }) {
  const random = randomness(seed);
  const authorize = Array.from({ length: count }, () => authorization(policy, random));
  const exchange = [];
  const refresh = [];
  // Codes of other requests than those above. Not every code is one for a refresh token, so there are fewer of those.
  while (exchange.length < count || refresh.length < count / 4) {
    const input = authorization(policy, random);
    const decision = policy.authorize(input);
    const stored = decision.effects.find(({ effect, kind }) => effect === "store" && kind === "code");
    if (stored === undefined) continue;
    const redemption = exchangeOf(input, stored.record, random);
    if (exchange.length < count) exchange.push(redemption);
    const issued = policy.exchange(redemption).effects.find(({ effect, kind }) => effect === "store" && kind === "refresh_token");
    if (issued !== undefined) refresh.push(refreshOf(input, issued.record, random));
  }
  const event = Array.from({ length: count }, () => eventOf(random));
  return { profile: PROFILE, overrides: CONFIGURATION, authorize, exchange, refresh, event };
}

/** One authorization request with what the server knows of client and user. */
function authorization(policy, random) {
  for (;;) {
    const input = attempt(policy, random);
    const [shortest, longest] = LENGTHS;
    if (input !== null && input.request.length >= shortest && input.request.length <= longest) return input;
  }
}

function attempt(policy, random) {
  const kind = random.weighted(KINDS);
  const fault = kind === "wrong" ? random.of(FAULTS) : null;
  // These faults need a response that passes through the browser.
  const inBrowser = fault === "no_nonce" || fault === "tokens_in_query";
  const known = inBrowser ? CLIENTS.at(-1) : random.of(CLIENTS);
  const parameters = parametersOf(known, random);
  const session = sessionOf(random);
  const granted = parameters.get("scope").split(" ");
  let grant = null;
  const answers = [];
  let signedIn = session;

  switch (kind) {
    case "returning":
      grant = grantOf(known, session, granted, random);
      if (parameters.get("prompt") === "consent" && random.chance(0.7)) parameters.delete("prompt");
      break;
    case "incremental":
      grant = grantOf(known, session, granted.slice(0, Math.max(1, granted.length - 2)), random);
      break;
    case "silent":
      parameters.set("prompt", "none");
      if (random.chance(0.7)) grant = grantOf(known, session, granted, random);
      if (random.chance(0.2)) signedIn = null;
      break;
    case "signed_out":
      signedIn = null;
      break;
    case "signed_in_now":
      answers.push({ screen: "login", result: "done" });
      signedIn = { ...session, auth_time: NOW };
      if (random.chance(0.5)) grant = grantOf(known, session, granted, random);
      break;
    case "stale":
      if (random.chance(0.4)) parameters.set("prompt", "login");
      else if (random.chance(0.6)) parameters.set("max_age", "300");
      // Older than the default_max_age of the client that has one.
      signedIn = { ...session, auth_time: NOW - 13 * HOUR };
      break;
    case "select_account":
      parameters.set("prompt", "select_account");
      break;
    default:
      break;
  }
  if (fault !== null) spoil(fault, parameters, answers, random);
  const input = {
    request: query(parameters, fault, random),
    client: fault === "unknown_client" ? null : known,
    session: signedIn,
    grant,
    answers,
    now: NOW,
  };
  if (random.chance(0.05) && fault === null) {
    // A value that looks like an ID Token; that it was verified is the server's word.
    input.request += `&id_token_hint=${random.token(60)}`;
    input.id_token_hint = { sub: random.chance(0.9) ? session.sub : random.of(USERS) };
  }
  if (kind === "approved" || kind === "denied") {
    const { consent } = policy.authorize(input);
    if (consent === null) return null;
    answers.push(answerTo(consent, kind, random));
    // Between the page and the answer the grant was given elsewhere, so that the page would say something else now.
    if (random.chance(0.05)) input.grant = grantOf(known, session, granted.slice(0, 2), random);
  }
  return input;
}

/** What the client sends, in its order. */
function parametersOf(known, random) {
  const scopes = random.chance(0.9) ? ["openid"] : [];
  for (const scope of ["profile", "email"]) if (random.chance(0.6)) scopes.push(scope);
  for (const scope of API_SCOPES) if (random.chance(0.15)) scopes.push(scope);
  if (random.chance(0.04)) scopes.push("beta.unknown");
  const responseType = random.of(known.response_types);
  if (responseType.includes("id_token") && !scopes.includes("openid")) scopes.unshift("openid");
  const offline = random.chance(0.5);
  if (offline) scopes.push("offline_access");
  if (scopes.length === 0) scopes.push(random.of(API_SCOPES));

  const parameters = new Map();
  parameters.set("response_type", responseType);
  parameters.set("client_id", known.client_id);
  const redirect = random.of(known.redirect_uris);
  parameters.set("redirect_uri", redirect.replace("http://127.0.0.1/", `http://127.0.0.1:${random.between(1024, 65535)}/`));
  parameters.set("scope", scopes.join(" "));
  parameters.set("state", random.token(random.between(16, 43)));
  if (responseType.includes("id_token") || random.chance(0.8)) parameters.set("nonce", random.token(22));
  if (responseType.includes("code") && (known.token_endpoint_auth_method === "none" || random.chance(0.5))) {
    parameters.set("code_challenge", random.token(43));
    parameters.set("code_challenge_method", "S256");
  }
  if (offline ? random.chance(0.7) : random.chance(0.05)) parameters.set("prompt", "consent");
  if (random.chance(0.1)) parameters.set("max_age", String(random.of([4 * HOUR, DAY])));
  if (random.chance(0.15)) parameters.set("response_mode", random.of(["form_post", "fragment"]));
  if (random.chance(0.2)) parameters.set("display", random.of(["page", "popup", "touch"]));
  if (random.chance(0.3)) parameters.set("ui_locales", random.of(["de-CH fr-CH en", "ja", "en-GB", "pt-BR es"]));
  if (random.chance(0.25)) parameters.set("login_hint", `${random.token(8)}@example.com`);
  if (random.chance(0.15)) parameters.set("acr_values", "urn:mace:incommon:iap:silver");
  if (random.chance(0.1)) parameters.set("utm_source", "newsletter spring");
  return parameters;
}

function spoil(fault, parameters, answers, random) {
  const changes = {
    unknown_client: () => parameters.set("client_id", `unknown-${random.token(8)}`),
    unknown_redirect: () => parameters.set("redirect_uri", `https://evil.example/${random.token(8)}`),
    no_redirect: () => parameters.delete("redirect_uri"),
    no_scope: () => parameters.delete("scope"),
    unknown_scopes: () => parameters.set("scope", `nothing.known ${random.token(8)}`),
    no_response_type: () => parameters.delete("response_type"),
    unknown_response_type: () => parameters.set("response_type", "cookie"),
    unregistered_response_type: () => parameters.set("response_type", "code token"),
    none_with_login: () => parameters.set("prompt", "none login"),
    bad_max_age: () => parameters.set("max_age", "-1"),
    unknown_method: () => parameters.set("code_challenge", random.token(43)).set("code_challenge_method", "S512"),
    unknown_response_mode: () => parameters.set("response_mode", "carrier_pigeon"),
    no_nonce: () => parameters.delete("nonce"),
    tokens_in_query: () => parameters.set("response_mode", "query"),
    max_age_zero: () => parameters.set("max_age", "0"),
    request_object: () => parameters.set("request", random.token(40)),
    failed_login: () => answers.push({ screen: "login", result: "failed" }),
  };
  changes[fault]?.();
}

/** As browsers and client libraries write it. */
function query(parameters, fault, random) {
  const encode = random.chance(0.5)
    ? (text) => encodeURIComponent(text).replaceAll("%20", "+")
    : encodeURIComponent;
  const pairs = [...parameters].map(([name, value]) => `${encode(name)}=${encode(value)}`);
  // Many clients keep all that they want to know again in `state`.
  const short = LENGTHS[0] - pairs.join("&").length;
  if (short > 0) pairs[pairs.findIndex((pair) => pair.startsWith("state="))] += random.token(short + random.between(0, 40));
  if (fault === "repeated_state") pairs.push(`state=${random.token(8)}`);
  if (fault === "repeated_scope") pairs.push("scope=openid");
  if (fault === "malformed") pairs.push("login_hint=%E0%A4%A");
  return pairs.join("&");
}

function sessionOf(random) {
  return {
    sid: random.token(22),
    sub: random.of(USERS),
    auth_time: NOW - random.between(60, 3 * HOUR),
    expires_at: NOW + random.between(HOUR, DAY),
  };
}

function grantOf(known, session, scopes, random) {
  const scope = scopes.filter((name) => CONFIGURATION.scopes_supported.includes(name));
  return {
    v: 1,
    grant_id: random.token(22),
    client_id: known.client_id,
    sub: random.chance(0.04) ? random.of(USERS) : session.sub,
    scope: scope.join(" "),
    offline: scope.includes("offline_access"),
    how: random.chance(0.1) ? "admin" : "explicit_prompt",
    remembered: true,
    status: random.chance(0.03) ? "revoked" : "active",
    granted_at: NOW - random.between(DAY, 90 * DAY),
    ...(random.chance(0.05) ? { expires_at: NOW + random.between(-DAY, DAY) } : {}),
    first_code_exchanged: true,
  };
}

function answerTo(consent, kind, random) {
  if (kind === "denied") return { screen: "consent", result: "denied", shown: consent };
  const answer = { screen: "consent", result: "approved", shown: consent };
  if (random.chance(0.3)) {
    const left = consent.scopes.filter(({ optional }) => !optional || random.chance(0.7));
    answer.scope = left.map(({ scope }) => scope).join(" ");
  }
  return answer;
}

function exchangeOf(input, record, random) {
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    code: random.token(43),
    redirect_uri: record.redirect_uri,
    client_id: record.client_id,
  });
  if (record.code_challenge !== null) body.set("code_verifier", random.token(64));
  const used = random.chance(0.03);
  return {
    request: body.toString(),
    client: input.client,
    client_authenticated: true,
    code: { ...record, id: random.token(22), status: used ? "used" : "active" },
    session: input.session,
    ...(record.code_challenge !== null ? { code_verifier_matches: !random.chance(0.02) } : {}),
    now: NOW + random.between(1, 30),
  };
}

function refreshOf(input, record, random) {
  const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token: random.token(43) });
  if (random.chance(0.2)) body.set("scope", record.scope.split(" ").slice(0, 2).join(" "));
  body.set("client_id", record.client_id);
  return {
    request: body.toString(),
    client: input.client,
    client_authenticated: !random.chance(0.02),
    refresh_token: { ...record, id: random.token(22), status: random.chance(0.03) ? "revoked" : "active" },
    session: random.chance(0.5) ? input.session : null,
    id_token: random.chance(0.5),
    now: NOW + random.between(HOUR, 20 * DAY),
  };
}

function eventOf(random) {
  const { sid, sub } = sessionOf(random);
  return random.of([
    { event: "logout", session: { sid, sub }, now: NOW },
    { event: "session_timeout", session: { sid, sub }, now: NOW },
    { event: "switch_account", session: { sid, sub }, now: NOW },
    { event: "password_change", sub, now: NOW },
    { event: "user_revokes_app", sub, client_id: random.of(CLIENTS).client_id, now: NOW },
    { event: "condition_withdrawn", basis: `contract-${random.token(6)}`, sub, now: NOW },
  ]);
}

/** Strings of the same text that no engine has seen: whatever it remembers of the ones before is of no use. */
export function fresh(inputs) {
  return inputs.map((input) => {
    const { client: known = null, ...others } = input;
    const copy = JSON.parse(JSON.stringify(others));
    return "client" in input ? { ...copy, client: known } : copy;
  });
}

/** A number that changes when the inputs do. */
export function fingerprint(inputs) {
  return createHash("sha256").update(JSON.stringify(inputs)).digest("hex").slice(0, 12);
}

/** Numbers that look random and depend on the seed alone (Mulberry32). */
function randomness(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const between = (low, high) => low + Math.floor(next() * (high - low + 1));
  return {
    between,
    chance: (probability) => next() < probability,
    of: (list) => list[between(0, list.length - 1)],
    token: (length) => Array.from({ length }, () => letters[between(0, 63)]).join(""),
    weighted(list) {
      let left = next() * list.reduce((sum, [weight]) => sum + weight, 0);
      return list.find(([weight]) => (left -= weight) < 0)[1];
    },
  };
}
