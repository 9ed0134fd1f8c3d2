import { clientName, profile } from "../engine/decided.ts";
import { get } from "../state/request_text.ts";
import { state } from "../state/store.ts";
import { breaks } from "./breaks.tsx";
import { Circumstances } from "./Circumstances.tsx";
import { Notes } from "./Notes.tsx";
import { PolicyPanel } from "./PolicyPanel.tsx";
import { Request } from "./Request.tsx";
import { opened } from "./ui.ts";

/** What is asked: the request, the circumstances and the policy. */
export function Question({ children }: { children?: preact.ComponentChildren }) {
  return (
    <section class="question" aria-label="The question" data-focus="textarea">
      <Request />
      {children}
      <Circumstances />
      <PolicyPanel />
    </section>
  );
}

/** The same as a line that unfolds. What is to be told of it is told all the same. */
export function FoldedQuestion() {
  return (
    <>
      <Notes />
      <details class="asked" open={opened.question.value} onToggle={(event) => { opened.question.value = event.currentTarget.open; }}>
        <summary id="question-summary"><b>{breaks(clientName.value)}</b> asks for <b>{breaks(get(state.value.request, "scope") ?? "nothing")}</b> under <b>{profile.value.title}</b>. <i>See or change it</i></summary>
        <Question />
      </details>
    </>
  );
}
