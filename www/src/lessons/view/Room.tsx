import { signal } from "@preact/signals";
import type { Lesson } from "../lesson.ts";
import { clear, count, countLinks, countsOf } from "../room.ts";
import { place, right } from "../store.ts";
import { Dialog } from "../../view/Dialog.tsx";

const pasting = signal(false);
const result = signal("");

interface Properties {
  it: Lesson;
  at: number;
  /** Which choice is right is told; before, the room is counted. */
  told?: boolean;
}

/** A prediction before the room: each choice with its hands, as a number and as a bar. */
export function Room({ it, at, told = false }: Properties) {
  const prediction = it.predict[at];
  if (!prediction) return null;
  const counts = countsOf(it)[at] ?? [];
  const all = counts.reduce((sum, one) => sum + one, 0);
  const its = right.value[at];
  const Heading = told ? "h2" : "h1";
  return (
    <section class={told ? "ls-vote ls-told" : "ls-vote"}>
      {!told && <p class="kicker">What do you expect?</p>}
      <Heading class={told ? undefined : "ls-asks"}>{prediction.asks}</Heading>
      <ol>
        {prediction.choices.map(({ text }, choice) => {
          const hands = counts[choice] ?? 0;
          if (told && all === 0 && choice !== its) return null;
          return (
            <li key={text} data-verdict={told ? (choice === its ? "right" : "wrong") : undefined}>
              <kbd aria-hidden="true">{choice + 1}</kbd>
              <span class="ls-text">{text}{told && choice === its && <>{" "}<b class="ls-mark"><span aria-hidden="true">✓</span> so it is</b></>}</span>
              {(all > 0 || !told) && <Hands hands={hands} all={all} />}
              {!told && (
                <span class="ls-hands" role="group" aria-label={text}>
                  <button type="button" aria-label={`One less: ${text}`} aria-disabled={hands === 0} onClick={() => count(it, at, choice, -1)}>−</button>
                  <button type="button" aria-label={`One more: ${text}`} onClick={() => count(it, at, choice, 1)}>+</button>
                </span>
              )}
            </li>
          );
        })}
      </ol>
      {!told && (
        <p class="ls-buttons">
          <button type="button" onClick={() => { pasting.value = true; }}>Count links…</button>
          <button type="button" aria-disabled={all === 0} onClick={() => clear(it)}>Count anew</button>
        </p>
      )}
      {!told && <Pasting it={it} />}
    </section>
  );
}

/** How many of all, as a bar that is drawn and not styled, so that it is there in print and in forced colours, too. */
function Hands({ hands, all }: { hands: number; all: number }) {
  const share = all === 0 ? 0 : (hands / all) * 100;
  return (
    <span class="ls-bar">
      <svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none"><rect class="ls-bar-all" width="100" height="10" /><rect class="ls-bar-hands" width={share} height="10" /></svg>
      <b>{hands}<span class="hidden"> of {all} predictions</span></b>
    </span>
  );
}

/** The links that people sent, however they stand in a text. */
function Pasting({ it }: { it: Lesson }) {
  return (
    <Dialog open={pasting} title="Count links">
      <form
        class="ls-paste"
        onSubmit={(event) => {
          event.preventDefault();
          const field = event.currentTarget.elements.namedItem("links");
          if (!(field instanceof HTMLTextAreaElement)) return;
          const { counted, others } = countLinks(it, place.value.file, field.value);
          field.value = "";
          result.value = `${counted === 1 ? "One prediction" : `${counted} predictions`} counted.${others > 0 ? ` ${others === 1 ? "One link" : `${others} links`} had no prediction of this lesson.` : ""}`;
        }}
      >
        <label for="ls-links">Paste the links that people sent, as many as there are. Each has a prediction in it.</label>
        <textarea id="ls-links" name="links" rows={6} spellcheck={false} />
        <p class="ls-buttons"><button type="submit" class="primary">Count</button> <span role="status">{result.value}</span></p>
      </form>
    </Dialog>
  );
}
