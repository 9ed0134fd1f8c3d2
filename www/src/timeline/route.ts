import { signal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import "./link.css";

/** Whether a link is one to the timeline. */
export function isTimeline(hash: string): boolean {
  return /^#?view=timeline(&|$)/.test(hash);
}

/** Whether the timeline is shown. */
export const inTimeline = signal(isTimeline(location.hash));

/** The view, once it is there. It comes with an engine of its own, and not before somebody wants it. */
export const view = signal<FunctionComponent | null>(null);
export const failed = signal<string | null>(null);

let loading: Promise<void> | null = null;

/** Looks at the address. True when it is for the timeline, which then takes it over. */
export function route(): boolean {
  inTimeline.value = isTimeline(location.hash);
  if (inTimeline.value) {
    loading ??= import("./index.ts").then(async ({ start, Timeline }) => {
      await start();
      view.value = Timeline;
    }).catch((error) => {
      loading = null;
      failed.value = String(error);
    });
  }
  return inTimeline.value;
}
