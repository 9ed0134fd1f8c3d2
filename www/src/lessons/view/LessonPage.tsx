import { useEffect, useLayoutEffect } from "preact/hooks";
import { say } from "../../view/ui.ts";
import { LESSONS } from "../index.ts";
import { doneOf } from "../progress.ts";
import { HOME, STEP_OF, STEPS, write, type Step } from "../place.ts";
import { complete, lesson, linkTo, number, picked, place, right, visits } from "../store.ts";
import { ChangeStep } from "./ChangeStep.tsx";
import { QuestionStep } from "./QuestionStep.tsx";
import { RememberStep } from "./RememberStep.tsx";
import { RevealStep } from "./RevealStep.tsx";
import { said } from "./spoken.ts";
import { STEP_TITLES, titles } from "./titles.ts";

const PAGES = { question: QuestionStep, reveal: RevealStep, change: ChangeStep, remember: RememberStep } as const;

/** A lesson for one who studies alone, a step at a time. */
export function LessonPage() {
  const it = lesson.value;
  const step = STEP_OF[place.value.slide];
  useLayoutEffect(() => {
    // The page comes up as it is; afterwards the focus goes where the new step is.
    if (visits.count < 2) return;
    scrollTo(0, 0);
    document.getElementById(step === "question" ? "ls-question" : "ls-step")?.focus({ preventScroll: true });
  }, [it, step]);
  useEffect(() => {
    if (it !== null) say(spoken(step));
  }, [it, step]);
  if (it === null) return null;
  const Page = PAGES[step];
  const neighbour = (by: 1 | -1) => (number.value === 0 ? undefined : LESSONS[number.value - 1 + by]);
  const [before, next] = [neighbour(-1), neighbour(1)];
  return (
    <>
      <section class="story ls-head" aria-label="The lesson" data-step={step}>
        <div>
          <p class="kicker">{titles.lesson(number.value)}: {it.title}</p>
          <h2 class="asks" id="ls-question" tabIndex={-1}>{it.question}</h2>
        </div>
        <nav class="steps" aria-label="Other lessons">
          {before && <a href={`#${write({ ...HOME, lesson: before.id })}`} aria-label={`Previous lesson: ${before.title}`}>Previous</a>}
          {next && <a href={`#${write({ ...HOME, lesson: next.id })}`} aria-label={`Next lesson: ${next.title}`}>Next lesson</a>}
          <a href={`#${write(HOME)}`}>All {LESSONS.length}</a>
          <a data-mode="present" href={linkTo({ mode: "present" })}>Present</a>
          <a href={linkTo({ mode: "handout", slide: "question", predicted: [] })}>Handout</a>
        </nav>
      </section>
      <Steps at={step} />
      <Page />
    </>
  );
}

function spoken(step: Step): string {
  const it = lesson.peek();
  if (it === null) return "";
  switch (step) {
    case "question": return said.question(it, number.peek());
    case "reveal": return said.reveal(it, picked.peek(), right.peek());
    case "change": return said.change(it);
    case "remember": return said.remember(it);
  }
}

/** Where one is; what was not reached yet is no link, so that nothing is given away by chance. */
function Steps({ at }: { at: Step }) {
  const open = complete.value || at !== "question" || doneOf(lesson.value?.id ?? "") !== undefined;
  return (
    <ol class="ls-steps" aria-label="Steps of the lesson">
      {STEPS.map((step, index) => (
        <li key={step} aria-current={step === at ? "step" : undefined}>
          {step === at || !(open || step === "question") || (step === "reveal" && at === "question")
            ? <span><b aria-hidden="true">{index + 1}</b> {STEP_TITLES[step]}</span>
            : <a href={linkTo({ slide: step })}><b aria-hidden="true">{index + 1}</b> {STEP_TITLES[step]}</a>}
        </li>
      ))}
    </ol>
  );
}
