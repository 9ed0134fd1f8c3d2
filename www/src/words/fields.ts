import type { FieldName } from "../state/fields.ts";

interface FieldWords {
  label: string;
  options?: Readonly<Record<string, string>>;
  /** Shown while the field is empty. */
  hint?: string;
}

const UNSAID = { "": "not said" };
const KNOWN = { ...UNSAID, true: "yes", false: "no" };
const PEOPLE = { alice: "Alice", bob: "Bob" };

const WORDS: Readonly<Record<FieldName, FieldWords>> = {
  client: { label: "Kind of client", options: { web: "web", native: "installed on a device", browser: "single-page" } },
  "client.public": { label: "It cannot keep a secret" },
  "client.refresh_grant": { label: "The client registered the grant type refresh_token" },
  "client.response_types": { label: "Registered response types", hint: "those of the request; separated by commas" },
  "client.redirect_uri": { label: "Registered redirect URI", hint: "that of the request" },
  "client.known": { label: "The server knows the client" },
  "client.first_party": { label: "The client belongs to the server's own organisation" },
  "client.redirect_identity": { label: "The platform proves whose redirect URI it is", options: { "": "no", claimed_https: "yes (claimed https)" } },
  "client.default_max_age": { label: "default_max_age, in seconds" },
  "client.publishing_status": { label: "Publishing status (Google)", options: { ...UNSAID, testing: "testing", in_production: "in production" } },
  "client.user_type": { label: "User type (Google)", options: { ...UNSAID, external: "external", internal: "internal" } },
  session: { label: "Alice", options: { active: "is signed in", none: "is not signed in" } },
  "session.age": { label: "Last active sign-in, seconds ago" },
  "session.left": { label: "The session goes on for, in seconds", hint: "not known" },
  "session.accounts": { label: "Accounts signed in" },
  grant: { label: "Scopes", hint: "none" },
  "grant.offline": { label: "With offline access" },
  "grant.remembered": { label: "The server remembers it" },
  "grant.status": { label: "What became of it", options: { active: "it counts", revoked: "it was revoked" } },
  "grant.how": { label: "How it was approved", options: { explicit_prompt: "on a consent screen", remember_checkbox: "with the box to remember it", install: "by installing the app", admin: "by an administrator", policy: "by policy" } },
  "grant.age": { label: "Seconds ago", hint: "not known" },
  "grant.left": { label: "Counts for another, in seconds", hint: "no end" },
  "grant.owner": { label: "Who approved it", options: PEOPLE },
  "grant.first_code_exchanged": { label: "The code of that first time was redeemed" },
  "grant.project_shared": { label: "It was given to another client of the same project (Google)" },
  "grant.id": { label: "grant_id", hint: "none" },
  login: { label: "On the sign-in screen", options: { done: "signs in", failed: "cannot sign in", denied: "does not want to" } },
  "login.as": { label: "Who signs in", options: PEOPLE },
  account: { label: "On the account screen", options: { alice: "chooses Alice", bob: "chooses Bob", none_chosen: "chooses nothing" } },
  consent: { label: "On the consent screen", options: { approved: "approves", some: "approves some scopes", denied: "refuses", impossible: "cannot answer" } },
  "consent.scope": { label: "Scopes that are approved", hint: "none" },
  "consent.remember": { label: "Ticks the box to remember the answer, where there is one" },
  "consent.time_limit": { label: "Approves for so many seconds", hint: "no limit" },
  condition: { label: "Basis", options: { "": "none", employment_contract: "employment contract", contract: "contract", legal_obligation_or_contract: "legal obligation or contract", legitimate_interest: "legitimate interest" } },
  "condition.offline": { label: "It permits offline access" },
  "condition.scope": { label: "Scopes that it covers", hint: "all" },
  "server.consent_screen_available": { label: "A consent screen can be shown" },
  "server.consent_valid": { label: "Pressing accept would be valid consent" },
  "server.user_may_have_offline": { label: "The user may have offline access (Keycloak's role)", options: KNOWN },
  "server.admin_restricted": { label: "An administrator blocks this client" },
  "server.launch": { label: "How a SMART app was launched", options: { ...UNSAID, ehr: "from the health record", standalone: "by itself" } },
  "server.client_eligible": { label: "The client may have offline access (SMART)", options: KNOWN },
  hint: { label: "Whose it is", options: PEOPLE },
  "hint.expired": { label: "It has expired" },
  "hint.issued_here": { label: "This server issued it" },
};

export function fieldWords(name: FieldName): FieldWords {
  return WORDS[name];
}
