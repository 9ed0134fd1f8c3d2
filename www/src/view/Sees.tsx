import { useEffect } from "preact/hooks";
import { clientName, walked } from "../engine/decided.ts";
import { parse } from "../state/request_text.ts";
import { state } from "../state/store.ts";
import { personName, stepWords } from "../words/screens.ts";
import { loadSoon, soon, soonFailed } from "./soon.ts";
import { lookedAt } from "./ui.ts";

/** The screens in their order, and the one that is looked at, drawn as a screen. */
export function Sees() {
  const { steps, decision, person } = walked.value;
  useEffect(() => { lookedAt.value = null; }, [steps.map(({ screen }) => screen).join()]);
  useEffect(() => { if (steps.length > 0) loadSoon().catch(() => undefined); }, [steps.length]);
  const at = Math.min(lookedAt.value ?? steps.length - 1, steps.length - 1);
  const step = steps[at];
  if (!step) return <NothingShown />;
  const Drawn = soon.value?.DrawnScreen;
  return (
    <>
      <ol class="walk" aria-label="The screens in their order">
        {steps.map((one, index) => (
          <li key={index}>
            <button type="button" aria-pressed={index === at} onClick={() => { lookedAt.value = index; }}>
              <b>{index + 1}</b> {stepWords(one)}
            </button>
          </li>
        ))}
        <li class="end">{decision.outcome === "error" && !decision.response ? "then an error page" : `then back to ${clientName.value}`}</li>
      </ol>
      <div class="device" role="group" aria-label={`The screen as ${personName(step.person ?? person)} sees it`}>
        <p class="address"><span aria-hidden="true">◦ ◦ ◦</span> {host(state.value.request)}</p>
        {Drawn ? <Drawn step={step} /> : soonFailed.value && <p class="failure">The screen could not be drawn, because a part of the page did not arrive. Reload the page.</p>}
      </div>
    </>
  );
}

function NothingShown() {
  const { decision, person } = walked.value;
  if (decision.error && !decision.response) {
    return (
      <div class="device" role="group" aria-label={`The error page as ${personName(person)} sees it`}>
        <p class="address"><span aria-hidden="true">◦ ◦ ◦</span> {host(state.value.request)}</p>
        <div class="screen">
          <h4>This request cannot be answered</h4>
          <p>{decision.error.description}</p>
          <p class="quiet">Nothing is redirected: nobody vouches for the address.</p>
        </div>
      </div>
    );
  }
  return (
    <div class="device empty">
      <p class="nothing">Nothing is shown</p>
      <p class="quiet">The browser goes straight back to {clientName.value}.</p>
    </div>
  );
}

function host(request: string): string {
  const { endpoint } = parse(request);
  return /^[a-z]+:\/\/([^/?#]+)/i.exec(endpoint)?.[1] ?? "the authorization server";
}
