import type { Policy } from "grantwise";
import { parse, set } from "../state/request_text.ts";
import type { State } from "../state/model.ts";
import { PARAMETERS } from "../state/parameters.ts";
import { COLUMNS, outcome, type Column } from "./outcome.ts";
import { walk } from "./walk.ts";

/** A request with one thing more, and what the engine says to it. */
export interface OneMore {
  /** The parameter as it would be sent. */
  name: string;
  value: string;
  /** What was added or changed, for people. */
  what: string;
  moved: { column: Column; title: string; to: string }[];
}

/** Scopes by which requests ask for access that goes on. */
const SCOPES = ["openid", "offline_access", "online_access", "refresh_token"];

/** Parameters that say where or how, and not what. */
const LEFT_OUT = new Set(["response_type", "response_mode", "scope", "display", "code_challenge_method"]);

/** Decides the request once more for each single thing that could be added or said otherwise. */
export function oneMore(policy: Policy, state: State): OneMore[] {
  const here = outcome(walk(policy, state));
  const sent = new Map(parse(state.request).pairs.map(({ name, value }) => [name, value]));
  return candidates(sent).flatMap(({ name, value, what }) => {
    const there = outcome(walk(policy, { ...state, request: set(state.request, name, value) }));
    const moved = COLUMNS.filter(({ id }) => id !== "ignored" && here[id] !== there[id]).map(({ id, title }) => ({ column: id, title, to: there[id] }));
    return moved.length === 0 ? [] : [{ name, value, what, moved }];
  });
}

function candidates(sent: ReadonlyMap<string, string>): Omit<OneMore, "moved">[] {
  const scopes = (sent.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
  const added = SCOPES.filter((scope) => !scopes.includes(scope))
    .map((scope) => ({ name: "scope", value: [...scopes, scope].join(" "), what: `the scope ${scope}` }));
  const others = PARAMETERS.filter(({ name, values }) => values && !LEFT_OUT.has(name))
    .flatMap(({ name, values = [] }) => values.filter((value) => sent.get(name) !== value).map((value) => ({ name, value, what: `${name}=${value}` })));
  return [...added, ...others];
}
