/**
 * A step as one readable piece of a link: `exchange?code=CODE1`, `authorize?scope=openid profile;prompt=consent`,
 * `logout`. The usual response_type is left out; what the person does stands behind `person.`.
 */
import type { Person, Step } from "grantwise/simulation";
import { clean, type Dropped } from "../state/secrets.ts";
import type { ScenarioStep } from "./model.ts";

/** What a token, code or grant of a scenario is called. Anything else in its place may be a real one. */
const NAMES = { token: /^(RT|AT|ID|CODE)\d{1,3}$/, grant: /^G\d{1,3}$/ } as const;

/** Actions that say everything by themselves. */
export const EVENTS = ["logout", "session_timeout", "admin_ends_session", "switch_account", "password_change", "user_revokes_app"] as const;
export type Event = (typeof EVENTS)[number];

/** The longest time that a link may let pass: a thousand years, which no clock here has trouble with. */
const LONGEST = 31_536_000_000;

const PERSON: Readonly<Record<keyof Person, readonly string[] | "text" | "flag" | "seconds">> = {
  login: ["done", "failed", "denied"], login_as: ["alice", "bob"], account: ["done", "none_chosen"],
  consent: ["approved", "denied", "impossible"], scope: "text", remember: "flag", time_limit: "seconds",
};

export function writeStep(step: ScenarioStep): string {
  const pairs: [string, string][] = [];
  const { by, ...rest } = step;
  switch (rest.action) {
    case "authorize":
      for (const [name, value] of Object.entries(rest.params)) {
        if (name !== "response_type" || value !== "code") pairs.push([name, value]);
      }
      for (const [name, value] of Object.entries(rest.person ?? {})) pairs.push([`person.${name}`, String(value)]);
      break;
    case "exchange":
      pairs.push(["code", rest.code]);
      if (rest.existing_grant) pairs.push(["existing_grant", rest.existing_grant]);
      break;
    default:
      for (const [name, value] of Object.entries(rest)) if (name !== "action") pairs.push([name, String(value)]);
  }
  if (by) pairs.push(["by", by]);
  const written = pairs.map(([name, value]) => `${escape(name)}=${escape(value)}`).join(";");
  return written === "" ? rest.action : `${rest.action}?${written}`;
}

/** Only what this form itself uses is escaped; the link escapes the rest. */
function escape(text: string): string {
  return text.replace(/[%;=?]/g, (one) => encodeURIComponent(one));
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export interface ReadStep {
  step: ScenarioStep | null;
  dropped: Dropped[];
}

/** Reads a step; null when it is none. A secret in it is dropped. */
export function readStep(text: string): ReadStep {
  const question = text.indexOf("?");
  const action = question < 0 ? text : text.slice(0, question);
  const dropped: Dropped[] = [];
  const pairs = new Map<string, string>();
  for (const pair of question < 0 ? [] : text.slice(question + 1).split(";")) {
    const equals = pair.indexOf("=");
    if (equals > 0) pairs.set(unescape(pair.slice(0, equals)), unescape(pair.slice(equals + 1)));
  }
  const by = pairs.get("by") === "attacker" ? { by: "attacker" as const } : {};
  pairs.delete("by");
  const step = ofAction(action, pairs, dropped);
  return { step: step && { ...step, ...by }, dropped };
}

function ofAction(action: string, pairs: Map<string, string>, dropped: Dropped[]): Step | null {
  const token = (name: string) => named(name, pairs.get(name), NAMES.token, dropped);
  switch (action) {
    case "authorize": return authorize(pairs, dropped);
    case "exchange": {
      const code = token("code");
      const existing = token("existing_grant");
      return code === null ? null : { action, code, ...(existing ? { existing_grant: existing } : {}) };
    }
    case "refresh": {
      const refresh_token = token("refresh_token");
      const scope = pairs.get("scope");
      return refresh_token === null ? null : { action, refresh_token, ...(scope ? { scope } : {}), ...(pairs.get("id_token") === "true" ? { id_token: true } : {}) };
    }
    case "client_credentials": return { action, ...(pairs.get("scope") ? { scope: pairs.get("scope") as string } : {}) };
    case "revoke": case "api_call": {
      const name = token("token");
      return name === null ? null : { action, token: name };
    }
    case "grant_delete": {
      const grant_id = named("grant_id", pairs.get("grant_id"), NAMES.grant, dropped);
      return grant_id === null ? null : { action, grant_id };
    }
    case "advance_clock": {
      const seconds = whole(pairs.get("seconds"));
      return seconds === null ? null : { action, seconds };
    }
    case "set_session": {
      const remaining = whole(pairs.get("remaining"));
      return remaining === null ? null : { action, remaining };
    }
    case "condition_withdrawn": {
      const basis = pairs.get("basis");
      return basis && /^[a-z_]{1,60}$/.test(basis) ? { action, basis } : null;
    }
    default: return EVENTS.includes(action as Event) ? { action: action as Event } : null;
  }
}

function named(name: string, value: string | undefined, form: RegExp, dropped: Dropped[]): string | null {
  if (value === undefined || value === "") return null;
  if (form.test(value)) return value;
  dropped.push({ name, how: "removed" });
  return null;
}

function whole(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,11}$/.test(text) && Number(text) <= LONGEST ? Number(text) : null;
}

function authorize(pairs: Map<string, string>, dropped: Dropped[]): Step {
  const params: Record<string, string> = { response_type: "code" };
  const person: Record<string, string | number | boolean> = {};
  for (const [name, value] of pairs) {
    if (name.startsWith("person.")) {
      const key = name.slice("person.".length) as keyof Person;
      const known = Object.hasOwn(PERSON, key) ? personValue(PERSON[key], value) : null;
      if (known !== null) person[key] = known;
      continue;
    }
    const cleaned = clean(name, value);
    if (cleaned.dropped) dropped.push(cleaned.dropped);
    if (cleaned.value !== null) params[name] = cleaned.value;
  }
  return { action: "authorize", params, ...(Object.keys(person).length > 0 ? { person: person as Person } : {}) };
}

function personValue(kind: readonly string[] | "text" | "flag" | "seconds", value: string): string | number | boolean | null {
  if (kind === "text") return value;
  if (kind === "flag") return value === "true" ? true : value === "false" ? false : null;
  if (kind === "seconds") return whole(value);
  return kind.includes(value) ? value : null;
}
