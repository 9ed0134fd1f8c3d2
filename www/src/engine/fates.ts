import type { Decision, Policy } from "grantwise/engine";
import type { State } from "../state/model.ts";
import { parse, unset, type Pair } from "../state/request_text.ts";
import { parameter } from "../state/parameters.ts";
import { catalogue } from "./catalogue.ts";
import { outcome, COLUMNS } from "./outcome.ts";
import { walk, type Walk } from "./walk.ts";

export type Fate = "used" | "ignored" | "refused" | "passed_over";

/** What became of one parameter, or of one word in it. */
export interface Word {
  text: string;
  fate: Fate;
  /** Why it was set aside. */
  sentence: string | null;
}

export interface ParameterFate {
  pair: Pair;
  fate: Fate;
  /** Scope and prompt are lists: each word has its own fate. */
  words: Word[];
  sentences: string[];
  /** What the answer would be without it: null when the same. */
  without: string | null;
}

/** Lists of words, so that single words can be set aside. */
const LISTS = new Set(["scope", "prompt"]);

/** What became of each parameter, as the decision says; and what would be without it, as the engine says. */
export function fates(policy: Policy, state: State, walked: Walk): ParameterFate[] {
  const { pairs } = parse(state.request);
  const { decision } = walked;
  const without = withouts(policy, state, walked, pairs);
  return pairs.map((pair) => {
    const refusal = refusalOf(decision, pair, pairs);
    const words = wordsOf(decision, pair, refusal);
    const other = refusal === null && pair.value !== "" ? without(pair.name) : null;
    const fate = refusal !== null ? "refused"
      : words.every((word) => word.fate === "ignored") ? "ignored"
        : parameter(pair.name) === undefined && other === null ? "passed_over" : "used";
    const sentences = [...new Set([refusal, ...words.map((word) => word.sentence)].filter((one) => one !== null))];
    return { pair, fate, words, sentences, without: other };
  });
}

function wordsOf({ ignored }: Decision, { name, value }: Pair, refusal: string | null): Word[] {
  const entries = ignored.filter((one) => one.param === name);
  const words = LISTS.has(name) ? value.split(/ +/).filter((word) => word !== "") : [value];
  return (words.length === 0 ? [value] : words).map((text) => {
    const found = entries.find((one) => one.value === text || one.value === value);
    if (refusal !== null) return { text, fate: "refused" as const, sentence: null };
    return { text, fate: found ? "ignored" as const : "used" as const, sentence: found?.sentence ?? null };
  });
}

/** A rule says which parameters it concerns. */
function refusalOf({ error }: Decision, pair: Pair, pairs: readonly Pair[]): string | null {
  if (pair.malformed) return "This is no percent-encoded UTF-8.";
  if (error === null) return null;
  const repeated = pair.value !== "" && pairs.filter((one) => one.name === pair.name && one.value !== "").length > 1;
  if (repeated && error.rule === "request.repeated_parameter") return error.description;
  const concerned = catalogue.value?.rules.find(({ id }) => id === error.rule)?.parameters ?? [];
  return concerned.includes(pair.name) ? error.description : null;
}

/** So many parameters that are in no table are looked at one by one, should they matter together. */
const MOST = 40;

/**
 * What the answer would be without a parameter: the engine decides once more for each name. What is in no table is left
 * out together first: hundreds of them, of which none matters, cost one decision.
 */
function withouts(policy: Policy, state: State, walked: Walk, pairs: readonly Pair[]): (name: string) => string | null {
  const unknown = [...new Set(pairs.filter(({ name, malformed }) => !malformed && parameter(name) === undefined).map(({ name }) => name))];
  const found = new Map<string, string | null>();
  const matter = unknown.length > 1 && withoutThem(policy, state, walked, unknown) !== null;
  if (unknown.length > 1) for (const name of matter ? unknown.slice(MOST) : unknown) found.set(name, null);
  return (name) => {
    const known = found.get(name);
    if (known !== undefined) return known;
    const made = withoutThem(policy, state, walked, [name]);
    found.set(name, made);
    return made;
  };
}

function withoutThem(policy: Policy, state: State, walked: Walk, names: readonly string[]): string | null {
  const other = outcome(walk(policy, { ...state, request: unset(state.request, new Set(names)) }));
  const here = outcome(walked);
  const moved = COLUMNS.filter(({ id }) => id !== "ignored" && here[id] !== other[id]);
  if (moved.length === 0) return null;
  return moved.map(({ id, title }) => `${title.toLowerCase()}: ${other[id]}`).join("; ");
}
