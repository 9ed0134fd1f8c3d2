/** What the playground's own engine says to the situation of a lesson. */
import { GrantwiseError, type Policy } from "grantwise/engine";
import { catalogue, loadCatalogue } from "../engine/catalogue.ts";
import { changed, shipped } from "../engine/policies.ts";
import { walk, type Walk } from "../engine/walk.ts";
import { read } from "../state/fragment.ts";
import type { State } from "../state/model.ts";
import type { TimelineState } from "../timeline/model.ts";
import type { Run } from "../timeline/run.ts";
import type { NamedPolicy, Situation } from "./lesson.ts";

/** A decision under one policy. */
export interface Decided {
  /** The profile's name, or what a comparison calls the policy. */
  name: string;
  state: State;
  policy: Policy;
  walked: Walk;
}

export type Outcome =
  | { kind: "request" | "policy"; decided: readonly [Decided] }
  | { kind: "comparison"; decided: readonly Decided[] }
  | { kind: "timeline"; state: TimelineState; runs: readonly Run[] };

type Timelines = typeof import("./timeline_outcome.ts");
let timelines: Timelines | null = null;

/** Loads what `outcomeOf` needs for this situation, which then answers at once. The page's engine is there already. */
export async function prepare({ kind, link, ...rest }: Situation): Promise<void> {
  if (kind === "timeline") {
    const module = await import("./timeline_outcome.ts");
    await module.ready();
    timelines = module;
  } else if (/(^|&)policy\./.test(link) || ("policies" in rest && rest.policies.some(({ policy }) => Object.keys(policy).length > 0))) {
    await loadCatalogue();
  }
}

/** Throws a RangeError with a sentence where a setting is none that the engine takes. */
export function outcomeOf(shows: Situation): Outcome {
  if (shows.kind === "timeline") {
    if (timelines === null) throw new Error("the simulation is not there yet");
    return { kind: "timeline", ...timelines.runsOf(shows.link) };
  }
  const { state } = read(shows.link);
  if (shows.kind === "comparison") return { kind: "comparison", decided: shows.policies.map((side) => sided(state, side)) };
  return { kind: shows.kind, decided: [decided(state.profile, state)] };
}

function sided(state: State, { name, profile, policy }: NamedPolicy): Decided {
  return decided(name, { ...state, profile, policy });
}

function decided(name: string, state: State): Decided {
  const policy = policyOf(state);
  return { name, state, policy, walked: walk(policy, state) };
}

function policyOf({ profile, policy: written }: State): Policy {
  if (Object.keys(written).length === 0) return shipped(profile);
  if (catalogue.value === null) throw new Error("the catalogue is not there yet");
  try {
    const { policy, problems: [problem] } = changed(profile, written);
    if (problem !== undefined) throw new RangeError(problem);
    return policy;
  } catch (error) {
    // Settings that the engine takes one by one, and not together.
    if (error instanceof GrantwiseError) throw new RangeError(`These settings are not taken together: ${error.message}.`);
    throw error;
  }
}
