import type { Policy } from "grantwise/engine";
import type { Difference, Example } from "grantwise/explore";
import { signal } from "@preact/signals";
import { EMPTY, type State } from "../state/model.ts";
import type { Order, Report } from "./differ_worker.ts";
import { configurationWritten } from "./policies.ts";
import { situation } from "./situation.ts";
import { transfer } from "./transfer.ts";

/** A policy of the page, as a link names it. */
export interface Named {
  profile: State["profile"];
  policy: State["policy"];
  title: string;
}

export type Comparison =
  | { kind: "none" }
  | { kind: "running"; done: number; all: number }
  | { kind: "failed"; message: string }
  | { kind: "found"; one: Named; other: Named; differences: readonly Difference[] };

export const comparison = signal<Comparison>({ kind: "none" });

let worker: Worker | null = null;

/** A policy as a worker is told of it. */
export const compared = ({ name, settings }: Policy) => ({ name, settings: { ...settings } });

export function newWorker(): Worker {
  return new Worker(new URL("./differ_worker.ts", import.meta.url), { type: "module" });
}

/** Compares in a worker of its own, which ends with the comparison. */
export function compare(one: Named, other: Named, policies: readonly [Policy, Policy]): void {
  cancel();
  comparison.value = { kind: "running", done: 0, all: 1 };
  const mine = newWorker();
  worker = mine;
  const ends = (next: Comparison) => {
    mine.terminate();
    if (worker !== mine) return;
    worker = null;
    comparison.value = next;
  };
  mine.addEventListener("message", ({ data }: MessageEvent<Report>) => {
    if (worker !== mine) return;
    if (data.kind === "progress") comparison.value = { kind: "running", done: data.done, all: data.all };
    else if (data.kind === "found") ends({ kind: "found", one, other, differences: data.differences });
    else if (data.kind === "failed") ends({ kind: "failed", message: data.message });
  });
  mine.addEventListener("error", () => ends({ kind: "failed", message: "the explorer could not be loaded" }));
  mine.postMessage({ kind: "differences", one: compared(policies[0]), other: compared(policies[1]) } satisfies Order);
}

export function cancel(): void {
  worker?.terminate();
  worker = null;
  comparison.value = { kind: "none" };
}

/** Differences with the same cause. */
export interface Caused {
  key: string;
  causes: Difference["causes"];
  differences: Difference[];
}

/** By the knobs that cause them, those of which most follows first. */
export function byCause(differences: readonly Difference[]): Caused[] {
  const groups = new Map<string, Caused>();
  for (const difference of differences) {
    const key = difference.causes.map(({ knob }) => knob).join(" ");
    const group = groups.get(key) ?? { key, causes: difference.causes, differences: [] };
    group.differences.push(difference);
    groups.set(key, group);
  }
  return [...groups.values()].sort((one, other) =>
    Number(one.causes.length === 0) - Number(other.causes.length === 0) || one.causes.length - other.causes.length || other.differences.length - one.differences.length);
}

/** Differences in which both say the same, under several conditions. */
export interface Said {
  key: string;
  differences: [Difference, ...Difference[]];
}

/** By what the two say, in the order in which they came: the most ordinary first. */
export function bySaid(differences: readonly Difference[]): Said[] {
  const groups = new Map<string, Said>();
  for (const difference of differences) {
    const key = [difference.endpoint, difference.one_says, difference.other_says].join("\n");
    const group = groups.get(key);
    if (group) group.differences.push(difference);
    else groups.set(key, { key, differences: [difference] });
  }
  return [...groups.values()];
}

/** Alternatives that begin alike, with the beginning said once: `response_type is code, token or none`. */
export function alternatives(says: string): string {
  const parts = says.split(", or ").map((part) => part.split(" "));
  const [first = [], ...others] = parts;
  if (others.length === 0) return says;
  let same = 0;
  while (same < first.length - 1 && others.every((words) => words.length > same + 1 && words[same] === first[same])) same += 1;
  // A clause with a comma of its own would be lost among the others.
  if (same === 0 || parts.some((words) => words.join(" ").includes(","))) return says;
  const rests = parts.map((words) => words.slice(same).join(" "));
  return `${first.slice(0, same).join(" ")} ${rests.slice(0, -1).join(", ")} or ${rests.at(-1)}`;
}

/** A number that may be larger than any that people know. */
export function many(decimal: string): string {
  if (decimal.length <= 6) return Number(decimal).toLocaleString("en");
  const names = ["million", "billion", "trillion", "quadrillion", "quintillion", "sextillion", "septillion", "octillion", "nonillion", "decillion"];
  const group = Math.floor((decimal.length - 1) / 3);
  const name = names[group - 2];
  const lead = decimal.slice(0, decimal.length - group * 3);
  return name === undefined ? `10^${decimal.length - 1}` : `${lead} ${name}`;
}

/** The example as a state of the page under one of the two policies; null where it is no authorization request. */
export function opened({ call, input, configuration }: Example, { profile, policy }: Named): State | null {
  if (call !== "authorize") return null;
  const base: State = { ...EMPTY, profile, policy: { ...policy, ...configurationWritten(configuration) } };
  return transfer(base, situation(base), input as Parameters<typeof transfer>[2]);
}
