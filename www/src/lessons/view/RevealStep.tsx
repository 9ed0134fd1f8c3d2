import { lesson, linkTo } from "../store.ts";
import { Cited } from "./Cited.tsx";
import { CopyPrediction } from "./CopyPrediction.tsx";
import { Onwards } from "./Onwards.tsx";
import { Shown } from "./Shown.tsx";
import { Step } from "./Step.tsx";
import { Verdict } from "./Verdict.tsx";

/** What happens, in one sentence with its reason, and drawn as it happens. */
export function RevealStep() {
  const it = lesson.value;
  if (it === null) return null;
  return (
    <Step title="What happens" class="ls-reveal">
      <p class="ls-says">{it.reveal}</p>
      <p class="ls-reason"><b>Why:</b> {it.reason}</p>
      <Verdict />
      <p class="ls-buttons">
        <a class="ls-next" href={linkTo({ slide: "change" })}>Now change one thing</a>
        <CopyPrediction />
        <Onwards />
      </p>
      <Shown shows={it.shows} why />
      <Cited sources={it.sources} />
    </Step>
  );
}
