import { differ, happened, ruleOf } from "./happened.ts";
import type { Run } from "./run.ts";
import { current, steps } from "./store.ts";
import { resultWords, stepWords } from "./words.ts";

/** The current step in one sentence, and what came of it. */
export function Now({ run, other }: { run: Run; other: Run | null }) {
  const at = current.value;
  const entry = run.entries[at - 1];
  if (!entry) return <div class="tl-now"><p class="tl-done">{run.session ? "Alice is signed in." : "Nobody is signed in."} Nothing has been issued.</p><p class="tl-summary">Go forward to begin.</p></div>;
  const counterpart = other?.entries[at - 1];
  const result = resultWords(entry);
  const apart = counterpart !== undefined && differ(entry, counterpart);
  return (
    <div class="tl-now">
      <p class="tl-done"><span class="tl-number">{at}</span> {stepWords(steps.value[at - 1] ?? entry.step)}. {apart && <b class="tl-differs">≠ differs</b>}</p>
      <p class="tl-summary"><b class={`tl-result tl-${result.tone}`}><span aria-hidden="true">{result.shape} </span>{result.word}</b> {happened(entry)}</p>
      <p class="quiet">{ruleOf(entry)}</p>
    </div>
  );
}
