import type { Knob, KnobValue, Overrides, Policy as PolicyOf, ProfileName } from "grantwise";
import { Policy } from "grantwise/engine";
import type { State } from "../state/model.ts";
import { COLUMNS, outcome } from "./outcome.ts";
import { walk, type Walk } from "./walk.ts";

/** What another value of a knob would make of the request at hand. */
export interface Matter {
  value: KnobValue;
  /** What would move, in words; null where nothing would. */
  moves: string | null;
}

/** Policies with one knob otherwise, made once for each policy in force. */
const variants = new WeakMap<object, Map<string, Pick<PolicyOf, "name" | "settings" | "authorize">>>();

function variant(base: object, profile: ProfileName, overrides: Overrides, id: string, value: KnobValue) {
  const known = variants.get(base) ?? new Map();
  variants.set(base, known);
  const key = `${id}=${String(value)}`;
  const made = known.get(key) ?? Policy.profile(profile, { ...overrides, [id]: value } as Overrides);
  known.set(key, made);
  return made;
}

/** Decides the request again with each other value of the knob. */
export function matters(knob: Knob, base: Policy, overrides: Overrides, state: State, walked: Walk): Matter[] {
  const here = outcome(walked);
  const whole = told(walked);
  const is = base.settings[knob.id];
  return knob.options.filter(({ value }) => value !== is).map(({ value }) => {
    const there = walk(variant(base, state.profile, overrides, knob.id, value) as Policy, state);
    if (told(there) === whole) return { value, moves: null };
    const its = outcome(there);
    const moved = COLUMNS.filter(({ id }) => its[id] !== here[id]).map(({ id, title }) => `${title.toLowerCase()}: ${its[id]}`);
    return { value, moves: moved.join("; ") || "details of the answer" };
  });
}

/** All that a client or a person can tell apart; not the rules by which it came about. */
function told({ steps, decision }: Walk): string {
  const { outcome: what, error, response, scope, tokens, ignored } = decision;
  const pages = steps.map(({ screen, decision: { consent } }) => [screen, consent]);
  const without = tokens === null ? null : { ...tokens, refresh_token_because: null };
  return JSON.stringify([pages, what, error && [error.code, error.placement], response, scope, without, ignored.map(({ param, value }) => [param, value])]);
}
