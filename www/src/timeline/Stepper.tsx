import { current, goTo, steps } from "./store.ts";
import { play, playing } from "./stories.ts";

/** Forward and back through the steps. */
export function Stepper() {
  const at = current.value;
  const total = steps.value.length;
  return (
    <div class="tl-stepper" role="group" aria-label="Steps" data-steps>
      <button type="button" onClick={() => goTo(0)} aria-disabled={at === 0} aria-label="Before the first step" aria-keyshortcuts="Home"><span aria-hidden="true">|◀</span></button>
      <button type="button" onClick={() => goTo(at - 1)} aria-disabled={at === 0} aria-keyshortcuts=", ArrowLeft"><span aria-hidden="true">◀</span> Back</button>
      <p class="tl-at"><b>{at === 0 ? "Before the first step" : `Step ${at}`}</b>{at > 0 && <> of {total}</>}</p>
      <button type="button" class="primary" onClick={() => goTo(at + 1)} aria-disabled={at === total} aria-keyshortcuts=". ArrowRight">Forward <span aria-hidden="true">▶</span></button>
      <button type="button" onClick={() => goTo(total)} aria-disabled={at === total} aria-label="Last step" aria-keyshortcuts="End"><span aria-hidden="true">▶|</span></button>
      <button type="button" onClick={() => play(!playing.value)} aria-pressed={playing.value}>{playing.value ? "Pause" : "Play"}</button>
    </div>
  );
}
