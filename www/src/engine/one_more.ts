import type { Policy } from "grantwise/engine";
import { parse, set } from "../state/request_text.ts";
import type { State } from "../state/model.ts";
import { VALUES } from "../state/parameter_values.ts";
import { PARAMETERS } from "../state/parameters.ts";
import { COLUMNS, outcome, type Column, type Outcome } from "./outcome.ts";
import { walk } from "./walk.ts";

/** One thing that could be sent, too, or otherwise. */
export interface Change {
  name: string;
  value: string;
  /** For people. */
  what: string;
}

/** A request with one thing more, or two, and what the engine says to it. */
export interface OneMore {
  changes: Change[];
  moved: { column: Column; title: string; to: string }[];
}

/** So many pairs are worth reading. */
const MOST_PAIRS = 4;

/** Scopes by which requests ask for access that goes on. */
const SCOPES = ["openid", "offline_access", "online_access", "refresh_token"];

/** Parameters that say where or how, and not what. */
const LEFT_OUT = new Set(["response_type", "response_mode", "scope", "display", "code_challenge_method"]);

/**
 * Decides the request once more for each single thing that could be added or said otherwise. Where no single one
 * gives a refresh token, for every two.
 */
export function oneMore(policy: Policy, state: State): OneMore[] {
  const here = outcome(walk(policy, state));
  const sent = new Map(parse(state.request).pairs.map(({ name, value }) => [name, value]));
  const all = candidates(sent);
  const singles = all.map((change) => tried(policy, state, here, [change])).filter(({ moved }) => moved.length > 0);
  if (here.refreshToken !== "none" || singles.some(givesRefreshToken)) return singles;
  const pairs: OneMore[] = [];
  for (const [at, one] of all.entries()) {
    for (const other of all.slice(at + 1)) {
      if (pairs.length === MOST_PAIRS || one.name === other.name) continue;
      const both = tried(policy, state, here, [one, other]);
      if (givesRefreshToken(both)) pairs.push(both);
    }
  }
  return [...pairs, ...singles];
}

function tried(policy: Policy, state: State, here: Outcome, changes: Change[]): OneMore {
  const request = changes.reduce((text, { name, value }) => set(text, name, value), state.request);
  const there = outcome(walk(policy, { ...state, request }));
  const moved = COLUMNS.filter(({ id }) => id !== "ignored" && here[id] !== there[id]).map(({ id, title }) => ({ column: id, title, to: there[id] }));
  return { changes, moved };
}

function givesRefreshToken({ moved }: OneMore): boolean {
  return moved.some(({ column }) => column === "refreshToken");
}

function candidates(sent: ReadonlyMap<string, string>): Change[] {
  const scopes = (sent.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
  const added = SCOPES.filter((scope) => !scopes.includes(scope))
    .map((scope) => ({ name: "scope", value: [...scopes, scope].join(" "), what: `the scope ${scope}` }));
  const others = PARAMETERS.filter(({ name }) => !LEFT_OUT.has(name))
    .flatMap(({ name }) => (VALUES[name] ?? []).filter((value) => sent.get(name) !== value).map((value) => ({ name, value, what: `${name}=${value}` })));
  return [...added, ...others];
}
