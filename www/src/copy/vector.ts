import type { Overrides, ProfileName } from "grantwise";
import { grantTypes, hasGrant, isPublic, registeredResponseTypes } from "../engine/situation.ts";
import type { Walk } from "../engine/walk.ts";
import { get, parse } from "../state/request_text.ts";
import type { State } from "../state/model.ts";
import { plain, sentence } from "../words/sentence.ts";

/** The parameters of that form. */
const KNOWN = new Set([
  "access_type", "approval_prompt", "client_id", "code_challenge", "display", "grant_id", "grant_management_action",
  "id_token_hint", "idp", "include_granted_scopes", "launch", "login_hint", "max_age", "nonce", "prompt",
  "redirect_uri", "request", "response_mode", "response_type", "scope", "state",
]);

/**
 * The decision as a test vector, in the form of tests/vectors/decisions.jsonl. What the form has no place for (a
 * client that is registered with another redirect URI, say) stands in `notes`.
 */
export function vector(state: State, profile: ProfileName, overrides: Overrides, walk: Walk, client: string): string {
  return `${JSON.stringify({
    id: "PLAY-001",
    kind: "authorize",
    profile,
    title: plain(sentence(walk, client)),
    basis: "I",
    given: given(state, overrides, walk),
    request: request(state),
    expect: expected(state, walk),
    knobs: Object.keys(overrides),
    why: walk.decision.trace.map(({ statement }) => statement),
  })}\n`;
}

function given(state: State, overrides: Overrides, { steps }: Walk): object {
  const { circumstances: c, request: text } = state;
  const responseTypes = registeredResponseTypes(text, c["client.response_types"]);
  const knows = {
    ...(c["server.launch"] === "" ? {} : { launch: c["server.launch"] }),
    ...(c["server.client_eligible"] === "" ? {} : { client_eligible: c["server.client_eligible"] === "true" }),
    ...(c["server.user_may_have_offline"] === "" ? {} : { user_may_have_offline: c["server.user_may_have_offline"] === "true" }),
    ...(c["server.admin_restricted"] ? { admin_restricted: true } : {}),
    ...(c["server.consent_screen_available"] ? {} : { consent_screen_available: false }),
    ...(c["server.consent_valid"] ? {} : { consent_valid: false }),
  };
  return {
    client: {
      application_type: c.client,
      confidential: !isPublic(c),
      redirect: redirectKind(get(text, "redirect_uri") ?? "", c["client.redirect_identity"] !== ""),
      first_party: c["client.first_party"],
      client_id: get(text, "client_id") ?? "photos.example",
      registered_response_types: responseTypes,
      registered_grant_types: grantTypes(responseTypes, c["client.refresh_grant"]),
      ...(c["client.default_max_age"] === null ? {} : { default_max_age: c["client.default_max_age"] }),
      ...(c["client.publishing_status"] === "" ? {} : { publishing_status: c["client.publishing_status"] }),
      ...(c["client.user_type"] === "" ? {} : { user_type: c["client.user_type"] }),
    },
    session: c.session === "none" ? { state: "none" } : {
      state: "active",
      user: "alice",
      auth_age_s: c["session.age"] ?? 0,
      remaining_s: c["session.left"] ?? 0,
      ...((c["session.accounts"] ?? 1) > 1 ? { accounts: c["session.accounts"] } : {}),
    },
    prior_grant: hasGrant(state) ? {
      scopes: words(c.grant),
      offline: c["grant.offline"],
      how: c["grant.how"],
      remembered: c["grant.remembered"],
      status: c["grant.status"],
      ...(c["grant.owner"] === "alice" && c["login.as"] === "alice" && c.account !== "bob" ? {} : { owner: c["grant.owner"] }),
      ...(c["grant.first_code_exchanged"] ? {} : { first_code_exchanged: false }),
      ...(c["grant.project_shared"] ? { granted_to: "c9", project_shared: true } : {}),
      ...(c["grant.id"] === "" ? {} : { grant_id: c["grant.id"] }),
    } : null,
    policy: overrides,
    user: person(state, steps.some(({ screen, decision: asked }) => screen === "consent" && asked.consent?.remember === "checkbox")),
    conditions: c.condition === "" ? null : {
      basis: c.condition,
      permits_offline: c["condition.offline"],
      ...(c["condition.scope"] === "" ? {} : { resources: words(c["condition.scope"]) }),
    },
    ...(Object.keys(knows).length > 0 ? { circumstances: knows } : {}),
  };
}

function person({ circumstances: c }: State, remembers: boolean): object {
  const consent = { approved: "approve", some: "approve_subset", denied: "deny", impossible: "impossible" }[c.consent];
  return {
    login: { done: "ok", failed: "impossible", denied: "deny" }[c.login],
    consent,
    ...(c.consent === "some" ? { subset: words(c["consent.scope"]) } : {}),
    ...(c["login.as"] === "alice" ? {} : { login_as: c["login.as"] }),
    ...(c.account === "alice" ? {} : { account: c.account }),
    ...(remembers ? { remember: c["consent.remember"] } : {}),
    ...(c["consent.time_limit"] ? { time_limit_s: c["consent.time_limit"] } : {}),
  };
}

/** The runner adds client_id and redirect_uri; an id_token_hint is written as facts. */
function request({ request: text, circumstances: c }: State): object {
  const sent = parse(text).pairs
    .filter(({ name, value }) => value !== "" && KNOWN.has(name) && name !== "client_id" && name !== "redirect_uri")
    .map(({ name, value }) => [name, name === "id_token_hint" ? hint(c) : name === "max_age" && /^\d+$/.test(value) ? Number(value) : value]);
  return { endpoint: "authorize", ...Object.fromEntries(sent) as object };
}

function hint(c: State["circumstances"]): string {
  return c["hint.issued_here"] ? `sub=${c.hint}${c["hint.expired"] ? ";expired" : ""}` : "iss=other";
}

function expected(state: State, { steps, decision }: Walk): object {
  const screen = steps.findLast((step) => step.screen === "consent")?.decision.consent ?? null;
  const issued = decision.outcome === "issue";
  const front = issued ? decision.tokens.front_channel : null;
  const back = issued ? decision.tokens.token_endpoint : null;
  const inFront = front !== null && (front.access_token !== null || front.id_token);
  const refresh = back?.refresh_token ?? null;
  const result = decision.error
    ? decision.error.placement === "page" || decision.error.placement === "http_400" ? "error_page" : "redirect_error"
    : front?.code ? (inFront ? "code_and_front_channel_tokens" : "code") : inFront ? "front_channel_tokens" : "none_response";
  return {
    interaction: steps.map((step) => step.screen),
    consent_screen: screen && {
      new: screen.scopes.filter(({ status }) => status === "new").map(({ scope }) => scope),
      already_granted: screen.scopes.filter(({ status }) => status === "already_granted").map(({ scope }) => scope),
      offline_notice: screen.offline_access,
      ...(screen.remember === "checkbox" ? { remember_checkbox: true } : {}),
    },
    result,
    error: decision.error && { code: decision.error.code, placement: decision.error.placement },
    ...(issued ? { response_in: decision.response.placement } : {}),
    granted_scopes: issued ? decision.scope.granted : [],
    scope_response_required: issued && (back !== null || front?.access_token !== null) ? decision.scope.must_report : false,
    front_channel: front && inFront ? {
      access_token: front.access_token !== null,
      id_token: front.id_token,
      refresh_token: false,
      access_token_lifetime_s: front.access_token?.expires_in ?? null,
    } : null,
    token_set: back && {
      access_token: true,
      access_token_lifetime_s: back.access_token.expires_in,
      id_token: back.id_token,
      refresh_token: refresh !== null,
      ...(refresh === null ? {} : { refresh_token_binding: refresh.binding, refresh_token_lifetime: refresh.lifetime }),
    },
    ignored: decision.ignored.map(({ param, value, reason }) => ({ param, value, reason })),
    notes: unsaid(state),
  };
}

/** Where the form of the vectors has no place. */
function unsaid({ request: text, circumstances: c }: State): string {
  const others = parse(text).pairs.filter(({ name, value }) => value !== "" && !KNOWN.has(name));
  return [
    ...others.map(({ name }) => `The request also has ${name}.`),
    ...(c["client.known"] ? [] : ["The client is unknown."]),
    ...(c["client.redirect_uri"] === "" ? [] : [`The registered redirect URI is ${c["client.redirect_uri"]}.`]),
  ].join(" ");
}

/** The kinds of redirect URI that vectors tell apart. */
function redirectKind(uri: string, claimed: boolean): string {
  if (/^http:\/\/(127\.|\[::1\])/.test(uri)) return "loopback";
  if (/^https?:\/\/localhost\b/.test(uri)) return "localhost";
  if (/^https:/.test(uri) || uri === "") return claimed ? "claimed_https" : "https_exact";
  return "custom_scheme";
}

function words(list: string): string[] {
  return list.split(/\s+/).filter((one) => one !== "");
}
