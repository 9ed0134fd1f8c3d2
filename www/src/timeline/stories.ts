import { signal } from "@preact/signals";
import { scenarios } from "virtual:scenarios";
import { current, goTo, openScenario, steps, timeline } from "./store.ts";

export const galleryOpen = signal(false);

/** The next or previous story of the gallery. */
export function neighbour(step: 1 | -1): void {
  const at = scenarios.findIndex(({ name }) => name === timeline.value.scenario);
  const next = scenarios[(Math.max(at, step === 1 ? -1 : 0) + step + scenarios.length) % scenarios.length];
  if (next) openScenario(next.name);
}

export const playing = signal(false);
/** Long enough to read a sentence. */
const PACE_MS = 2200;
let timer: ReturnType<typeof setInterval> | undefined;

/** Plays the steps one after another; at the end it begins anew. It moves nothing but the step. */
export function play(on: boolean): void {
  clearInterval(timer);
  playing.value = on;
  if (!on) return;
  if (current.value >= steps.value.length) goTo(0);
  timer = setInterval(() => {
    if (current.value >= steps.value.length) play(false);
    else goTo(current.value + 1);
    if (current.value >= steps.value.length) play(false);
  }, PACE_MS);
}
