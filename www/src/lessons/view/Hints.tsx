import { useLayoutEffect, useState } from "preact/hooks";
import { say } from "../../view/ui.ts";
import { attempt, attemptAt, lesson } from "../store.ts";
import { apply } from "../task.ts";
import { doingWords } from "./doing.ts";
import { forgetPlace, showPlace } from "./place_of_task.ts";

const TITLES = ["Where", "What", "Do it"] as const;

/** Three hints, one after another: where, what, and doing it. With the first one comes a way to the place that it names. */
export function Hints() {
  const it = lesson.value;
  const [shown, setShown] = useState(0);
  // Before anybody can press: a hint must not be taken back.
  useLayoutEffect(() => {
    setShown(0);
    return forgetPlace;
  }, [it]);
  if (it === null) return null;
  const { hints, shows } = it.change;
  const done = () => apply(it.change, shows.link, hints.do);
  const texts = [hints.where, hints.what, doingWords(it.change)];
  const next = () => {
    setShown(shown + 1);
    say(`Hint ${shown + 1} of 3. ${TITLES[shown]}: ${texts[shown]}`);
  };
  return (
    <section class="ls-hints" aria-label="Hints">
      <ol>
        {texts.slice(0, shown).map((text, at) => <li key={at}><b>{TITLES[at]}:</b> {text}</li>)}
      </ol>
      {shown < 3
        ? <button type="button" onClick={next} aria-keyshortcuts="h">Hint {shown + 1} of 3</button>
        : <button type="button" aria-disabled={attempt.value === done()} onClick={() => attemptAt(done())}>Do it for me</button>}
      {shown > 0 && <>{" "}<button type="button" class="link" onClick={() => showPlace(it.change)}>Show me where</button></>}
    </section>
  );
}
