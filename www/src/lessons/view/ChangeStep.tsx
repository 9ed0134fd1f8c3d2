import { attempt, grade, lesson, linkTo } from "../store.ts";
import { attemptAt } from "../store.ts";
import { Editor } from "./Editor.tsx";
import { Hints } from "./Hints.tsx";
import { Onwards } from "./Onwards.tsx";
import { Sentence, Shown } from "./Shown.tsx";
import { Status } from "./Status.tsx";
import { Step } from "./Step.tsx";

/** One thing is changed until the goal is reached; the engine grades each change. */
export function ChangeStep() {
  const it = lesson.value;
  if (it === null) return null;
  const { goal, shows, may } = it.change;
  return (
    <Step title="Now change one thing" class="ls-change">
      <p class="ls-goal">{goal}</p>
      <Status />
      <div class="ls-columns ls-work">
        <div>
          <Editor />
        </div>
        <div>
          <Hints />
          <p class="ls-buttons">
            <a class={grade.value?.reached ? "ls-next" : "ls-next ls-plain"} href={linkTo({ slide: "remember" })}>{grade.value?.reached ? "Go on" : "Go on without it"}</a>
            <button type="button" aria-disabled={attempt.value === shows.link} onClick={() => attemptAt(shows.link)}>Start over</button>
            <Onwards link={attempt.value ?? shows.link} />
          </p>
        </div>
      </div>
      {(shows.kind === "request" || shows.kind === "policy") && <Sentence />}
      <Shown shows={shows} open={may.includes("person")} />
    </Step>
  );
}
