import type { Overrides, ProfileName } from "grantwise";
import { computed, signal } from "@preact/signals";
import { loadCatalogue } from "../engine/catalogue.ts";
import type { Dropped } from "../state/secrets.ts";
import { read, write } from "./codec.ts";
import { START, type ScenarioStep, type TimelineState } from "./model.ts";
import { run, type Run } from "./run.ts";
import { taken } from "./settings.ts";
import { NAMES, optionsOf, scenarioOf, stepsOf } from "./world.ts";

/** What the timeline is about. Every part reads it, and only `change` writes it. */
export const timeline = signal<TimelineState>(START);

export interface TimelineNotes {
  dropped: readonly Dropped[];
  problems: readonly string[];
}
export const NOTHING: TimelineNotes = { dropped: [], problems: [] };
export const notes = signal(NOTHING);

export const scenario = computed(() => scenarioOf(timeline.value.scenario));
export const steps = computed(() => stepsOf(timeline.value));
export const profile = computed(() => timeline.value.profile ?? scenario.value.profile);
/** The changed settings of a story belong to its profile; any other one is taken as it ships. */
export function overridesFor(name: ProfileName): Overrides {
  return name === scenario.peek().profile ? scenario.peek().overrides : {};
}

/** The settings that were changed here, for the first profile, and those that the engine does not take. */
export const settings = computed(() => taken(profile.value, timeline.value.policy));

/** One run, or two for the same steps under two profiles. Not computed anew when only the step changes. */
const asked = computed(() => JSON.stringify([profile.value, timeline.value.beside, timeline.value.client, timeline.value.registered, timeline.value.signed_in, timeline.value.scenario, timeline.value.grant, settings.value.overrides, steps.value]));
export const runs = computed<readonly Run[]>(() => {
  void asked.value;
  const state = timeline.peek();
  const first = run(profile.peek(), { ...overridesFor(profile.peek()), ...settings.peek().overrides }, optionsOf(state), steps.peek());
  return state.beside ? [first, run(state.beside, overridesFor(state.beside), optionsOf(state), steps.peek())] : [first];
});

/** The current step, from 1; 0 before the first. A story opens at the first: what will come of it is the question. */
export const current = computed(() => Math.min(timeline.value.step ?? 1, steps.value.length));

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
  // What is told of a link or of what was typed ends with the next change; who only goes from step to step changes nothing.
  if (!walks) notes.value = NOTHING;
  timeline.value = next;
  const fragment = write(next);
  if (fragment === location.hash.slice(1)) return;
  history[walks && stepping ? "replaceState" : "pushState"](null, "", `#${fragment}`);
  stepping = walks;
}

/** Goes to a step. The first one needs no mention in the link. */
export function goTo(step: number): void {
  const to = Math.max(0, Math.min(step, steps.value.length));
  change({ step: to === 1 ? null : to }, true);
}

export function openScenario(name: string): void {
  change({ ...START, scenario: name, beside: timeline.value.beside, unknown: timeline.value.unknown });
}

/** Own steps: the story's as they are now, changed. */
export function setSteps(next: readonly ScenarioStep[], step = next.length): void {
  change({ steps: next, step: step === 1 ? null : step });
}

/** What is to be told of a question that comes from elsewhere on the page. */
let arriving: readonly string[] = [];

export function arrive(problems: readonly string[]): void {
  arriving = problems;
}

/** Runs what the address asks for, in a task of its own: it takes as long as drawing it, which comes next. */
export async function foresee(): Promise<void> {
  if (!/^#?view=timeline(&|$)/.test(location.hash)) return;
  timeline.value = read(location.hash, NAMES).state;
  try {
    void runs.value;
  } catch {
    // The view fails in the same way, and says so.
  }
  await new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(null);
  });
}

/** Takes over the address. */
export function follow(): void {
  stepping = false;
  const { state, dropped, problems } = read(location.hash, NAMES);
  timeline.value = state;
  notes.value = { dropped, problems: [...problems, ...arriving] };
  arriving = [];
  if (Object.keys(state.policy).length > 0) void loadCatalogue().catch(() => undefined);
  // A secret must not stay in the address bar.
  if (dropped.length > 0) history.replaceState(null, "", `#${write(state)}`);
}
