import { useEffect, useState } from "preact/hooks";
import { MOST_STEPS } from "../../timeline/codec.ts";
import { readStep, writeStep } from "../../timeline/step_text.ts";
import { runs, setSteps, steps } from "../../timeline/store.ts";
import { stepWords } from "../../timeline/words.ts";
import { say } from "../../view/ui.ts";

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
  const focus = (at: number) => requestAnimationFrame(() => document.getElementById(`ls-step-${at}`)?.focus());
  return (
    <fieldset class="ls-steps-editor">
      <legend>The steps</legend>
      <ol>
        {drafts.map((text, at) => {
          const { step, dropped } = readStep(text.trim());
          const words = dropped.length > 0 ? "This looks like a secret, and is not taken." : step ? `${stepWords(step)}.` : text.trim() === "" ? "What happens here?" : "No step is written like this.";
          return (
            <li key={at}>
              <label for={`ls-step-${at}`}>{at + 1}<span class="hidden">, step</span></label>
              <input
                id={`ls-step-${at}`}
                value={text}
                list="ls-steps-known"
                spellcheck={false}
                autocapitalize="off"
                autocomplete="off"
                aria-describedby={`ls-step-words-${at}`}
                aria-invalid={step === null}
                onInput={(event) => edit(drafts.map((one, index) => (index === at ? event.currentTarget.value : one)))}
              />
              <button
                type="button"
                aria-label={`Insert a step after step ${at + 1}`}
                aria-disabled={drafts.length >= MOST_STEPS}
                onClick={() => { if (drafts.length < MOST_STEPS) edit([...drafts.slice(0, at + 1), "", ...drafts.slice(at + 1)]); focus(at + 1); }}
              >+</button>
              <button
                type="button"
                aria-label={`Remove step ${at + 1}`}
                onClick={() => { edit(drafts.filter((_, index) => index !== at)); say(`Step ${at + 1} is removed.`); focus(Math.max(0, at - 1)); }}
              >−</button>
              <small id={`ls-step-words-${at}`} class={step ? "quiet" : "ls-wrong"}>{words}</small>
            </li>
          );
        })}
      </ol>
      {drafts.length === 0 && <button type="button" onClick={() => { edit([""]); focus(0); }}>Add a step</button>}
      <datalist id="ls-steps-known">{offered().map((one) => <option key={one} value={one} />)}</datalist>
    </fieldset>
  );
}

/** As the link would write it. */
function normal(text: string): string {
  const { step } = readStep(text.trim());
  return step ? writeStep(step) : text;
}

const USUAL = ["logout", "session_timeout", "password_change", "user_revokes_app", "advance_clock?seconds=3600", "advance_clock?seconds=86400"];

/** What can be done with what was issued, and what can happen anyway. */
function offered(): string[] {
  const lives = runs.value.flatMap(({ entries }) => entries.at(-1)?.lives ?? []);
  const ways: Readonly<Record<string, (name: string) => string[]>> = {
    code: (name) => [`exchange?code=${name}`],
    refresh_token: (name) => [`refresh?refresh_token=${name}`, `revoke?token=${name}`],
    access_token: (name) => [`api_call?token=${name}`],
  };
  return [...new Set([...lives.flatMap(({ kind, name }) => ways[kind]?.(name) ?? []), ...USUAL])];
}
