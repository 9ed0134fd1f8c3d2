import { batch, computed, signal } from "@preact/signals";
import { guest as decisions, notes as decisionNotes, state } from "../state/store.ts";
import { read as readDecision, write as writeDecision } from "../state/fragment.ts";
import { MOST_STEPS, read as readTimeline, write as writeTimeline } from "../timeline/codec.ts";
import type { TimelineState } from "../timeline/model.ts";
import { guest as timelines, timeline } from "../timeline/store.ts";
import { NAMES } from "../timeline/world.ts";
import { check } from "./check.ts";
import { holds } from "./claim.ts";
import { LESSONS, loadLesson } from "./index.ts";
import type { Lesson, Problem, Situation } from "./lesson.ts";
import { outcomeOf, prepare } from "./outcome.ts";
import { unpack } from "./packed.ts";
import { HOME, read, STEP_OF, write, type Place } from "./place.ts";
import { predicted as keepPredicted, reached as keepReached } from "./progress.ts";
import { readLesson } from "./reading.ts";
import { graded } from "./task.ts";

/** Where in the lessons one is. Every part reads it, and only `go` and the address write it. */
export const place = signal<Place>(HOME);

/** What could not be read of a link. */
export const notes = signal<readonly string[]>([]);

/** The lesson that is shown; null for the list, and while one is on its way. */
export const lesson = signal<Lesson | null>(null);

/** Why a lesson of somebody's own is not shown. */
export const refused = signal<readonly Problem[]>([]);

/** What was changed in the task, as the link that it makes. */
export const attempt = signal<string | null>(null);

/** Its number in the list, from 1; 0 for a lesson of somebody's own. */
export const number = computed(() => (place.value.file === null ? LESSONS.findIndex(({ id }) => id === lesson.value?.id) + 1 : 0));

/** What the situation is under the engine. */
export const outcome = computed(() => (lesson.value ? outcomeOf(lesson.value.shows) : null));

/** The choice that is right, for each prediction, from 0. */
export const right = computed(() => lesson.value?.predict.map(({ choices }) => choices.findIndex(({ when }) => outcome.value !== null && holds(when, outcome.value))) ?? []);

/** Whether a choice was made for each prediction, and which. */
export const picked = computed(() => lesson.value?.predict.map((_, at) => place.value.predicted[at] ?? null) ?? []);
export const complete = computed(() => picked.value.length > 0 && picked.value.every((one) => one !== null));

/** How the engine grades what was changed. */
export const grade = computed(() => {
  const { value: it } = lesson;
  return it && attempt.value !== null ? graded(it.change, attempt.value) : null;
});

/** The situation on which the page is: the task has its own. */
export const situation = computed<Situation | null>(() => {
  const { value: it } = lesson;
  return it === null ? null : changing() ? it.change.shows : it.shows;
});

/** Goes somewhere. A choice among predictions is no entry of the history. */
export function go(part: Partial<Place>, silently = false): void {
  const next = { ...place.value, ...part };
  const fragment = write(next);
  if (fragment !== location.hash.slice(1)) history[silently ? "replaceState" : "pushState"](null, "", `#${fragment}`);
  arrive(next);
}

/** The link to another place, for an anchor. */
export function linkTo(part: Partial<Place>): string {
  return `#${write({ ...place.value, ...part })}`;
}

/** Takes over the address. */
export function follow(): void {
  const { place: next, problems } = read(location.hash);
  notes.value = problems;
  arrive(next);
}

/** Chooses among the predictions. */
export function predict(at: number, choice: number): void {
  go({ predicted: picked.value.map((one, index) => (index === at ? choice : one)) }, true);
}

/** Compares what was predicted with what the engine says. The first time is kept; somebody's own lesson never is. */
export function compare(): void {
  if (!complete.value || !lesson.value) return;
  const guess = picked.value.every((one, at) => one === right.value[at]) ? "right" : "wrong";
  if (number.value > 0) keepPredicted(lesson.value.id, guess);
  go({ slide: "reveal" });
}

const loaded = new Map<string, Lesson>();
let wanted = "";
/** Which situation the playground's and the timeline's stores hold for the moment. */
let entered: "" | "shows" | "change" = "";

/** How often one has come to a place since the lessons were opened: the first time, the focus stays where it is. */
export const visits = { count: 0 };

function arrive(next: Place): void {
  visits.count += 1;
  const key = next.file ?? next.lesson ?? "";
  if (key === wanted && (lesson.value !== null || key === "")) {
    settle(next, lesson.value);
    return;
  }
  wanted = key;
  const known = loaded.get(key);
  if (key === "" || known) settle(next, known ?? null);
  else {
    settle(next, null);
    void fetchLesson(next).then((found) => {
      if (found === null || wanted !== key) return;
      loaded.set(key, found);
      settle(place.value, found);
    });
  }
}

/** Place and lesson become others at once, so that nothing is drawn in between. */
function settle(next: Place, found: Lesson | null): void {
  batch(() => {
    if (lesson.value !== found) {
      lesson.value = found;
      attempt.value = null;
      entered = "";
      refused.value = [];
    }
    place.value = next;
    enter();
  });
}

async function fetchLesson({ file, lesson: id }: Place): Promise<Lesson | null> {
  const found = file === null ? await known(id ?? "") : await unpack(file).then(examined).catch(sentence);
  if (!("id" in found)) {
    refused.value = found;
    return null;
  }
  await Promise.all([prepare(found.shows), prepare(found.change.shows)]);
  return found;
}

async function known(id: string): Promise<Lesson | Problem[]> {
  try {
    return await loadLesson(id) ?? [{ place: "", says: `There is no lesson ${id}.` }];
  } catch {
    return [{ place: "", says: "This lesson could not be loaded. Reload the page." }];
  }
}

function sentence(error: unknown): Problem[] {
  return [{ place: "", says: error instanceof RangeError ? error.message : "This cannot be read." }];
}

/** A lesson of somebody's own: read as strictly as ours, and held against the engine as they are. */
export async function examined(text: string): Promise<Lesson | Problem[]> {
  const read = readLesson(text);
  if (!("id" in read)) return read;
  const problems = await check(read);
  return problems.length > 0 ? problems : read;
}

/** Hands the situation to the playground's own parts, and takes what is changed there. */
function enter(): void {
  decisions.of = (next) => changed(writeDecision(next));
  // Going from step to step changes nothing.
  timelines.of = (next) => told(next) === told(timeline.peek()) || changed(told(next));
  const it = situation.value;
  const here = it === null ? "" : changing() ? "change" : "shows";
  if (here === entered) return;
  entered = here;
  if (it === null) return;
  if (changing()) attempt.value ??= it.link;
  show(it, changing() ? attempt.value ?? it.link : it.link);
}

/** What a story is, wherever one is in it. */
function told(story: TimelineState): string {
  return writeTimeline({ ...story, step: null });
}

/** The page is where something is to be changed. */
function changing(): boolean {
  return STEP_OF[place.value.slide] === "change";
}

function show(it: Situation, link: string): void {
  if (it.kind === "timeline") {
    // A lesson tells how it ends; the question was asked before.
    const { state: story } = readTimeline(link, NAMES);
    timeline.value = { ...story, step: story.step ?? MOST_STEPS };
  } else state.value = readDecision(link).state;
  decisionNotes.value = { dropped: [], problems: [] };
}

/** What is changed is graded, and only where something is to be changed. */
function changed(link: string): boolean {
  if (!changing()) return false;
  attempt.value = link;
  const found = grade.value;
  if (found?.reached && lesson.value && number.value > 0 && place.value.mode === "study") keepReached(lesson.value.id);
  return true;
}

/** Makes a link what was changed: a hint carried out, or the beginning again. */
export function attemptAt(link: string): void {
  const it = situation.value;
  if (it === null || !changed(link)) return;
  show(it, link);
}

/** The other views get their stores back. */
export function leave(): void {
  decisions.of = null;
  timelines.of = null;
  entered = "";
  visits.count = 0;
}
