import type { Life } from "grantwise/simulation";
import type { Entry } from "./run.ts";
import { capital, listed, resultWords, summaryOf } from "./words.ts";

const LASTING: readonly Life["kind"][] = ["refresh_token", "access_token"];

/** How an end is told of one token and of several. A code that was exchanged did what it is for. */
const ENDS: Readonly<Record<Exclude<Life["status"], "active" | "used">, readonly [one: string, several: string]>> = {
  revoked: ["is revoked", "are revoked"],
  expired: ["expires", "expire"],
  superseded: ["is superseded", "are superseded"],
};

/**
 * What happened at a step: what came into being, what ended, and what lives on though one may have thought it would end.
 * By which rule is told elsewhere: a rule speaks of all tokens, and not of these.
 */
export function happened(entry: Entry): string {
  const { moment, step } = entry;
  if (moment === null) return summaryOf(entry);
  const refused = resultWords(entry).tone === "bad";
  const sentences = [
    ...(step.action === "authorize" ? [seen(entry)] : []),
    ...(refused ? [reason(entry)] : []),
    ...issued(entry),
    ...ended(entry),
    ...(refused || moment.issued.length > 0 ? [] : livesOn(entry)),
  ].filter((one) => one !== "");
  return sentences.length === 0 ? summaryOf(entry) : sentences.join(" ");
}

/** The rule by which it went, where the sentence on what happened does not give it already. */
export function ruleOf(entry: Entry): string {
  const { moment, step } = entry;
  if (moment === null || moment.decision === null || resultWords(entry).tone === "bad" || GIVES.has(step.action)) return "";
  const missing = /no refresh token: (.*)$/s.exec(moment.summary)?.[1];
  if (step.action === "authorize") return missing === undefined ? "" : `No refresh token comes of it: ${missing}${/[.!?]$/.test(missing) ? "" : "."}`;
  return `The rule: ${reason(entry)}`;
}

/** What these give is the whole of it. */
const GIVES: ReadonlySet<string> = new Set(["exchange", "refresh", "client_credentials", "api_call"]);

/** Whether two profiles part at this step: what is told of it is another thing, whatever the tokens are called. */
export function differ(one: Entry, other: Entry): boolean {
  const told = (entry: Entry) => `${resultWords(entry).word} ${happened(entry)}`.replace(/\b(AT|RT|ID|CODE|G)\d+\b/g, "$1");
  return told(one) !== told(other);
}

function reason(entry: Entry): string {
  const text = summaryOf(entry);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

const SEES: Readonly<Record<string, string>> = {
  login: "signs in", reauthenticate: "signs in again", select_account: "chooses an account", consent: "is asked",
};

function seen({ moment }: Entry): string {
  const screens = moment?.screens ?? [];
  return screens.length === 0 ? "The user sees no screen." : `The user ${screens.map((screen) => SEES[screen]).join(", then ")}.`;
}

/** "The client gets AT1 and RT1, which end with the session, and ID1." */
function issued({ moment, lives, step }: Entry): string[] {
  if (moment === null || moment.issued.length === 0) return [];
  const groups = new Map<Life["binding"], string[]>();
  for (const name of moment.issued) {
    const life = lives.find((one) => one.name === name);
    const binding = life && LASTING.includes(life.kind) ? life.binding : null;
    groups.set(binding, [...(groups.get(binding) ?? []), name]);
  }
  const told = [...groups].sort(([one], [other]) => Number(one === null) - Number(other === null))
    .map(([binding, names]) => binding === null ? listed(names) : `${listed(names)}, which ${bound(binding, names.length > 1)}`);
  return [`${step.by === "attacker" ? "The attacker" : "The client"} gets ${told.join(", and ")}.`];
}

function bound(binding: "session" | "offline", several: boolean): string {
  if (binding === "session") return several ? "end with the session" : "ends with the session";
  return several ? "outlive the session" : "outlives the session";
}

function ended({ moment, lives }: Entry): string[] {
  const gone = (moment?.ended ?? []).flatMap((name) => lives.find((life) => life.name === name) ?? []);
  return (Object.keys(ENDS) as (keyof typeof ENDS)[]).flatMap((status) => {
    const its = gone.filter((life) => life.status === status).map(({ name }) => name);
    return its.length === 0 ? [] : [`${listed(its)} ${ENDS[status][its.length === 1 ? 0 : 1]}.`];
  });
}

function livesOn({ moment, lives, step }: Entry): string[] {
  if (step.action === "api_call") return ["The API accepts the token."];
  const alive = lives.filter(({ kind, status }) => LASTING.includes(kind) && status === "active").map(({ name }) => name);
  const nothing = moment?.ended.length === 0 ? "Nothing ends" : "";
  if (alive.length === 0) return nothing === "" ? [] : [`${nothing}.`];
  const on = `${listed(alive)} ${alive.length === 1 ? "lives" : "live"} on`;
  return [`${capital(nothing === "" ? on : `${nothing}: ${on}`)}.`];
}
