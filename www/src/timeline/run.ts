import type { Overrides, Policy as FullPolicy, ProfileName } from "grantwise";
import { GrantwiseError, Policy } from "grantwise/engine";
import { Simulation, type Life, type Moment, type SimulationOptions } from "grantwise/simulation";
import type { ScenarioStep } from "./model.ts";

/** A step as it went under one profile. */
export interface Entry {
  step: ScenarioStep;
  at: number;
  /** Null when it could not be done at all. */
  moment: Moment | null;
  /** Why not, as a sentence. */
  problem: string | null;
  lives: readonly Life[];
  session: Moment["session"];
}

export interface Run {
  profile: ProfileName;
  start: number;
  /** The session before the first step. */
  session: Moment["session"];
  entries: readonly Entry[];
}

/**
 * The steps under a profile. A step that names a token which this profile never issued is told as such and left out,
 * since another profile beside it may well have issued it.
 */
export function run(profile: ProfileName, overrides: Overrides, options: SimulationOptions, steps: readonly ScenarioStep[]): Run {
  const start = options.now ?? 0;
  // A page's policy decides less than the package's own; the simulation asks it for its name and settings only.
  const policy = Policy.profile(profile, overrides) as unknown as FullPolicy;
  const simulation = new Simulation(policy, options);
  // The clock step of nothing shows the session at the start; it is no part of the story.
  const first = simulation.step({ action: "advance_clock", seconds: 0 });
  const entries: Entry[] = [];
  let before: Pick<Entry, "at" | "lives" | "session"> = { at: start, lives: [], session: first.session };
  for (const step of steps) {
    const { by: _by, ...plain } = step;
    let entry: Entry;
    try {
      const missing = missed(step, before.lives);
      if (missing !== null) throw new RangeError(missing);
      const moment = simulation.step(plain);
      entry = { step, at: moment.at, moment, problem: null, lives: moment.lives, session: moment.session };
    } catch (error) {
      if (!(error instanceof GrantwiseError || error instanceof RangeError)) throw error;
      const problem = error instanceof GrantwiseError ? `This step cannot be done: ${error.message}.` : error.message;
      entry = { ...before, step, moment: null, problem };
    }
    entries.push(entry);
    before = { at: entry.at, lives: entry.lives, session: entry.session };
  }
  return { profile, start, session: first.session, entries };
}

const KINDS: Readonly<Record<string, string>> = { RT: "refresh token", AT: "access token", ID: "ID Token", CODE: "code" };

/** What a step names and nobody issued, as a sentence. */
function missed(step: ScenarioStep, lives: readonly Life[]): string | null {
  const name = tokensOf(step).find((one) => !lives.some((life) => life.name === one));
  if (name === undefined) return null;
  return `There is no ${KINDS[name.replace(/\d+$/, "")] ?? "token"} ${name} under this profile, so nothing can be done with it.`;
}

/** The tokens and codes that a step names. */
export function tokensOf(step: ScenarioStep): string[] {
  switch (step.action) {
    case "exchange": return [step.code, ...(step.existing_grant ? [step.existing_grant] : [])];
    case "refresh": return [step.refresh_token];
    case "revoke": case "api_call": return [step.token];
    default: return [];
  }
}
