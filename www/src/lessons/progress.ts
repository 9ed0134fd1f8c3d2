/**
 * What one who studies alone has done, kept on this device only. It is read as if a stranger had written it: what
 * cannot be read is nothing, and where nothing can be kept it holds until the page is closed.
 */
import { computed, signal } from "@preact/signals";

export interface Done {
  /** What was predicted first, right or wrong; it stays as it was. */
  first: Guess;
  /** What was predicted when asked again at the end; null while it was not. */
  again: Guess | null;
  /** The task was reached. */
  reached: boolean;
}
export type Guess = "right" | "wrong";
export type Progress = Readonly<Record<string, Done>>;

/** The member by which the file is known, and its version. */
export const PROGRESS_VERSION = 1;
const STORED = "grantwise.lessons";
const MOST_LESSONS = 200;
const MOST_LETTERS = 32 * 1024;
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const GUESSES: readonly unknown[] = ["right", "wrong"];

export const progress = signal<Progress>(stored());
/** False where the browser keeps nothing. */
export const keeps = signal(true);

/** First wrong, and not yet right since. */
export const toAskAgain = computed(() => Object.entries(progress.value).filter(([, done]) => done.first === "wrong" && done.again !== "right").map(([id]) => id));

/** An id may be a word that every object answers to. */
export function doneOf(id: string): Done | undefined {
  return Object.hasOwn(progress.value, id) ? progress.value[id] : undefined;
}

/** The prediction of a lesson was compared. The first one counts, and afterwards only what is asked again. */
export function predicted(id: string, guess: Guess): void {
  const before = doneOf(id);
  if (before === undefined) keep({ ...progress.value, [id]: { first: guess, again: null, reached: false } });
  else if (before.first === "wrong" && before.again !== "right") keep({ ...progress.value, [id]: { ...before, again: guess } });
}

export function reached(id: string): void {
  const before = doneOf(id);
  if (before && !before.reached) keep({ ...progress.value, [id]: { ...before, reached: true } });
}

export function reset(): void {
  keep({});
}

/** As a file, for another device. */
export function exported(): string {
  return `${JSON.stringify({ grantwise_progress: PROGRESS_VERSION, lessons: progress.value }, null, 2)}\n`;
}

/** Takes over a file; a sentence when it is none, and then nothing has changed. */
export function imported(text: string): string | null {
  const read = readProgress(text);
  if (typeof read === "string") return read;
  keep(read);
  return null;
}

/** The progress that a text says, or what is wrong with it. */
export function readProgress(text: string): Progress | string {
  if (text.length > MOST_LETTERS) return "This file is too long to be the progress of lessons.";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "This file is no JSON, so it is not the progress of lessons.";
  }
  if (!isRecord(value) || !("grantwise_progress" in value)) return "This file is not the progress of lessons: it has no grantwise_progress.";
  if (value.grantwise_progress !== PROGRESS_VERSION) return `This file is of version ${String(value.grantwise_progress)}, and this page reads version ${PROGRESS_VERSION}.`;
  const { lessons } = value;
  if (!isRecord(lessons)) return "This file has no lessons.";
  const entries = Object.entries(lessons);
  if (entries.length > MOST_LESSONS) return `This file has more than ${MOST_LESSONS} lessons.`;
  const read: Record<string, Done> = {};
  for (const [id, done] of entries) {
    if (!ID.test(id) || id.length > 60 || !isDone(done)) return `The file does not say about ${id.slice(0, 60)} what the progress of a lesson says.`;
    read[id] = { first: done.first, again: done.again, reached: done.reached };
  }
  return read;
}

function isDone(value: unknown): value is Done {
  return isRecord(value) && GUESSES.includes(value.first) && (value.again === null || GUESSES.includes(value.again)) && typeof value.reached === "boolean";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function stored(): Progress {
  try {
    const text = localStorage.getItem(STORED);
    const read = text === null ? {} : readProgress(text);
    return typeof read === "string" ? {} : read;
  } catch {
    return {};
  }
}

function keep(next: Progress): void {
  progress.value = next;
  try {
    if (Object.keys(next).length === 0) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, exported());
    keeps.value = true;
  } catch {
    keeps.value = false;
  }
}

/** Another window of the same page has learnt something. */
globalThis.addEventListener?.("storage", ({ key }) => {
  if (key === STORED || key === null) progress.value = stored();
});
