/** "Now change one thing": the engine says whether the goal is reached, and the link what was changed for it. */
import { holds } from "./claim.ts";
import type { Edit, Task } from "./lesson.ts";
import { apply as applied, changedParts, type Part } from "./link.ts";
import { outcomeOf } from "./outcome.ts";

export interface Graded {
  /** The goal holds, and nothing was changed for it that may not be. */
  reached: boolean;
  /** The goal holds. */
  holds: boolean;
  changed: readonly Part[];
  /** What was changed and may not be. */
  outside: readonly Part[];
}

/** The task's link with an edit carried out: the third hint, or one step of a person. */
export function apply({ shows: { kind } }: Task, link: string, edit: Edit): string {
  return applied(kind, link, edit);
}

/** `prepare` comes before. A setting that the engine does not take reaches nothing. */
export function graded({ shows, reach, may }: Task, link: string): Graded {
  const changed = changedParts(shows.kind, shows.link, link);
  const outside = changed.filter(({ owner }) => !may.includes(owner));
  const reachedBy = reaches(reach, { ...shows, link });
  return { reached: reachedBy && outside.length === 0, holds: reachedBy, changed, outside };
}

function reaches(reach: Task["reach"], shows: Task["shows"]): boolean {
  try {
    const outcome = outcomeOf(shows);
    return reach.every((claim) => holds(claim, outcome));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
