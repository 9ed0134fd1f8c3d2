import type { Overrides, ProfileName } from "grantwise";
import { computed, signal } from "@preact/signals";
import type { Dropped } from "../state/secrets.ts";
import { read, write } from "./codec.ts";
import { START, type ScenarioStep, type TimelineState } from "./model.ts";
import { run, type Run } from "./run.ts";
import { NAMES, optionsOf, scenarioOf, stepsOf } from "./world.ts";

/** What the timeline is about. Every part reads it, and only `change` writes it. */
export const timeline = signal<TimelineState>(START);

export const notes = signal<{ dropped: readonly Dropped[]; problems: readonly string[] }>({ dropped: [], problems: [] });

export const scenario = computed(() => scenarioOf(timeline.value.scenario));
export const steps = computed(() => stepsOf(timeline.value));
export const profile = computed(() => timeline.value.profile ?? scenario.value.profile);
/** The changed settings of a story belong to its profile; any other one is taken as it ships. */
export function overridesFor(name: ProfileName): Overrides {
  return name === scenario.peek().profile ? scenario.peek().overrides : {};
}

/** One run, or two for the same steps under two profiles. Not computed anew when only the step changes. */
const asked = computed(() => JSON.stringify([profile.value, timeline.value.beside, timeline.value.client, timeline.value.signed_in, timeline.value.scenario, steps.value]));
export const runs = computed<readonly Run[]>(() => {
  void asked.value;
  const state = timeline.peek();
  const names = state.beside ? [profile.peek(), state.beside] : [profile.peek()];
  return names.map((name) => run(name, overridesFor(name), optionsOf(state), steps.peek()));
});

/** The current step, from 1; 0 before the first. */
export const current = computed(() => Math.min(timeline.value.step ?? Number.MAX_SAFE_INTEGER, steps.value.length));

/** A view that shows a story inside of its own takes each change here, and the address is not touched. False: nothing changes. */
export const guest: { of: ((next: TimelineState) => boolean) | null } = { of: null };

/** Steps forward and back are one entry of the history, so that back leaves the story and not the step. */
let stepping = false;

export function change(part: Partial<TimelineState>, walks = false): void {
  const next = { ...timeline.value, ...part };
  if (guest.of) {
    if (guest.of(next)) timeline.value = next;
    return;
  }
  timeline.value = next;
  const fragment = write(next);
  if (fragment === location.hash.slice(1)) return;
  history[walks && stepping ? "replaceState" : "pushState"](null, "", `#${fragment}`);
  stepping = walks;
}

/** Goes to a step. The last one needs no mention in the link. */
export function goTo(step: number): void {
  const to = Math.max(0, Math.min(step, steps.value.length));
  change({ step: to === steps.value.length ? null : to }, true);
}

export function openScenario(name: string): void {
  change({ ...START, scenario: name, beside: timeline.value.beside, unknown: timeline.value.unknown });
}

/** Own steps: the story's as they are now, changed. */
export function setSteps(next: readonly ScenarioStep[], step: number | null = null): void {
  change({ steps: next, step });
}

/** Takes over the address. */
export function follow(): void {
  stepping = false;
  const { state, dropped, problems } = read(location.hash, NAMES);
  timeline.value = state;
  notes.value = { dropped, problems };
  // A secret must not stay in the address bar.
  if (dropped.length > 0) history.replaceState(null, "", `#${write(state)}`);
}
