/** The timeline of a lesson; loaded when one is asked for, since it comes with an engine of its own. */
import { read } from "../timeline/codec.ts";
import type { TimelineState } from "../timeline/model.ts";
import { run, type Run } from "../timeline/run.ts";
import { NAMES, optionsOf, scenarioOf, stepsOf } from "../timeline/world.ts";

export { ready } from "grantwise/simulation";

/** The steps under each profile of the link. The changed settings of a story belong to its own profile. */
export function runsOf(link: string): { state: TimelineState; runs: Run[] } {
  const { state } = read(link, NAMES);
  const story = scenarioOf(state.scenario);
  const names = [state.profile ?? story.profile, ...(state.beside ? [state.beside] : [])];
  const runs = names.map((name) => run(name, name === story.profile ? story.overrides : {}, optionsOf(state), stepsOf(state)));
  return { state, runs };
}
