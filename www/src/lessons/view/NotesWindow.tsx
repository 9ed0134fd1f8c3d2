import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { LESSONS } from "../index.ts";
import type { Lesson } from "../lesson.ts";
import type { Slide } from "../place.ts";
import { slideAt, slidesOf, turn } from "../slides.ts";
import { lesson, number, place, right } from "../store.ts";
import { link, together } from "../windows.ts";
import { titles } from "./titles.ts";

const SLIDE_TITLES: Readonly<Record<Slide, string>> = {
  question: "The question", situation: "The situation", predict: "The first prediction", "predict-2": "The second prediction",
  reveal: "What happens", drawn: "Drawn", why: "Why", change: "Change one thing", remember: "Remember",
};

/** What only the teacher sees: notes, the right answers, what comes next, and the time. */
export function NotesWindow() {
  useLayoutEffect(() => link(), []);
  const it = lesson.value;
  if (it === null) return null;
  const slides = slidesOf(it);
  const at = slideAt();
  const next = slides[at + 1];
  const { slide } = place.value;
  return (
    <div class="ls-notes">
      <header>
        <h1>{it.title}</h1>
        <p class="quiet">{titles.lesson(number.value)}, screen {at + 1} of {slides.length}: {SLIDE_TITLES[slide]}. {together.value ? "Together with the other window." : "No other window answers; turn the pages here."}</p>
        <Timer />
      </header>
      <main>
        <section aria-labelledby="ls-now">
          <h2 id="ls-now">Now: {SLIDE_TITLES[slide]}</h2>
          <p>{saysNow(it, slide)}</p>
        </section>
        <section aria-labelledby="ls-say">
          <h2 id="ls-say">Notes</h2>
          <ul>{it.notes.map((note) => <li key={note}>{note}</li>)}</ul>
        </section>
        <section aria-labelledby="ls-then">
          <h2 id="ls-then">Next</h2>
          <p>{next ? <><b>{SLIDE_TITLES[next]}.</b> {saysNow(it, next)}</> : number.value > 0 && LESSONS[number.value] ? `The next lesson: ${LESSONS[number.value]?.title}` : "That was the last screen."}</p>
        </section>
      </main>
      <p class="ls-buttons">
        <button type="button" onClick={() => turn(-1)}>Back</button>
        <button type="button" class="primary" onClick={() => turn(1)}>Forward</button>
      </p>
    </div>
  );
}

/** What is on a screen, and what the room does not see there. */
function saysNow(it: Lesson, slide: Slide): string {
  const predicted = (at: number) => `${it.predict[at]?.asks ?? ""} Right: ${it.predict[at]?.choices[right.value[at] ?? -1]?.text ?? ""}`;
  switch (slide) {
    case "question": return it.question;
    case "situation": return it.story;
    case "predict": return predicted(0);
    case "predict-2": return predicted(1);
    case "reveal": return it.reveal;
    case "drawn": return "The screens and tokens, as the engine has them.";
    case "why": return it.reason;
    case "change": return `${it.change.goal} ${it.change.hints.where} ${it.change.hints.what}`;
    case "remember": return it.remember;
  }
}

/** How long the window is open, to be stopped and begun anew. */
function Timer() {
  const passed = useSignal(0);
  const runs = useSignal(true);
  useEffect(() => {
    if (!runs.value) return;
    const began = Date.now() - passed.peek() * 1000;
    const ticks = setInterval(() => { passed.value = Math.floor((Date.now() - began) / 1000); }, 250);
    return () => clearInterval(ticks);
  }, [runs.value]);
  const minutes = Math.floor(passed.value / 60);
  return (
    <p class="ls-timer">
      <span role="timer" aria-label="Time passed">{minutes}:{String(passed.value % 60).padStart(2, "0")}</span>
      <button type="button" onClick={() => { runs.value = !runs.value; }}>{runs.value ? "Pause" : "Go on"}</button>
      <button type="button" onClick={() => { runs.value = false; passed.value = 0; setTimeout(() => { runs.value = true; }); }}>Begin anew</button>
    </p>
  );
}
