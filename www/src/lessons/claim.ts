/** Whether a claim holds, which the engine's answers alone say. */
import type { Decision, RefreshToken } from "grantwise";
import { outcome as compared, type Outcome as Compared } from "../engine/outcome.ts";
import type { Entry, Run } from "../timeline/run.ts";
import type { Claim, Column } from "./lesson.ts";
import type { Decided, Outcome } from "./outcome.ts";

type Tests<T> = { readonly [N in keyof Claim]?: (wanted: NonNullable<Claim[N]>, seen: T) => boolean };

const OF_DECISIONS: Tests<Decided> = {
  screens: (wanted, { walked }) => same(wanted, walked.steps.map(({ screen }) => screen)),
  refresh_token: (wanted, { walked }) => wanted === (refreshToken(walked.decision)?.binding ?? "none"),
  refresh_token_lives: (wanted, { walked }) => wanted === refreshToken(walked.decision)?.lifetime.kind,
  rotates: (wanted, { walked }) => wanted === !["none", "used_up"].includes(refreshToken(walked.decision)?.rotation ?? "none"),
  access_token: (wanted, { walked }) => wanted === accessToken(walked.decision),
  access_token_seconds: (wanted, { walked: { decision } }) => issued(decision)?.token_endpoint?.access_token.expires_in === wanted,
  answered_in: (wanted, { walked }) => wanted === answeredIn(walked.decision),
  granted: (wanted, { walked: { decision } }) => sameScopes(wanted, decision.outcome === "issue" ? decision.scope.granted : []),
  new_on_screen: (wanted, seen) => sameScopes(wanted, onScreen(seen, "new")),
  known_on_screen: (wanted, seen) => sameScopes(wanted, onScreen(seen, "already_granted")),
  offline_on_screen: (wanted, seen) => wanted === (screenOf(seen)?.offline_access ?? false),
  set_aside: (wanted, { walked }) => walked.decision.ignored.some(({ param, value }) => wanted === param || wanted === `${param}=${value}`),
};

/** A step under one profile: the entry before it says what was there. */
interface Seen {
  entry: Entry | null;
  run: Run;
}

const OF_STEPS: Tests<Seen> = {
  screens: (wanted, { entry }) => same(wanted, entry?.moment?.screens ?? []),
  refresh_token: (wanted, seen) => wanted === (livesOf(seen).find(({ name, kind }) => kind === "refresh_token" && issuedNow(seen, name))?.binding ?? "none"),
  result: (wanted, { entry }) => wanted === (entry === null ? "ok" : (entry.moment?.result ?? "not_possible")),
  issues: (wanted, seen) => wanted.every((name) => issuedNow(seen, name)),
  alive: (wanted, seen) => wanted.every((name) => statusOf(seen, name) === "active"),
  ended: (wanted, seen) => wanted.every((name) => ![undefined, "active"].includes(statusOf(seen, name))),
  carries: (wanted, seen) => Object.entries(wanted).every(([name, scopes]) => {
    const life = livesOf(seen).find((one) => one.name === name);
    return life !== undefined && sameScopes(scopes, life.scope.split(" "));
  }),
  missing: (wanted, seen) => wanted.every((name) => statusOf(seen, name) === undefined),
  session: (wanted, { entry, run }) => (wanted === "open") === ((entry ?? run).session !== null),
};

const COLUMNS: Readonly<Record<Column, keyof Compared>> = {
  screens: "screens", answer: "answer", refresh_token: "refreshToken", access_token: "accessToken", scope: "scope", set_aside: "ignored",
};

export function holds(claim: Claim, outcome: Outcome): boolean {
  if (outcome.kind === "timeline") return outcome.runs.filter(named(claim, ({ profile }) => profile)).every((run) => holdsAt(claim, run, outcome));
  const { answers, count } = claim;
  const among = outcome.decided.filter(named(claim, ({ name }) => name));
  if (answers !== undefined && different(among, answers.in) !== answers.different) return false;
  if (count !== undefined) return among.filter((one) => passes(OF_DECISIONS, claim, one) && errorIs(claim, one.walked.decision.error)).length === count;
  return among.every((one) => passes(OF_DECISIONS, claim, one) && errorIs(claim, one.walked.decision.error)) && holdsWithin(claim, outcome);
}

function holdsAt(claim: Claim, run: Run, outcome: Outcome): boolean {
  const entry = claim.after === 0 ? null : (run.entries.at((claim.after ?? 0) - 1) ?? null);
  const error = entry?.moment?.decision && "error" in entry.moment.decision ? entry.moment.decision.error : null;
  return passes(OF_STEPS, claim, { entry, run }) && errorIs(claim, error) && holdsWithin(claim, outcome);
}

/** What stands in a claim takes over where it looks. */
function holdsWithin(claim: Claim, outcome: Outcome): boolean {
  const { under, after, not, any } = claim;
  const place = { ...(under ? { under } : {}), ...(after === undefined ? {} : { after }) };
  const inner = (one: Claim) => holds({ ...place, ...one }, outcome);
  return (not === undefined || !inner(not)) && (any === undefined || any.some(inner));
}

function named<T>({ under }: Claim, nameOf: (one: T) => string): (one: T) => boolean {
  return (one) => under === undefined || under.includes(nameOf(one));
}

function passes<T>(tests: Tests<T>, claim: Claim, seen: T): boolean {
  return Object.entries(tests).every(([name, test]) => {
    const wanted = claim[name as keyof Claim];
    return wanted === undefined || (test as (wanted: unknown, seen: T) => boolean)(wanted, seen);
  });
}

/** Null is an answer here: no error. */
function errorIs({ error: wanted }: Claim, error: { code: string | null } | null | undefined): boolean {
  return wanted === undefined || (wanted === null ? !error : error?.code === wanted);
}

function different(decided: readonly Decided[], columns: readonly Column[]): number {
  const seen = decided.map(({ walked }) => compared(walked));
  return new Set(seen.map((one) => JSON.stringify(columns.map((column) => one[COLUMNS[column]])))).size;
}

function issued({ outcome: what, tokens }: Decision): Decision["tokens"] | null {
  return what === "issue" ? tokens : null;
}

function refreshToken(decision: Decision): RefreshToken | null {
  return issued(decision)?.token_endpoint?.refresh_token ?? null;
}

function accessToken(decision: Decision): NonNullable<Claim["access_token"]> {
  const tokens = issued(decision);
  const front = Boolean(tokens?.front_channel.access_token);
  const back = Boolean(tokens?.token_endpoint);
  return front && back ? "both" : front ? "in_the_redirect" : back ? "at_the_token_endpoint" : "none";
}

function answeredIn({ error, response }: Decision): Claim["answered_in"] | null {
  const placement = error?.placement ?? response?.placement ?? null;
  if (placement === "query" || placement === "fragment" || placement === "form_post") return placement;
  return placement === "page" || placement === "http_400" ? "page" : null;
}

function screenOf({ walked }: Decided): Decision["consent"] {
  return walked.steps.find(({ screen }) => screen === "consent")?.decision.consent ?? null;
}

function onScreen(seen: Decided, status: "new" | "already_granted"): string[] {
  return (screenOf(seen)?.scopes ?? []).filter((one) => one.status === status).map(({ scope }) => scope);
}

function livesOf({ entry }: Seen): Entry["lives"] {
  return entry?.lives ?? [];
}

function statusOf(seen: Seen, name: string): string | undefined {
  return livesOf(seen).find((life) => life.name === name)?.status;
}

function issuedNow({ entry }: Seen, name: string): boolean {
  return entry?.moment?.issued.includes(name) ?? false;
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, at) => word === other[at]);
}

function sameScopes(wanted: string, scopes: readonly string[]): boolean {
  return same(wanted.split(" ").filter((scope) => scope !== "").sort(), [...scopes].sort());
}
