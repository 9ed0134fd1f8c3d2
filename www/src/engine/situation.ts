import type { AuthorizeInput, Circumstances as ServerKnows, ClientMetadata, Condition, Grant, IdTokenHint, Session, Trust } from "grantwise";
import type { State } from "../state/model.ts";
import { get } from "../state/request_text.ts";

/** The moment at which everything on this page happens: 2026-01-01T00:00:00Z. */
export const NOW = 1_767_225_600;

/** A session that starts with a sign-in on this page lasts eight hours. */
export const FRESH_SESSION = 28_800;

export type Person = "alice" | "bob";

/** What the engine is given before anybody answered anything. */
export function situation(state: State): AuthorizeInput {
  const { request, circumstances: c } = state;
  const user = c.session === "active" ? "alice" : null;
  const input: AuthorizeInput = {
    request,
    client: c["client.known"] ? client(state) : null,
    session: user === null ? null : session(state, user),
    grant: user === null ? null : grantOf(state, user),
    now: NOW,
  };
  const trust = trustOf(state);
  if (trust) input.trust = trust;
  const condition = conditionOf(state);
  if (condition) input.conditions = [condition];
  const knows = serverKnows(state);
  if (Object.keys(knows).length > 0) input.circumstances = knows;
  if (get(request, "id_token_hint") !== null) input.id_token_hint = hint(state);
  return input;
}

/**
 * The client as registered. A request says which client it is and where its answer goes, and here the client is
 * registered just so, unless something else was chosen: a pasted request is to be decided, not refused.
 */
export function client({ request, circumstances: c }: State): ClientMetadata {
  const responseTypes = registeredResponseTypes(request, c["client.response_types"]);
  const registered: ClientMetadata = {
    client_id: clientId(request),
    redirect_uris: [c["client.redirect_uri"] || get(request, "redirect_uri") || "https://photos.example/callback"],
    application_type: c.client,
    token_endpoint_auth_method: isPublic(c) ? "none" : "client_secret_basic",
    response_types: responseTypes,
    grant_types: grantTypes(responseTypes, c["client.refresh_grant"]),
  };
  if (c["client.default_max_age"] !== null) registered.default_max_age = c["client.default_max_age"];
  if (c["client.publishing_status"] !== "") registered.publishing_status = c["client.publishing_status"];
  if (c["client.user_type"] !== "") registered.user_type = c["client.user_type"];
  return registered;
}

export function isPublic(c: State["circumstances"]): boolean {
  return c["client.public"] || c.client === "browser";
}

export function clientId(request: string): string {
  return get(request, "client_id") || "photos.example"; // an empty one names nobody
}

/** A list with commas, since a response type may hold spaces. Nothing chosen: whatever the request uses. */
export function registeredResponseTypes(request: string, chosen: string): string[] {
  const listed = chosen.split(",").map((type) => type.trim()).filter((type) => type !== "");
  return listed.length > 0 ? listed : [get(request, "response_type") ?? "code"];
}

export function grantTypes(responseTypes: readonly string[], refresh: boolean): string[] {
  const words = responseTypes.flatMap((type) => type.split(" "));
  const types: string[] = [];
  if (words.includes("code")) types.push("authorization_code");
  if (words.includes("token") || words.includes("id_token")) types.push("implicit");
  if (refresh) types.push("refresh_token");
  return types;
}

function trustOf({ circumstances: c }: State): Trust | null {
  const trust: Trust = {};
  if (c["client.first_party"]) trust.first_party = true;
  if (c["client.redirect_identity"] !== "") trust.redirect_identity = c["client.redirect_identity"];
  return Object.keys(trust).length > 0 ? trust : null;
}

export function session({ circumstances: c }: State, sub: Person): Session {
  return clean({
    sid: "s1",
    sub,
    auth_time: NOW - (c["session.age"] ?? 0),
    expires_at: c["session.left"] === null ? undefined : NOW + c["session.left"],
    accounts: several(c),
  });
}

/** After a sign-in on this page. */
export function freshSession({ circumstances: c }: State, sub: Person): Session {
  return clean({
    sid: "s1",
    sub,
    auth_time: NOW,
    expires_at: NOW + FRESH_SESSION,
    accounts: several(c),
  });
}

/** One is what a session has anyway. */
function several(c: State["circumstances"]): number | undefined {
  const count = c["session.accounts"] ?? 1;
  return count > 1 ? count : undefined;
}

export function hasGrant({ circumstances: c }: State): boolean {
  return c.grant !== "" || c["grant.offline"];
}

/** What the server finds on record for this person. */
export function grantOf(state: State, sub: Person): Grant | null {
  const { circumstances: c, request } = state;
  if (!hasGrant(state) || c["grant.owner"] !== sub) return null;
  return clean({
    client_id: c["grant.project_shared"] ? "another-client-of-the-project" : clientId(request),
    sub,
    scope: c.grant,
    offline: c["grant.offline"],
    how: c["grant.how"],
    remembered: c["grant.remembered"],
    status: c["grant.status"],
    granted_at: c["grant.age"] === null ? undefined : NOW - c["grant.age"],
    expires_at: c["grant.left"] === null ? undefined : NOW + c["grant.left"],
    first_code_exchanged: c["grant.first_code_exchanged"] ? undefined : false,
    project_shared: c["grant.project_shared"] ? true : undefined,
    grant_id: c["grant.id"] === "" ? undefined : c["grant.id"],
  });
}

function conditionOf({ circumstances: c }: State): Condition | null {
  if (c.condition === "") return null;
  return clean({
    basis: c.condition,
    permits_offline: c["condition.offline"],
    resources: c["condition.scope"] === "" ? undefined : c["condition.scope"],
  });
}

function serverKnows({ circumstances: c }: State): ServerKnows {
  const known = (value: "" | "true" | "false") => (value === "" ? undefined : value === "true");
  return clean({
    launch: c["server.launch"] === "" ? undefined : c["server.launch"],
    client_eligible: known(c["server.client_eligible"]),
    user_may_have_offline: known(c["server.user_may_have_offline"]),
    admin_restricted: c["server.admin_restricted"] ? true : undefined,
    consent_screen_available: c["server.consent_screen_available"] ? undefined : false,
    consent_valid: c["server.consent_valid"] ? undefined : false,
  });
}

function hint({ circumstances: c }: State): IdTokenHint {
  return clean({
    sub: c.hint,
    expired: c["hint.expired"] ? true : undefined,
    issued_here: c["hint.issued_here"] ? undefined : false,
  });
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Without the members that are not set. */
function clean<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>;
}
