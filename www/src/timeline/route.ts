import { signal } from "@preact/signals";
import type { FunctionComponent } from "preact";

/** Whether a link is one to the timeline. */
function isTimeline(hash: string): boolean {
  return /^#?view=timeline(&|$)/.test(hash);
}

/** Whether the timeline is shown. */
export const inTimeline = signal(isTimeline(location.hash));

/** The view, once it is there. It comes with an engine of its own, and not before somebody wants it. */
export const view = signal<FunctionComponent | null>(null);
export const failed = signal<string | null>(null);

let loading: Promise<void> | null = null;
let follow = (): void => undefined;

/** Looks at the address. True when it is for the timeline, which then takes it over. */
export function route(): boolean {
  inTimeline.value = isTimeline(location.hash);
  if (inTimeline.value) {
    follow();
    loading ??= import("./index.ts").then(async (timeline) => {
      await timeline.ready();
      // Imported from here only, so that nothing of the view is in the first load.
      follow = timeline.follow;
      if (inTimeline.value) follow();
      view.value = timeline.Timeline;
    }).catch((error) => {
      loading = null;
      failed.value = String(error);
    });
  }
  return inTimeline.value;
}
