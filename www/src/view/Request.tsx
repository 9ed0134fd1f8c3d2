import { parameters } from "../engine/decided.ts";
import { changeRequest, state } from "../state/store.ts";
import { paste } from "../state/paste.ts";
import { isPasted, parse } from "../state/request_text.ts";
import { Fates, FIRST } from "./Fates.tsx";
import { Later } from "./later.ts";
import { attention, FIRST_FIELD, opened, pointed, wholeRequest } from "./ui.ts";
import { written } from "./written.ts";

/** The request as the text that it is: edited in place, coloured by what became of each parameter. */
export function Request() {
  const text = state.value.request;
  return (
    <div class="row" id="request">
      <h2><label for={FIRST_FIELD}>Request</label></h2>
      <div class="content">
        <div class="url">
          <Coloured />
          <textarea
            id={FIRST_FIELD}
            value={text}
            rows={1}
            spellcheck={false}
            autocapitalize="off"
            autocomplete="off"
            aria-describedby="request-help"
            onInput={(event) => edited(event.currentTarget)}
            onKeyDown={(event) => {
              // A request has no lines. Escape leaves the field, so that the keys of the page work again.
              if (event.key === "Enter") event.preventDefault();
              if (event.key === "Escape") event.currentTarget.blur();
            }}
            onSelect={(event) => point(event.currentTarget)}
            onBlur={() => attention.set("focus", null)}
          />
        </div>
        <p id="request-help" class="hidden">The authorization request as a URL. Paste one from your own system: nothing leaves this page.</p>
        <Fates />
      </div>
      <details open={opened.form.value} onToggle={(event) => { opened.form.value = event.currentTarget.open; }}>
        <summary id="form-summary">as a form</summary>
        {opened.form.value && <Later part="RequestForm" />}
      </details>
    </div>
  );
}

/** What was typed is taken as it stands; what was pasted is looked at first. */
async function edited(field: HTMLTextAreaElement): Promise<void> {
  const text = field.value;
  if (!isPasted(text, state.value.request)) return changeRequest(text, "request");
  await paste(text);
  if (field.value === text) field.value = state.value.request;
}

/** The caret points to the parameter in which it stands. */
function point(field: HTMLTextAreaElement): void {
  const at = field.selectionStart;
  const found = parse(field.value).pairs.findIndex(({ start, end }) => start <= at && at <= end);
  attention.set("focus", found < 0 ? null : found);
}

/**
 * The same text below the field, letter for letter, whose own letters are not painted. Only colours and lines may
 * differ: anything that moves a letter would part the two.
 */
function Coloured() {
  const text = state.value.request;
  const all = parameters.value;
  const pieces = [];
  let at = 0;
  for (const [index, fate] of all.entries()) {
    // Of very many, only those further on are coloured of which there is something to be told.
    if (index >= FIRST && !wholeRequest.value && fate.sentences.length === 0 && pointed.value !== index) continue;
    if (fate.pair.start > at) pieces.push(<span class="joint" key={`j${index}`}>{text.slice(at, fate.pair.start)}</span>);
    pieces.push(
      <span key={index} class={`pair ${fate.fate}`} data-pointed={pointed.value === index ? "" : undefined}>
        {written(text, fate).map((word, place) => <span key={place} class={word.kind}>{word.text}</span>)}
      </span>,
    );
    at = fate.pair.end;
  }
  // A last space keeps the height right while the text ends in a line break.
  return <div class="coloured" aria-hidden="true">{pieces}<span class="joint">{text.slice(at)}</span>{" "}</div>;
}
