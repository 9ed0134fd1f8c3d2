import { signal } from "@preact/signals";
import type { Problem } from "../lesson.ts";
import { MOST_BYTES, pack, tooLong } from "../packed.ts";
import { HOME } from "../place.ts";
import { examined, go } from "../store.ts";
import { Problems } from "./Problems.tsx";

const problems = signal<readonly Problem[]>([]);

/** A lesson that somebody wrote: read here, shown here, and sent nowhere. It travels in the link alone. */
export function OwnLesson() {
  const load = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    if (!file) return;
    problems.value = await opened(file);
    // The same file, mended, can be chosen again.
    input.value = "";
  };
  return (
    <section class="ls-own" aria-labelledby="ls-own">
      <h3 id="ls-own">A lesson of your own</h3>
      <p>A lesson is a text file. It is read on this page and sent nowhere; its link carries all of it behind the #.</p>
      <p><label for="ls-file">Lesson file (JSON)</label> <input id="ls-file" type="file" accept=".json,application/json" onChange={(event) => load(event.currentTarget)} /></p>
      <Problems problems={problems.value} what="This file is no lesson, and nothing was loaded:" />
    </section>
  );
}

/** What is wrong with the file; nothing, and the lesson is open. */
async function opened(file: File): Promise<readonly Problem[]> {
  if (file.size > MOST_BYTES) return [{ place: "", says: tooLong() }];
  try {
    const text = await file.text();
    const read = await examined(text);
    if (!("id" in read)) return read;
    go({ ...HOME, file: await pack(text) });
    return [];
  } catch (error) {
    return [{ place: "", says: error instanceof RangeError ? error.message : "This file cannot be read." }];
  }
}
