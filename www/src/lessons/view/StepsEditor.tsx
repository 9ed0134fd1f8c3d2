import { useEffect, useState } from "preact/hooks";
import { MOST_STEPS } from "../../timeline/codec.ts";
import { readStep, writeStep } from "../../timeline/step_text.ts";
import { setSteps, steps } from "../../timeline/store.ts";
import { stepWords } from "../../timeline/words.ts";
import { sayWithResult } from "../../view/ui.ts";
import { offeredSteps } from "../steps_offered.ts";

/** The steps of a story, each as the text that stands in its link and in words; as long as all can be read they are told anew. */
export function StepsEditor() {
  const written = steps.value.map(writeStep);
  const known = JSON.stringify(written);
  const [drafts, setDrafts] = useState<readonly string[]>(written);
  // What was changed elsewhere, as by a hint, is shown; what is being typed stays as it is typed.
  useEffect(() => {
    if (JSON.stringify(drafts.map(normal)) !== known) setDrafts(written);
  }, [known]);
  const edit = (next: readonly string[]) => {
    setDrafts(next);
    const read = next.map((text) => readStep(text.trim()));
    if (read.every(({ step, dropped }) => step !== null && dropped.length === 0)) setSteps(read.flatMap(({ step }) => step ?? []));
  };
  const write = (at: number, text: string) => edit(drafts.map((one, index) => (index === at ? text : one)));
  const focus = (id: string) => requestAnimationFrame(() => document.getElementById(id)?.focus());
  const insert = (at: number) => {
    if (drafts.length >= MOST_STEPS) return;
    edit([...drafts.slice(0, at), "", ...drafts.slice(at)]);
    focus(`ls-step-choice-${at}`);
  };
  const move = (at: number, by: 1 | -1, from: "button" | "field") => {
    const text = drafts[at];
    const to = at + by;
    if (text === undefined || to < 0 || to >= drafts.length) return;
    edit(drafts.toSpliced(at, 1).toSpliced(to, 0, text));
    sayWithResult(`Step ${at + 1} is now step ${to + 1}.`);
    focus(from === "button" ? `ls-step-${by < 0 ? "up" : "down"}-${to}` : `ls-step-${to}`);
  };
  const remove = (at: number) => {
    edit(drafts.toSpliced(at, 1));
    sayWithResult(`Step ${at + 1} is removed.`);
    focus(`ls-step-${Math.max(0, at - 1)}`);
  };
  const offered = offeredSteps();
  return (
    <fieldset class="ls-steps-editor" aria-describedby="ls-steps-keys">
      <legend>The steps</legend>
      <ol>
        {drafts.map((text, at) => {
          const { step, dropped } = readStep(text.trim());
          const empty = text.trim() === "";
          const words = dropped.length > 0 ? "This looks like a secret, and is not taken." : step ? `${stepWords(step)}.` : empty ? "" : "No step is written like this.";
          return (
            <li key={at}>
              <label for={`ls-step-${at}`}>{at + 1}<span class="hidden">, step</span></label>
              {empty && (
                <select id={`ls-step-choice-${at}`} class="ls-step-choice" aria-label={`What happens at step ${at + 1}`} value="" onChange={(event) => { write(at, event.currentTarget.value); focus(`ls-step-${at}`); }}>
                  <option value="">Choose what happens here …</option>
                  {offered.filter(({ good }) => good).map((one) => <option key={one.text} value={one.text}>{one.words}</option>)}
                </select>
              )}
              <input
                id={`ls-step-${at}`}
                value={text}
                list="ls-steps-known"
                placeholder="or write it"
                spellcheck={false}
                autocapitalize="off"
                autocomplete="off"
                aria-describedby={`ls-step-words-${at}`}
                aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                aria-invalid={step === null}
                onInput={(event) => write(at, event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
                  event.preventDefault();
                  move(at, event.key === "ArrowUp" ? -1 : 1, "field");
                }}
              />
              <span class="ls-step-buttons">
                <button type="button" id={`ls-step-insert-${at}`} aria-label={`Insert a step after step ${at + 1}`} title="Insert a step after this one" aria-disabled={drafts.length >= MOST_STEPS} onClick={() => insert(at + 1)}>+</button>
                <button type="button" aria-label={`Remove step ${at + 1}`} title="Remove this step" onClick={() => remove(at)}>−</button>
                <button type="button" id={`ls-step-up-${at}`} aria-label={`Move step ${at + 1} up`} title="Move this step up (Alt and arrow up)" aria-disabled={at === 0} onClick={() => move(at, -1, "button")}>↑</button>
                <button type="button" id={`ls-step-down-${at}`} aria-label={`Move step ${at + 1} down`} title="Move this step down (Alt and arrow down)" aria-disabled={at === drafts.length - 1} onClick={() => move(at, 1, "button")}>↓</button>
              </span>
              <small id={`ls-step-words-${at}`} class={step || empty ? "quiet" : "ls-wrong"}>{words}</small>
            </li>
          );
        })}
      </ol>
      {drafts.length === 0 && <button type="button" onClick={() => insert(0)}>Add a step</button>}
      <p id="ls-steps-keys" class="hidden">In a step, Alt with an arrow key moves it up or down.</p>
      <datalist id="ls-steps-known">{offered.map(({ text }) => <option key={text} value={text} />)}</datalist>
    </fieldset>
  );
}

/** As the link would write it. */
function normal(text: string): string {
  const { step } = readStep(text.trim());
  return step ? writeStep(step) : text;
}
