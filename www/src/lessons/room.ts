/** What the room predicted: counted by hand, or by the links that people send. No server knows of it. */
import { signal } from "@preact/signals";
import type { Lesson } from "./lesson.ts";
import { read } from "./place.ts";

/** A count for each choice of each prediction, of the lesson that they belong to. */
export interface Counts {
  of: string;
  counts: readonly (readonly number[])[];
}

/** More people than a room holds. */
const MOST = 999;
/** More text than so many links are. */
const MOST_LETTERS = 4_000_000;

const kept = signal<Readonly<Record<string, Counts["counts"]>>>({});

export function countsOf({ id, predict }: Lesson): Counts["counts"] {
  return (Object.hasOwn(kept.value, id) ? kept.value[id] : undefined) ?? predict.map(({ choices }) => choices.map(() => 0));
}

/** One more, or one less, for a choice. */
export function count(it: Lesson, at: number, choice: number, by: 1 | -1): void {
  const counts = countsOf(it).map((one, index) => (index === at ? one.map((number, which) => (which === choice ? bounded(number + by) : number)) : one));
  kept.value = { ...kept.value, [it.id]: counts };
}

export function clear(it: Lesson): void {
  kept.value = Object.fromEntries(Object.entries(kept.value).filter(([id]) => id !== it.id));
}

/**
 * Counts every link in a text that has a prediction of this lesson, which for one of somebody's own is the same file. The
 * rest is told, and counts nothing.
 */
export function countLinks(it: Lesson, file: string | null, text: string): { counted: number; others: number } {
  let counts = countsOf(it);
  let counted = 0;
  let others = 0;
  for (const link of text.slice(0, MOST_LETTERS).match(/\S*#?view=lessons\S*/g) ?? []) {
    const { place } = read(link.slice(link.indexOf("view=lessons")).replace(/[>)\]}.,;"']+$/, ""));
    const fits = it.predict.map(({ choices }, at) => {
      const choice = place.predicted[at] ?? null;
      return choice !== null && choice < choices.length ? choice : null;
    });
    const same = place.file === file && (file !== null || place.lesson === it.id);
    if (!same || fits.every((one) => one === null)) {
      others += 1;
      continue;
    }
    counted += 1;
    counts = counts.map((one, at) => one.map((number, choice) => (fits[at] === choice ? bounded(number + 1) : number)));
  }
  kept.value = { ...kept.value, [it.id]: counts };
  return { counted, others };
}

function bounded(number: number): number {
  return Math.min(MOST, Math.max(0, number));
}
