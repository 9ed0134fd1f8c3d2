import { parameters } from "../engine/decided.ts";
import type { ParameterFate } from "../engine/fates.ts";
import { parameter } from "../state/parameters.ts";
import { breaks } from "./breaks.tsx";
import { attention, FIRST_FIELD, pointed, wholeRequest } from "./ui.ts";

/** Each fate has a shape and a word; the colour only helps. */
export const FATES = {
  used: { mark: "✓", word: "used" },
  ignored: { mark: "⊘", word: "set aside" },
  refused: { mark: "✕", word: "refused" },
  passed_over: { mark: "○", word: "read by no rule" },
} as const;

/** So many parameters are drawn one by one at first: hundreds take longer to draw than to decide. */
export const FIRST = 100;

/** What became of the parameters: a chip for each, and the reasons in words. */
export function Fates() {
  const all = parameters.value;
  const more = wholeRequest.value ? 0 : Math.max(0, all.length - FIRST);
  const told = all.filter(({ sentences }) => sentences.length > 0);
  const shown = pointed.value === null ? undefined : all[pointed.value];
  return (
    <div class="fates">
      {/* Of a chip that is gone while it is pointed at, only the list is left. */}
      <ul class="chips" onMouseLeave={() => attention.set("pointer", null)} data-focus={`li:nth-child(${FIRST + 1}) > button`} aria-label="What became of each parameter">
        {all.slice(0, all.length - more).map((fate, index) => (
          <li key={`${index} ${fate.pair.name}`}>
            <button
              type="button"
              class={`fate ${overall(fate)}`}
              aria-describedby={`fate-${index}`}
              data-pointed={pointed.value === index ? "" : undefined}
              onMouseEnter={() => attention.set("pointer", index)}
              onMouseLeave={() => attention.set("pointer", null)}
              onFocus={() => attention.set("focus", index)}
              onBlur={() => attention.set("focus", null)}
              onClick={() => select(fate)}
            >
              <span aria-hidden="true">{FATES[overall(fate)].mark}</span> {fate.pair.name || "(no name)"}
              {overall(fate) === "used" ? <span class="hidden"> used</span> : <small> {wordOf(fate)}</small>}
            </button>
            <span id={`fate-${index}`} class="hidden">{explained(fate)}</span>
          </li>
        ))}
        {more > 0 && <li><button type="button" class="link" onClick={() => { wholeRequest.value = true; }}>and {more} more</button></li>}
        {all.length === 0 && <li>No parameters yet. Paste an authorization request, or open the form.</li>}
      </ul>
      <div class="told">
        <ul class="reasons" data-behind={shown ? "" : undefined}>
          {told.slice(0, wholeRequest.value ? told.length : FIRST).map(({ pair, fate, sentences, words }, index) => (
            <li key={index}><code class={fate === "refused" ? "refused" : ""}>{breaks(`${pair.name}=${named(words, pair.value)}`)}</code> {sentences.join(" ")}</li>
          ))}
          {told.length === 0 && <li class="quiet" aria-hidden="true">Nothing is set aside. Point at a parameter to see its part in the answer.</li>}
        </ul>
        {shown && <p class="pointed" aria-hidden="true">{explained(shown)}</p>}
      </div>
    </div>
  );
}

/** One word set aside is worth a mark, though the rest is used. */
function overall({ fate, words }: ParameterFate): keyof typeof FATES {
  return fate === "used" && words.some((word) => word.fate === "ignored") ? "ignored" : fate;
}

function wordOf(fate: ParameterFate): string {
  const aside = fate.words.filter((word) => word.fate === "ignored");
  return fate.fate === "used" && aside.length > 0 ? `${aside.map(({ text }) => text).join(", ")} set aside` : FATES[fate.fate].word;
}

function named(words: ParameterFate["words"], value: string): string {
  const aside = words.filter(({ sentence }) => sentence !== null).map(({ text }) => text);
  return aside.length > 0 ? aside.join(" ") : value;
}

/** What it asks for, what became of it, and what would be without it. */
export function explained(fate: ParameterFate): string {
  const about = parameter(fate.pair.name)?.about;
  const sentences = [`${fate.pair.name}${about ? `, ${about}` : ""}: ${wordOf(fate)}.`, ...fate.sentences];
  if (fate.fate !== "refused") {
    sentences.push(fate.without === null ? "Without it the answer is the same." : `Without it: ${fate.without}.`);
  }
  return sentences.join(" ");
}

/** A chip leads to its place in the text. */
function select({ pair }: ParameterFate): void {
  const field = document.getElementById(FIRST_FIELD) as HTMLTextAreaElement | null;
  field?.focus();
  field?.setSelectionRange(Math.min(pair.end, pair.start + pair.name.length + 1), pair.end);
}
