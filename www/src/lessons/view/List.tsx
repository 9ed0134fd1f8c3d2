import { LESSONS } from "../index.ts";
import { HOME, write } from "../place.ts";
import { doneOf, toAskAgain } from "../progress.ts";
import { OwnLesson } from "./OwnLesson.tsx";
import { ProgressPanel } from "./ProgressPanel.tsx";

/** All lessons in their order, with what was done of them. */
export function List() {
  const open = LESSONS.filter(({ id }) => doneOf(id) === undefined);
  const again = LESSONS.filter(({ id }) => toAskAgain.value.includes(id));
  const next = open[0] ?? again[0];
  const done = LESSONS.length - open.length;
  return (
    <>
      <section class="story ls-head" aria-label="The lessons">
        <div>
          <p class="kicker">{done === 0 ? `${LESSONS.length} lessons, two minutes each` : `${done} of ${LESSONS.length} done${again.length > 0 ? `, ${again.length} to be asked again` : ""}`}</p>
          <h2 class="asks" id="ls-question" tabIndex={-1}>Predict what an authorization server does, see it, and change one thing.</h2>
        </div>
        <nav class="steps" aria-label="Begin">
          {next && <a class="ls-next" href={`#${write({ ...HOME, lesson: next.id })}`}>{done === 0 ? "Begin" : open.length > 0 ? "Go on" : "Ask again"}: {next.title}</a>}
        </nav>
      </section>
      <ol class="ls-list">
        {LESSONS.map(({ id, title, question }) => (
          <li key={id}>
            <a href={`#${write({ ...HOME, lesson: id })}`}>
              <b>{title}</b>
              <span>{question}</span>
              <State id={id} />
            </a>
          </li>
        ))}
      </ol>
      {again.length > 0 && (
        <section class="ls-again" aria-labelledby="ls-again">
          <h3 id="ls-again">Asked again at the end</h3>
          <p class="quiet">What was not right the first time. It leaves this list as soon as it is.</p>
          <ul>{again.map(({ id, title }) => <li key={id}><a href={`#${write({ ...HOME, lesson: id })}`}>{title}</a></li>)}</ul>
        </section>
      )}
      <section class="ls-room" aria-labelledby="ls-room">
        <h3 id="ls-room">For a room</h3>
        <p>One idea on each screen, the room's predictions counted, notes on a second window; and a page of paper for each lesson.</p>
        <p class="ls-buttons">
          {LESSONS[0] && <a href={`#${write({ ...HOME, lesson: LESSONS[0].id, mode: "present" })}`}>Present the lessons</a>}
          <a href={`#${write({ ...HOME, mode: "handout" })}`}>Handout of all lessons</a>
        </p>
      </section>
      <OwnLesson />
      <ProgressPanel />
    </>
  );
}

/** Told by a shape and words, and never by a colour alone. */
function State({ id }: { id: string }) {
  const done = doneOf(id);
  if (done === undefined) return <small class="ls-state"><span aria-hidden="true">○</span> not done</small>;
  const guess = done.first === "right" ? { mark: "✓", words: "right at first" } : done.again === "right" ? { mark: "✓", words: "right when asked again" } : { mark: "↻", words: "to be asked again" };
  return <small class="ls-state" data-guess={done.first === "right" || done.again === "right" ? "right" : "wrong"}><span aria-hidden="true">{guess.mark}</span> {guess.words}{done.reached && <>, <span aria-hidden="true">◆</span> task reached</>}</small>;
}
