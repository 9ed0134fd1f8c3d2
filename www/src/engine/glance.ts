import type { Policy } from "grantwise/engine";
import { signal } from "@preact/signals";
import type { ProfileSummary } from "virtual:summary";
import { compared, newWorker, type Named } from "./differ.ts";
import type { Order, Report } from "./differ_worker.ts";
import type { Kind } from "./kinds.ts";

/** One policy beside every profile, as far as it has come. */
export interface Glance {
  one: Named;
  others: readonly ProfileSummary[];
  /** In the order of the profiles; those that are missing are still to come. */
  counts: readonly Readonly<Record<Kind, number>>[];
  state: "running" | "cancelled" | "complete" | { failed: string };
}

export const glance = signal<Glance | null>(null);

let worker: Worker | null = null;

/** Compares in a worker of its own; what is found is there as soon as it is found. */
export function look(one: Named, policy: Policy, others: readonly ProfileSummary[], policies: readonly Policy[]): void {
  worker?.terminate();
  const mine = newWorker();
  worker = mine;
  const set = (more: Partial<Glance>) => {
    if (worker === mine && glance.value !== null) glance.value = { ...glance.value, ...more };
    if (more.state !== undefined && more.state !== "running") mine.terminate();
  };
  glance.value = { one, others, counts: [], state: "running" };
  mine.addEventListener("message", ({ data }: MessageEvent<Report>) => {
    if (data.kind === "failed") return set({ state: { failed: data.message } });
    if (data.kind !== "counted") return;
    const counts = [...(glance.value?.counts ?? []), data.counts];
    set({ counts, state: counts.length === others.length ? "complete" : "running" });
  });
  mine.addEventListener("error", () => set({ state: { failed: "the explorer could not be loaded" } }));
  mine.postMessage({ kind: "counts", one: compared(policy), others: policies.map(compared) } satisfies Order);
}

/** What was found stays. */
export function stopLooking(): void {
  worker?.terminate();
  worker = null;
  if (glance.value !== null) glance.value = { ...glance.value, state: "cancelled" };
}
