// What a team would write by hand for one profile, openid-core, and nothing else: plain JavaScript without a library,
// the same checks in the same order as the package under that profile, from the same query. It gives no reasons, no
// sources and no records to store.
//
// agreement.js compares what it says with the package, for every input of the bench.

const LONGEST_QUERY = 8 * 1024;

const RESPONSE_TYPES = new Map([
  ["code", { code: true, accessToken: false, idToken: false, grantTypes: ["authorization_code"] }],
  ["token", { code: false, accessToken: true, idToken: false, grantTypes: ["implicit"] }],
  ["id_token", { code: false, accessToken: false, idToken: true, grantTypes: ["implicit"] }],
  ["id_token token", { code: false, accessToken: true, idToken: true, grantTypes: ["implicit"] }],
  ["code id_token", { code: true, accessToken: false, idToken: true, grantTypes: ["authorization_code", "implicit"] }],
  ["code token", { code: true, accessToken: true, idToken: false, grantTypes: ["authorization_code", "implicit"] }],
  ["code id_token token", { code: true, accessToken: true, idToken: true, grantTypes: ["authorization_code", "implicit"] }],
  ["none", { code: false, accessToken: false, idToken: false, grantTypes: [] }],
]);

const SCOPE_SYNTAX = /^[\x21\x23-\x5b\x5d-\x7e]+$/;
const DIGITS = /^[0-9]+$/;
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\])(?::[0-9]*)?(?=[/?]|$)/;
/** What asks for offline or online access somewhere, and is no scope of an API. */
const ACCESS_SCOPES = new Set(["offline_access", "online_access", "refresh_token"]);

export class HandwrittenPolicy {
  #issuer;
  #supported;
  #optional;
  #accessTokenLifetime;
  #refreshTokenLifetime;

  constructor(configuration) {
    this.#issuer = configuration.issuer ?? null;
    this.#supported = new Set(configuration.scopes_supported);
    this.#optional = new Set(configuration.optional_scopes);
    this.#accessTokenLifetime = configuration.access_token_lifetime_s ?? null;
    this.#refreshTokenLifetime = configuration.offline_refresh_token_absolute_lifetime_s ?? null;
  }

  authorize({ request, client, session: given, grant, id_token_hint: hint = null, answers = [], now }) {
    if (request.length > LONGEST_QUERY) return errorPage(null);
    const { parameters, broken } = parse(request);

    // To whom can a response be sent?
    if (client === null || parameters.get("client_id") !== client.client_id) return errorPage(null);
    const asked = this.#scopes(parameters.get("scope"));
    const redirect = redirectUri(client, parameters.get("redirect_uri"));
    if (redirect === null || broken?.has("redirect_uri")) return errorPage(null);
    if (!redirect.sent && asked.effective.includes("openid")) return errorPage(null);

    const responseTypeName = sorted(parameters.get("response_type"));
    const responseType = RESPONSE_TYPES.get(responseTypeName);
    const responseMode = parameters.get("response_mode");
    const inFragment = responseType !== undefined && (responseType.accessToken || responseType.idToken);
    const placement = placementOf(responseMode, inFragment);
    const state = parameters.get("state") ?? null;
    const refuse = (code) => ({
      outcome: "error",
      error: { code, placement },
      response: { placement, redirect_uri: redirect.uri, state, iss: this.#issuer, error: code, mint: [] },
      consent: null,
      scope: [],
      tokens: null,
    });

    // Are the parameters in order?
    if (broken !== null) return refuse("invalid_request");
    if (responseType === undefined) {
      return refuse(responseTypeName === undefined ? "invalid_request" : "unsupported_response_type");
    }
    if (!isRegistered(client, responseTypeName, responseType)) return refuse("unauthorized_client");
    if (responseMode !== undefined && !["query", "fragment", "form_post"].includes(responseMode)) {
      return { ...errorPage(null), error: { code: null, placement: "http_400" } };
    }
    if (responseMode === "query" && inFragment) return refuse("invalid_request");
    if (parameters.has("request")) return refuse("request_not_supported");
    if (parameters.has("request_uri")) return refuse("request_uri_not_supported");
    const prompts = words(parameters.get("prompt"));
    const silent = prompts.includes("none");
    if (silent && prompts.length > 1) return refuse("invalid_request");
    const maxAge = parameters.get("max_age");
    if (maxAge !== undefined && !DIGITS.test(maxAge)) return refuse("invalid_request");
    if (responseType.idToken && !parameters.has("nonce")) return refuse("invalid_request");
    if (parameters.has("id_token_hint") && (hint === null || hint.issued_here === false)) return refuse("invalid_request");
    if (responseType.code && parameters.has("code_challenge")) {
      const method = parameters.get("code_challenge_method") ?? "plain";
      if (method !== "S256" && method !== "plain") return refuse("invalid_request");
    }
    if (asked.requested.length === 0 || !asked.wellFormed || asked.effective.length === 0) return refuse("invalid_scope");
    if (responseType.idToken && !asked.effective.includes("openid")) return refuse("invalid_scope");

    // Who is answered for?
    const session = given && !(given.expires_at <= now) ? given : null;
    const answer = lastAnswers(answers);
    const selecting = session !== null && answer.login !== "done" && prompts.includes("select_account");
    if (selecting && answer.account !== "done") {
      return answer.account === "none_chosen" ? refuse("account_selection_required") : screen("select_account");
    }
    if (answer.login === "failed") return refuse("login_required");
    if (answer.login === "denied") return refuse("access_denied");
    if (session === null) return silent ? refuse("login_required") : screen("login");
    if (hint !== null && hint.sub !== session.sub) {
      return silent || answer.login === "done" ? refuse("login_required") : screen("login");
    }
    const oldest = maxAge === undefined ? client.default_max_age : Number(maxAge);
    const tooOld = oldest !== undefined && (oldest === 0 || now - session.auth_time > oldest);
    if ((prompts.includes("login") || tooOld) && answer.login !== "done") {
      return silent ? refuse("login_required") : screen("reauthenticate");
    }

    // Does offline access stand (section 11)?
    const before = grantedBefore(grant, client, session, now);
    const promptsConsent = prompts.includes("consent");
    const offlineAsked = asked.effective.includes("offline_access");
    const mayRefresh = responseType.code && (client.grant_types ?? []).includes("refresh_token");
    const administrative = before !== null && (grant.how === "admin" || grant.how === "policy") && before.has("offline_access");
    const offline = offlineAsked && mayRefresh && (promptsConsent || administrative);
    const ordinary = asked.effective.filter((scope) => !ACCESS_SCOPES.has(scope));
    if (ordinary.length === 0 && !offline) return refuse("invalid_scope");

    // Is the user asked, and what do they answer?
    const listed = offline ? asked.effective : asked.effective.filter((scope) => scope !== "offline_access");
    const because = [];
    if (promptsConsent) because.push("prompt_consent");
    if (ordinary.some((scope) => before === null || !before.has(scope))) because.push("new_scopes");
    if (offline && promptsConsent) because.push("offline_access");
    if (isPublic(client) && !redirect.isExactHttps) because.push("client_always_asked");
    let page = null;
    let granted = listed;
    if (because.length > 0) {
      if (silent) return refuse("consent_required");
      page = this.#page(session, client, listed, before, offline, because);
      const consent = answer.consent;
      if (consent === null) return this.#asks(page, responseType, granted, offline);
      if (consent.shown !== undefined && !isSamePage(consent.shown, page)) {
        because.push("answer_out_of_date");
        return this.#asks(page, responseType, granted, offline);
      }
      if (consent.result === "denied") return refuse("access_denied");
      if (consent.result === "impossible") return refuse("consent_required");
      if (consent.scope !== undefined) {
        const left = new Set(words(consent.scope));
        granted = listed.filter((scope) => left.has(scope) || (scope !== "offline_access" && before?.has(scope)));
        const needed = (scope) => !this.#optional.has(scope) || (responseType.idToken && scope === "openid");
        const leavesNeededOut = ordinary.some((scope) => needed(scope) && !granted.includes(scope));
        if (leavesNeededOut || granted.length === 0) return refuse("access_denied");
      }
    } else if (answer.consent?.result === "denied") {
      return refuse("access_denied");
    }
    const tokens = this.#tokens(responseType, granted, offline && granted.includes("offline_access"));
    return {
      outcome: "issue",
      error: null,
      response: { placement, redirect_uri: redirect.uri, state, iss: this.#issuer, error: null, mint: minted(responseType) },
      consent: page,
      scope: granted,
      tokens,
    };
  }

  #scopes(text) {
    const requested = words(text);
    const effective = requested.filter((scope) => this.#supported.has(scope));
    return { requested, effective, wellFormed: requested.every((scope) => SCOPE_SYNTAX.test(scope)) };
  }

  #page(session, client, listed, before, offline, because) {
    const scopes = listed.map((scope) => {
      const known = before !== null && before.has(scope);
      return { scope, status: known ? "already_granted" : "new", optional: !known && this.#optional.has(scope) };
    });
    return { sub: session.sub, client_id: client.client_id, scopes, offline_access: offline, remember: "always", because };
  }

  #asks(page, responseType, granted, offline) {
    const tokens = this.#tokens(responseType, granted, offline);
    return { outcome: "consent", error: null, response: null, consent: page, scope: granted, tokens };
  }

  #tokens(responseType, granted, offline) {
    const expiresIn = this.#accessTokenLifetime;
    const scope = granted.join(" ");
    let frontChannelToken = null;
    if (responseType.accessToken) {
      const online = granted.filter((scope) => scope !== "offline_access").join(" ");
      frontChannelToken = { scope: online, expires_in: expiresIn, binding: "session" };
    }
    let tokenEndpoint = null;
    if (responseType.code) {
      const seconds = this.#refreshTokenLifetime;
      const lifetime = seconds === null ? { kind: "unspecified" } : { kind: "fixed", seconds };
      tokenEndpoint = {
        access_token: { scope, expires_in: expiresIn, binding: offline ? "offline" : "session" },
        id_token: granted.includes("openid"),
        refresh_token: offline ? { scope, binding: "offline", lifetime, rotation: "none" } : null,
      };
    }
    const frontChannel = { code: responseType.code, access_token: frontChannelToken, id_token: responseType.idToken };
    return { front_channel: frontChannel, token_endpoint: tokenEndpoint };
  }
}

/**
 * The parameters of a query, each once and decoded; an empty one counts as omitted (RFC 6749, section 3.1). Those that
 * are malformed or repeated are `broken`.
 */
function parse(query) {
  const parameters = new Map();
  let broken = null;
  for (const pair of query.split("&")) {
    const equals = pair.indexOf("=");
    if (equals === -1 || equals === pair.length - 1) continue;
    const name = decode(pair.slice(0, equals));
    const value = decode(pair.slice(equals + 1));
    if (name === null || value === null || parameters.has(name)) (broken ??= new Set()).add(name);
    else parameters.set(name, value);
  }
  if (broken !== null) for (const name of broken) parameters.delete(name);
  return { parameters, broken };
}

/** Null where a percent sign begins no UTF-8. */
function decode(text) {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return null;
  }
}

/** Each word of a space-delimited list once. */
function words(text) {
  if (text === undefined) return [];
  if (!text.includes(" ")) return text === "" ? [] : [text];
  return [...new Set(text.split(" "))].filter((word) => word !== "");
}

/** The words of a response type in one order. */
function sorted(responseType) {
  if (responseType === undefined || !responseType.includes(" ")) return responseType;
  return responseType.split(" ").sort().join(" ");
}

function errorPage(code) {
  return { outcome: "error", error: { code, placement: "page" }, response: null, consent: null, scope: [], tokens: null };
}

function screen(outcome) {
  return { outcome, error: null, response: null, consent: null, scope: [], tokens: null };
}

/** The registered address that the request names; where it names none, the only one that is registered. */
function redirectUri(client, sent) {
  const registered = client.redirect_uris;
  if (sent === undefined) {
    return registered.length === 1 ? { uri: registered[0], sent: false, isExactHttps: isExactHttps(registered[0]) } : null;
  }
  const match = registered.find((known) => known === sent || isSameLoopback(known, sent));
  return match === undefined ? null : { uri: sent, sent: true, isExactHttps: isExactHttps(match) };
}

/** A loopback address may have any port (RFC 8252, section 7.3). */
function isSameLoopback(registered, sent) {
  if (!registered.startsWith("http://") || !sent.startsWith("http://")) return false;
  const one = LOOPBACK.exec(registered);
  const other = LOOPBACK.exec(sent);
  if (one === null || other === null || one[1] !== other[1]) return false;
  return registered.slice(one[0].length) === sent.slice(other[0].length);
}

function isExactHttps(address) {
  return address.startsWith("https://") && !/^https:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/?]/.test(address);
}

function isRegistered(client, name, { grantTypes }) {
  const responseTypes = client.response_types ?? ["code"];
  const registered = client.grant_types ?? ["authorization_code"];
  return responseTypes.some((known) => sorted(known) === name)
    && grantTypes.every((grantType) => registered.includes(grantType));
}

function isPublic(client) {
  return client.token_endpoint_auth_method === "none" || client.application_type === "browser";
}

function placementOf(responseMode, inFragment) {
  if (responseMode === "form_post" || responseMode === "fragment") return responseMode;
  return inFragment ? "fragment" : "query";
}

/** A later sign-in or choice of account makes an earlier consent void. */
function lastAnswers(answers) {
  const last = { login: null, account: null, consent: null };
  for (const answer of answers) {
    last.consent = null;
    if (answer.screen === "consent") last.consent = answer;
    else if (answer.screen === "select_account") last.account = answer.result;
    else last.login = answer.result;
  }
  return last;
}

/** What this user granted this client before, as far as it counts. */
function grantedBefore(grant, client, session, now) {
  if (!grant || grant.status === "revoked" || grant.remembered === false || grant.expires_at <= now) return null;
  if (grant.sub !== undefined && grant.sub !== session.sub) return null;
  if (grant.client_id !== undefined && grant.client_id !== client.client_id) return null;
  return new Set(grant.scope.split(" "));
}

/** Whether the person answered the page that would be shown now. */
function isSamePage(shown, page) {
  return shown.sub === page.sub
    && shown.client_id === page.client_id
    && shown.offline_access === page.offline_access
    && shown.scopes.length === page.scopes.length
    && shown.scopes.every(({ scope, status }) => page.scopes.some((now) => now.scope === scope && now.status === status));
}

function minted(responseType) {
  const mint = [];
  if (responseType.code) mint.push("code");
  if (responseType.accessToken) mint.push("access_token");
  if (responseType.idToken) mint.push("id_token");
  return mint;
}
