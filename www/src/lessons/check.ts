/** A lesson held against the engine. What comes back is false in the lesson, or has become so. */
import { holds } from "./claim.ts";
import type { Edit, Lesson, Problem, Situation, Task } from "./lesson.ts";
import { outcomeOf, prepare, type Outcome } from "./outcome.ts";
import { apply, graded } from "./task.ts";

export async function check(lesson: Lesson): Promise<Problem[]> {
  const { shows, predict, holds: stated, change } = lesson;
  const problems: Problem[] = [];
  const outcome = await outcomeAt(shows, "shows", problems);
  const begins = await outcomeAt(change.shows, "change.shows", problems);
  if (outcome === null || begins === null) return problems;
  for (const [at, { choices }] of predict.entries()) {
    const right = choices.filter(({ when }) => holds(when, outcome));
    if (right.length !== 1) problems.push({ place: `predict[${at}]`, says: `The engine finds ${right.length} choices right: one it must be.` });
  }
  for (const [at, claim] of stated.entries()) {
    if (!holds(claim, outcome)) problems.push({ place: `holds[${at}]`, says: "The engine does not say so." });
  }
  problems.push(...(await ofTask(change)));
  return problems;
}

async function outcomeAt(shows: Situation, place: string, problems: Problem[]): Promise<Outcome | null> {
  try {
    await prepare(shows);
    await breath();
    return outcomeOf(shows);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    problems.push({ place, says: error.message });
    return null;
  }
}

/** The task is open at the start, and the third hint, all of it, does it. */
async function ofTask(task: Task): Promise<Problem[]> {
  const { shows, hints } = task;
  const done = apply(task, shows.link, hints.do);
  await prepare({ ...shows, link: done });
  await breath();
  if (graded(task, shows.link).holds) return [{ place: "change.reach", says: "This holds before anything is changed." }];
  if (!graded(task, done).reached) return [{ place: "change.hints.do", says: "This does not reach the goal." }];
  for (const part of parts(hints.do)) {
    await breath();
    if (graded(task, apply(task, shows.link, part)).reached) return [{ place: "change.hints.do", says: `${Object.keys(part).join(" and ")} alone would do.` }];
  }
  return [];
}

/** A page that checks a stranger's file answers to its person meanwhile. */
function breath(): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve); });
}

/** All that carry out a part of it only. There are at most four parts. */
function parts(edit: Edit): Edit[] {
  const entries = Object.entries(edit);
  const all = 2 ** entries.length - 1;
  return Array.from({ length: Math.max(0, all - 1) }, (_, at) => Object.fromEntries(entries.filter((_entry, bit) => ((at + 1) >> bit) & 1)));
}
