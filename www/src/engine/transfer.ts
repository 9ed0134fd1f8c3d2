import type { AuthorizeInput, ClientMetadata, Grant, Session } from "grantwise";
import type { Circumstances } from "../state/fields.ts";
import type { State } from "../state/model.ts";
import { build, ENDPOINT, get, parse, set, type Pair } from "../state/request_text.ts";

type Values = { -readonly [N in keyof Circumstances]?: Circumstances[N] };

/**
 * The state of the page in which what differs between two inputs is as in the second one. What an input can say and no
 * field of the page stays as it was; whoever asks decides what comes out and compares.
 */
export function transfer(state: State, before: AuthorizeInput, after: AuthorizeInput): State {
  const values: Values = {};
  const request = requestOf(state.request, before, after);
  if (differ(before.client, after.client)) client(values, request, after.client as ClientMetadata | null);
  if (differ(before.trust, after.trust)) {
    values["client.first_party"] = after.trust?.first_party ?? false;
    values["client.redirect_identity"] = after.trust?.redirect_identity ?? "";
  }
  const asked = answered(before, "login");
  const signsIn = answered(after, "login") === "done" && asked !== null && asked !== "done";
  // Who signs in on a page that is shown has a session from then on; where none is shown, they signed in just before.
  if (!signsIn && differ(before.session, after.session)) session(values, after.session ?? null, after.now);
  if (differ(before.grant, after.grant)) grant(values, after.grant ?? null, after.now);
  if (differ(before.conditions, after.conditions)) {
    const [held] = after.conditions ?? [];
    values.condition = (held?.basis ?? "") as Circumstances["condition"];
    values["condition.offline"] = held?.permits_offline ?? true;
    values["condition.scope"] = held?.resources ?? "";
  }
  if (differ(before.circumstances, after.circumstances)) circumstances(values, after.circumstances ?? {});
  if (differ(before.id_token_hint, after.id_token_hint) && after.id_token_hint) {
    const user = after.session?.sub ?? after.id_token_hint.sub;
    values.hint = after.id_token_hint.sub === user ? "alice" : "bob";
    values["hint.expired"] = after.id_token_hint.expired ?? false;
    values["hint.issued_here"] = after.id_token_hint.issued_here ?? true;
  }
  answers(values, before, after);
  return { ...state, request, circumstances: { ...state.circumstances, ...values } };
}

function differ(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) !== JSON.stringify(other ?? null);
}

/** What stays keeps its place and its spelling. */
function requestOf(text: string, before: AuthorizeInput, after: AuthorizeInput): string {
  if (typeof after.request !== "string" || before.request === after.request) return text;
  const { endpoint, pairs: is } = parse(text);
  const wanted = parse(after.request.includes("?") ? after.request : `?${after.request}`).pairs;
  if (is.length === 0 || isOdd(is) || isOdd(wanted)) return build(endpoint || ENDPOINT, wanted.map(({ name, value }) => [name, value]));
  const gone = is.filter(({ name }) => !wanted.some((one) => one.name === name));
  const kept = gone.reduce((left, { name }) => set(left, name, null), text);
  return wanted.reduce((left, { name, value }) => (get(left, name) === value ? left : set(left, name, value)), kept);
}

/** A parameter that is sent twice, or that cannot be read, has no place of its own. */
function isOdd(pairs: readonly Pair[]): boolean {
  return new Set(pairs.map(({ name }) => name)).size < pairs.length || pairs.some(({ malformed }) => malformed);
}

function client(values: Values, request: string, is: ClientMetadata | null): void {
  values["client.known"] = is !== null;
  if (is === null) return;
  values.client = is.application_type ?? "web";
  values["client.public"] = is.token_endpoint_auth_method === "none" && is.application_type !== "browser";
  const [address = ""] = is.redirect_uris;
  values["client.redirect_uri"] = address === get(request, "redirect_uri") ? "" : address;
  const types = is.response_types ?? ["code"];
  const asked = get(request, "response_type") ?? "code";
  values["client.response_types"] = types.length === 1 && types[0] === asked ? "" : types.join(",");
  values["client.refresh_grant"] = is.grant_types?.includes("refresh_token") ?? false;
  values["client.default_max_age"] = is.default_max_age ?? null;
  values["client.publishing_status"] = (is.publishing_status ?? "") as Circumstances["client.publishing_status"];
  values["client.user_type"] = (is.user_type ?? "") as Circumstances["client.user_type"];
}

function session(values: Values, is: Session | null, now: number): void {
  values.session = is === null ? "none" : "active";
  if (is === null) return;
  values["session.age"] = now - is.auth_time;
  values["session.left"] = is.expires_at === undefined ? null : is.expires_at - now;
  values["session.accounts"] = is.accounts ?? 1;
}

function grant(values: Values, is: Grant | null, now: number): void {
  values.grant = is?.scope ?? "";
  values["grant.offline"] = is === null ? false : (is.offline ?? is.scope.split(" ").includes("offline_access"));
  if (is === null) return;
  values["grant.how"] = is.how ?? "explicit_prompt";
  values["grant.remembered"] = is.remembered ?? true;
  values["grant.status"] = is.status ?? "active";
  values["grant.age"] = is.granted_at === undefined ? null : now - is.granted_at;
  values["grant.left"] = is.expires_at === undefined ? null : is.expires_at - now;
  values["grant.first_code_exchanged"] = is.first_code_exchanged ?? true;
  values["grant.project_shared"] = is.project_shared ?? false;
  values["grant.id"] = is.grant_id ?? "";
}

function circumstances(values: Values, is: NonNullable<AuthorizeInput["circumstances"]>): void {
  const known = (value: boolean | undefined) => (value === undefined ? "" : value ? "true" : "false");
  values["server.launch"] = is.launch ?? "";
  values["server.client_eligible"] = known(is.client_eligible);
  values["server.user_may_have_offline"] = known(is.user_may_have_offline);
  values["server.admin_restricted"] = is.admin_restricted ?? false;
  values["server.consent_screen_available"] = is.consent_screen_available ?? true;
  values["server.consent_valid"] = is.consent_valid ?? true;
}

/** What the person does is what they did. */
function answers(values: Values, before: AuthorizeInput, after: AuthorizeInput): void {
  if (!differ(before.answers, after.answers)) return;
  const login = answered(after, "login");
  if (login !== null) values.login = login as Circumstances["login"];
  const account = answered(after, "select_account");
  if (account !== null) values.account = account === "done" ? "alice" : "none_chosen";
  const consent = after.answers?.findLast((answer) => answer.screen === "consent");
  if (consent?.screen !== "consent") return;
  values.consent = consent.result === "approved" && consent.scope !== undefined ? "some" : consent.result;
  values["consent.scope"] = consent.scope ?? "";
  values["consent.remember"] = consent.remember ?? false;
  values["consent.time_limit"] = (consent as { time_limit?: number }).time_limit ?? null;
}

function answered({ answers: all }: AuthorizeInput, screen: "login" | "select_account"): string | null {
  const names = screen === "login" ? ["login", "reauthenticate"] : [screen];
  return all?.findLast((answer) => names.includes(answer.screen))?.result ?? null;
}
