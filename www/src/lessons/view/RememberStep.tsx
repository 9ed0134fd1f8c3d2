import { doneOf, toAskAgain } from "../progress.ts";
import { LESSONS } from "../index.ts";
import { HOME, write } from "../place.ts";
import { lesson, number } from "../store.ts";
import { Cited } from "./Cited.tsx";
import { Step } from "./Step.tsx";

/** The sentence to take home, and where to go from here. */
export function RememberStep() {
  const it = lesson.value;
  if (it === null) return null;
  const next = after(number.value);
  return (
    <Step title="Remember" class="ls-remember">
      <p class="ls-take">{it.remember}</p>
      <p class="ls-buttons">
        {next && <a class="ls-next" href={`#${write({ ...HOME, lesson: next.id })}`}>{next.again ? "Asked again" : "Next lesson"}: {next.title}</a>}
        <a href={`#${write(HOME)}`}>{next ? "All lessons" : "That was the last one: all lessons"}</a>
      </p>
      <Cited sources={it.sources} />
    </Step>
  );
}

/** The next lesson that was not done yet; after the last, what was wrong at first. */
function after(number: number): { id: string; title: string; again: boolean } | null {
  if (number === 0) return null;
  const order = [...LESSONS.slice(number), ...LESSONS.slice(0, number - 1)];
  const fresh = order.find(({ id }) => doneOf(id) === undefined);
  if (fresh) return { ...fresh, again: false };
  const wrong = order.find(({ id }) => toAskAgain.value.includes(id));
  return wrong ? { ...wrong, again: true } : null;
}
