/**
 * Everything that is set beside the request and the policy, in one table: the key in the link, the values and the
 * default. The link, the form and the reset all read this table, so a new circumstance is one more line.
 */
export interface Choice<V extends string = string> {
  kind: "choice";
  values: readonly V[];
  initial: V;
}
export interface Flag {
  kind: "flag";
  initial: boolean;
}
/** Words or scopes, as written. Empty means: not set. */
export interface Text {
  kind: "text";
  initial: string;
}
/** A whole number of at most nine digits: thirty years in seconds. Null means: not set. */
export interface Count {
  kind: "count";
  initial: number | null;
}
export type Field = Choice | Flag | Text | Count;

const choice = <const V extends string>(values: readonly V[], initial: NoInfer<V>): Choice<V> => ({ kind: "choice", values, initial });
const flag = (initial: boolean): Flag => ({ kind: "flag", initial });
const text = (initial = ""): Text => ({ kind: "text", initial });
const count = (initial: number | null = null): Count => ({ kind: "count", initial });

/** A fact that a server may or may not know. */
const known = () => choice(["", "true", "false"], "");

export const FIELDS = {
  // The client, as registered and as the server knows it.
  "client": choice(["web", "native", "browser"], "web"),
  "client.public": flag(false),
  "client.known": flag(true),
  "client.redirect_uri": text(),
  "client.response_types": text(),
  "client.refresh_grant": flag(true),
  "client.default_max_age": count(),
  "client.first_party": flag(false),
  "client.redirect_identity": choice(["", "claimed_https"], ""),
  "client.publishing_status": choice(["", "testing", "in_production"], ""),
  "client.user_type": choice(["", "external", "internal"], ""),

  // The session at the authorization server.
  "session": choice(["active", "none"], "active"),
  "session.age": count(300),
  "session.left": count(28_800),
  "session.accounts": count(1),

  // What the user granted this client before. No scope and no offline access: nothing.
  "grant": text(),
  "grant.offline": flag(false),
  "grant.remembered": flag(true),
  "grant.status": choice(["active", "revoked"], "active"),
  "grant.how": choice(["explicit_prompt", "remember_checkbox", "install", "admin", "policy"], "explicit_prompt"),
  "grant.age": count(604_800),
  "grant.left": count(),
  "grant.owner": choice(["alice", "bob"], "alice"),
  "grant.first_code_exchanged": flag(true),
  "grant.project_shared": flag(false),
  "grant.id": text(),

  // Another condition for processing.
  "condition": choice(["", "employment_contract", "contract", "legal_obligation_or_contract", "legitimate_interest"], ""),
  "condition.offline": flag(true),
  "condition.scope": text(),

  // What else the server knows.
  "server.launch": choice(["", "ehr", "standalone"], ""),
  "server.client_eligible": known(),
  "server.user_may_have_offline": known(),
  "server.admin_restricted": flag(false),
  "server.consent_screen_available": flag(true),
  "server.consent_valid": flag(true),

  // The id_token_hint, as facts.
  "hint": choice(["alice", "bob"], "alice"),
  "hint.expired": flag(false),
  "hint.issued_here": flag(true),

  // What the person does on the screens.
  "login": choice(["done", "failed", "denied"], "done"),
  "login.as": choice(["alice", "bob"], "alice"),
  "account": choice(["alice", "bob", "none_chosen"], "alice"),
  "consent": choice(["approved", "some", "denied", "impossible"], "approved"),
  "consent.scope": text(),
  "consent.remember": flag(false),
  "consent.time_limit": count(),
} as const satisfies Record<string, Field>;

export type FieldName = keyof typeof FIELDS;

export type ValueOf<F extends Field> =
  F extends Choice<infer V> ? V : F extends Flag ? boolean : F extends Text ? string : number | null;

export type Circumstances = { [N in FieldName]: ValueOf<(typeof FIELDS)[N]> };

export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];

export function isField(name: string): name is FieldName {
  return Object.hasOwn(FIELDS, name);
}

export const INITIAL = Object.freeze(
  Object.fromEntries(FIELD_NAMES.map((name) => [name, FIELDS[name].initial])),
) as Circumstances;

/** As written in the link. */
export function writeField(value: string | boolean | number | null): string {
  return value === null ? "" : String(value);
}

/** Undefined when the text is no value of the field. */
export function readField(name: FieldName, written: string): Circumstances[FieldName] | undefined {
  const field: Field = FIELDS[name];
  switch (field.kind) {
    case "choice": return field.values.includes(written) ? (written as Circumstances[FieldName]) : undefined;
    case "flag": return written === "true" ? true : written === "false" ? false : undefined;
    case "text": return written.trim().replace(/\s+/g, " ");
    case "count": return written === "" ? null : /^\d{1,9}$/.test(written) ? Number(written) : undefined;
  }
}
