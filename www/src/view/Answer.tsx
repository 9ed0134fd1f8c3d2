import { clientName, result, walked } from "../engine/decided.ts";
import { because, plain, sentence, type Piece } from "../words/sentence.ts";
import { Explored } from "./Explored.tsx";
import { Gets } from "./Gets.tsx";
import { Moved } from "./moved.tsx";
import { Redirect } from "./Redirect.tsx";
import { Sees } from "./Sees.tsx";
import { Why } from "./Why.tsx";
import { state } from "../state/store.ts";
import { goTo, reveal } from "./ui.ts";
import { counts } from "virtual:summary";

/** The answer: one sentence, and under it what the user sees, what the client gets, and why. */
export function Answer({ children }: { children?: preact.ComponentChildren }) {
  const pieces = sentence(walked.value, clientName.value);
  const { decision } = walked.value;
  return (
    <section class="answer" id="answer" aria-labelledby="answer-sentence">
      <h2 id="answer-sentence" class="sentence-of-all" tabIndex={-1}>
        <span class="half">{pieces.filter(({ about }) => about === "screens").map((piece) => <Part key={piece.about} piece={piece} />)}</span>
        <span class="half">{pieces.filter(({ about }) => about !== "screens").map((piece, at) => <Part key={`${at} ${piece.about}`} piece={piece} />)}</span>
      </h2>
      <div class="under">
        <Moved value={because(decision)} as="p" class="because">{because(decision)}</Moved>
        <p class="onwards">
          <button type="button" class="link" onClick={onwards}>What happens next?</button>
          <button type="button" class="link" onClick={() => reveal("change", "change-summary")}>What would change it?</button>
          <button type="button" class="link" onClick={() => goTo("profiles")}>All {counts.profiles} profiles</button>
        </p>
      </div>
      {children}
      <div class="panels">
        <section class="panel" aria-labelledby="sees">
          <h3 id="sees">What the user sees</h3>
          <Moved value={result.value.screens} as="div"><Sees /></Moved>
        </section>
        <section class="panel" aria-labelledby="gets">
          <h3 id="gets">What the client gets</h3>
          <Gets />
        </section>
        <section class="panel" aria-labelledby="why">
          <h3 id="why">Why</h3>
          <Why />
          <p><button type="button" class="link" onClick={() => reveal("why", "why-summary")}>Why, in full</button></p>
        </section>
      </div>
      <Explored />
      <Redirect />
    </section>
  );
}

/** To the timeline with all that is set here. Where that does not come, it says so itself. */
function onwards(): void {
  import("../timeline/index.ts").then((timeline) => timeline.onwards(state.value, walked.value), () => { location.hash = "view=timeline"; });
}

function Part({ piece }: { piece: Piece }) {
  return <Moved value={piece.text}>{piece.weight === "strong" ? <strong>{piece.text}</strong> : piece.text}</Moved>;
}

export function answerText(): string {
  return plain(sentence(walked.value, clientName.value));
}
