import type { Knob } from "grantwise";
import { profiles } from "virtual:summary";
import { catalogue } from "../../engine/catalogue.ts";
import { clientId, hasGrant, isPublic } from "../../engine/situation.ts";
import { FIELD_NAMES, FIELDS, type FieldName } from "../../state/fields.ts";
import type { State } from "../../state/model.ts";
import { duration } from "../../words/duration.ts";
import { fieldWords } from "../../words/fields.ts";

const CLIENTS: Readonly<Record<State["circumstances"]["client"], string>> = { web: "web application", native: "native app", browser: "single-page app" };
const ANSWERS: Readonly<Record<State["circumstances"]["consent"], string>> = {
  approved: "approves", some: "approves a part", denied: "refuses", impossible: "cannot answer",
};

/** What the sentences say; everything else that is not as usual is said after them. */
const SAID: ReadonlySet<FieldName> = new Set([
  "client", "client.public", "session", "session.age", "grant", "grant.offline", "grant.remembered", "grant.status", "grant.owner", "grant.age", "consent",
]);

/** Who asks, who is signed in and what was approved before: the circumstances without their choices. */
export function who(state: State): string[] {
  const c = state.circumstances;
  const owner = c["grant.owner"] === "alice" ? "Alice" : "Bob";
  const kept = c["grant.status"] === "revoked" ? "it was revoked since" : c["grant.remembered"] ? "it is on record" : "it was not kept";
  const age = c["grant.age"];
  const when = age === FIELDS["grant.age"].initial || age === null ? "" : `${duration(age)} ago, `;
  const since = c["session.age"] === FIELDS["session.age"].initial ? "" : `, since ${duration(c["session.age"] ?? 0)} ago`;
  const before = c.grant === "" ? "nothing but offline access" : c.grant;
  return [
    `${clientId(state.request)} is a ${CLIENTS[c.client]} that ${isPublic(c) ? "cannot keep a secret" : "can keep a secret"}.`,
    c.session === "none" ? "Nobody is signed in." : `Alice is signed in${since}.`,
    hasGrant(state)
      ? `Before, ${when}${owner} had approved ${before}, ${c["grant.offline"] ? "with" : "without"} offline access, and ${kept}.`
      : `Before, ${owner} had approved nothing.`,
    ...(c.consent === "approved" ? [] : [`Asked, Alice ${ANSWERS[c.consent]}.`]),
    ...FIELD_NAMES.filter((name) => !SAID.has(name) && c[name] !== FIELDS[name].initial).map((name) => special(name, c[name])),
  ];
}

/** What a label means only under the heading of its fields. */
const WITHOUT_ITS_GROUP: Readonly<Partial<Record<FieldName, string>>> = { condition: "Another reason to give access", "condition.offline": "That reason permits offline access" };

/** "Another reason to give access: employment contract." */
function special(name: FieldName, value: string | boolean | number | null): string {
  const { label, options } = fieldWords(name);
  const words = typeof value === "boolean" ? (value ? "yes" : "no") : value === null ? "not known" : options?.[String(value)] ?? String(value);
  return `${WITHOUT_ITS_GROUP[name] ?? label}: ${words}.`;
}

export function titleOf(name: string): string {
  return profiles.find((one) => one.name === name)?.title ?? name;
}

/** A title without what the policy is known for, which may be the answer. */
export function nameOf(profile: string): string {
  return titleOf(profile).split(": ", 1)[0] ?? profile;
}

/** A changed setting in words: its question with what is chosen. */
export function settingWords(id: string, written: string): { asks: string; answer: string } {
  const knob: Knob | undefined = catalogue.value?.knobs.find((one) => one.id === id);
  const option = knob?.options.find(({ value }) => String(value) === written);
  if (knob) return { asks: knob.question, answer: option?.meaning ?? written };
  const key = catalogue.value?.configuration.find((one) => one.id === id);
  const seconds = key?.kind === "seconds" && /^\d{1,9}$/.test(written) ? duration(Number(written)) : null;
  return { asks: key?.meaning ?? id, answer: seconds ?? (written === "" ? "not set" : written) };
}

const HANDLES: Readonly<Record<string, string>> = { CODE: "code", RT: "refresh token", AT: "access token", ID: "ID Token" };
const ORDINALS = ["first", "second", "third", "fourth", "fifth"] as const;

/** What the short names of a story stand for: "CODE1 is the first code, RT1 the first refresh token." */
export function handlesSentence(text: string): string {
  const kinds = new Map<string, string>();
  for (const [name, kind = "", number] of text.matchAll(/\b(CODE|RT|AT|ID)(\d)\b/g)) {
    const ordinal = ORDINALS[Number(number) - 1];
    if (ordinal && !kinds.has(kind)) kinds.set(kind, `${name}${kinds.size === 0 ? " is" : ""} the ${ordinal} ${HANDLES[kind]}`);
  }
  return kinds.size === 0 ? "" : `${[...kinds.values()].join(", ")}.`;
}
