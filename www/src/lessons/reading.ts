import type { Lesson, Problem, Situation } from "./lesson.ts";
import { LESSON, type FileSituation } from "./lesson_shape.ts";
import { misfits } from "./meaning.ts";

/** A lesson is two minutes of reading; what is larger is none. */
export const MOST_LESSON = 65_536;

/** So many problems are worth reading. */
const MOST_PROBLEMS = 20;

/** A lesson file, or what is wrong with it. Whether it tells the truth, check.ts asks the engine. */
export function readLesson(text: string): Lesson | Problem[] {
  if (text.length > MOST_LESSON) return [{ place: "", says: `A lesson has at most ${MOST_LESSON} characters.` }];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return [{ place: "", says: `This is no JSON${lineOf(text, String(error))}.` }];
  }
  const problems: Problem[] = [];
  const twice = repeated(text);
  if (twice !== null) problems.push({ place: "", says: `The member ${twice} stands twice in one object.` });
  const file = LESSON.read(value, "", problems);
  if (problems.length > 0 || file === undefined) return problems.slice(0, MOST_PROBLEMS);
  const { $schema: _, ...rest } = file;
  const shows = whole(file.shows);
  const lesson: Lesson = { ...rest, shows, change: { ...file.change, shows: file.change.shows ? whole(file.change.shows) : shows } };
  const found = misfits(lesson);
  return found.length > 0 ? found.slice(0, MOST_PROBLEMS) : lesson;
}

/** With what a file may leave out. */
function whole(shows: FileSituation): Situation {
  if (shows.kind !== "comparison") return shows;
  return { ...shows, policies: shows.policies.map(({ name, profile, policy }) => ({ name: name ?? profile, profile, policy: policy ?? {} })) };
}

/** ", at line 3", where the engine of the browser says a position. */
function lineOf(text: string, message: string): string {
  const position = /position (\d+)/.exec(message)?.[1];
  return position === undefined ? "" : `: look at line ${text.slice(0, Number(position)).split("\n").length}`;
}

/**
 * A member that stands twice in one object, of which JSON.parse silently keeps the last. The text is JSON already, so
 * a string before a colon is a member's name.
 */
function repeated(text: string): string | null {
  const open: Set<string>[] = [];
  for (const [part] of text.matchAll(/[{}]|"(?:[^"\\]|\\.)*"\s*:?/g)) {
    if (part === "{") open.push(new Set());
    else if (part === "}") open.pop();
    else if (part.endsWith(":")) {
      const name = JSON.parse(part.slice(0, -1)) as string;
      const names = open.at(-1);
      if (names?.has(name)) return name.slice(0, 60);
      names?.add(name);
    }
  }
  return null;
}
