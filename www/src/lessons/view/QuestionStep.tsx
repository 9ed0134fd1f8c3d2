import { compare, complete, go, lesson } from "../store.ts";
import { Choices } from "./Choices.tsx";
import { Situation } from "./Situation.tsx";
import { Step } from "./Step.tsx";

/** The situation, and what one expects of it. */
export function QuestionStep() {
  const it = lesson.value;
  if (it === null) return null;
  return (
    <div class="ls-columns ls-ask">
      <section aria-labelledby="ls-given" class="ls-given">
        <h3 id="ls-given">The situation</h3>
        <p class="ls-story">{it.story}</p>
      </section>
      <Step title="Your prediction" class="ls-predict">
        <form onSubmit={(event) => { event.preventDefault(); compare(); }}>
          <Choices />
          <p class="ls-buttons">
            <button type="submit" class="primary" aria-disabled={!complete.value} aria-describedby={complete.value ? undefined : "ls-missing"}>Show what happens</button>
            {!complete.value && <button type="button" class="link" onClick={() => go({ slide: "reveal" })}>without a prediction</button>}
          </p>
          <p id="ls-missing" class="quiet">{complete.value ? "Press Enter to compare it with the engine." : it.predict.length > 1 ? "One tap for each question, or the keys 1 to 5." : "One tap, or the keys 1 to 5."}</p>
        </form>
      </Step>
      {/* On a phone the choices come before the particulars, which a prediction seldom needs. */}
      <section aria-labelledby="ls-particulars" class="ls-particulars">
        <h3 id="ls-particulars" class="ls-narrow">In particular</h3>
        <Situation shows={it.shows} />
      </section>
    </div>
  );
}
