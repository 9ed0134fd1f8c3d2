import { clientName, walked } from "../../engine/decided.ts";
import { Legend } from "../../timeline/Legend.tsx";
import { Now } from "../../timeline/Now.tsx";
import { Picture } from "../../timeline/Picture.tsx";
import { profileTitle } from "../../timeline/profiles.ts";
import { Stepper } from "../../timeline/Stepper.tsx";
import { runs } from "../../timeline/store.ts";
import { Gets } from "../../view/Gets.tsx";
import { Moved } from "../../view/moved.tsx";
import { Why } from "../../view/Why.tsx";
import { plain, sentence } from "../../words/sentence.ts";
import type { Situation } from "../lesson.ts";
import { Comparison } from "./Comparison.tsx";
import { Screens } from "./Screens.tsx";

interface Properties {
  shows: Situation;
  /** The rules, too. */
  why?: boolean;
  /** What the person does on the screens is part of the task. */
  open?: boolean;
  /** What happens step by step is told elsewhere: the picture alone. */
  brief?: boolean;
}

/** What comes of the situation, as the playground and the timeline draw it. */
export function Shown({ shows, why = false, open = false, brief = false }: Properties) {
  switch (shows.kind) {
    case "timeline": return <Lives brief={brief} />;
    case "comparison": return <Comparison policies={shows.policies} />;
    default: return <Answered why={why} open={open} />;
  }
}

/** The answer in one sentence; it is the same that the playground says. */
export function Sentence() {
  const text = plain(sentence(walked.value, clientName.value));
  return <Moved value={text} as="p" class="ls-sentence">{text}</Moved>;
}

function Answered({ why, open }: Required<Pick<Properties, "why" | "open">>) {
  return (
    <div class={why ? "panels" : "panels ls-two"}>
      <section class="panel" aria-labelledby="ls-sees">
        <h3 id="ls-sees">What the user sees</h3>
        <Screens fixed={!open} />
      </section>
      <section class="panel" aria-labelledby="ls-gets">
        <h3 id="ls-gets">What the client gets</h3>
        <Gets />
      </section>
      {why && (
        <section class="panel" aria-labelledby="ls-rules">
          <h3 id="ls-rules">The rules</h3>
          <Why />
        </section>
      )}
    </div>
  );
}

function Lives({ brief }: { brief: boolean }) {
  const both = runs.value.length > 1;
  return (
    <div class="timeline">
      {!brief && <Stepper />}
      <div class={both ? "tl-runs tl-two" : "tl-runs"}>
        {runs.value.map((run, index) => (
          <section key={index} aria-label={profileTitle(run.profile)}>
            {both && <h3>{profileTitle(run.profile)}</h3>}
            {!brief && <Now run={run} other={runs.value[1 - index] ?? null} />}
            <Picture run={run} index={index} />
          </section>
        ))}
      </div>
      {!brief && <Legend />}
    </div>
  );
}
