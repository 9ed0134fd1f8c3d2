import { clientName, walked } from "../../engine/decided.ts";
import type { Step } from "../../engine/walk.ts";
import { parse } from "../../state/request_text.ts";
import { state } from "../../state/store.ts";
import { ConsentScreen } from "../../view/ConsentScreen.tsx";
import { AccountScreen, SignInScreen } from "../../view/SignInScreen.tsx";
import { personName, stepWords } from "../../words/screens.ts";

/** The screens in their order, all at once. What is pressed there is the person's business, and may be none of the lesson's. */
export function Screens({ fixed }: { fixed: boolean }) {
  const { steps, decision, person } = walked.value;
  if (steps.length === 0) return decision.error && !decision.response ? <ErrorPage text={decision.error.description} /> : <Nothing />;
  return (
    <ol class="ls-screens">
      {steps.map((step, at) => (
        <li key={at}>
          <p class="quiet">{steps.length > 1 && `${at + 1}. `}{personName(step.person ?? person)} {stepWords(step)}</p>
          <fieldset class="device" disabled={fixed} aria-label={`The screen as ${personName(step.person ?? person)} sees it`}>
            <Address />
            <Drawn step={step} />
          </fieldset>
        </li>
      ))}
    </ol>
  );
}

function Drawn({ step }: { step: Step }) {
  switch (step.screen) {
    case "login":
    case "reauthenticate": return <SignInScreen step={step} />;
    case "select_account": return <AccountScreen />;
    case "consent": return <ConsentScreen step={step} />;
  }
}

function Nothing() {
  return (
    <div class="device empty">
      <p class="nothing">Nothing is shown</p>
      <p class="quiet">The browser goes straight back to {clientName.value}.</p>
    </div>
  );
}

function ErrorPage({ text }: { text: string }) {
  return (
    <div class="device">
      <Address />
      <div class="screen">
        <h4>This request cannot be answered</h4>
        <p>{text}</p>
        <p class="quiet">Nothing is redirected: nobody vouches for the address.</p>
      </div>
    </div>
  );
}

function Address() {
  const { endpoint } = parse(state.value.request);
  return <p class="address"><span aria-hidden="true">◦ ◦ ◦</span> {/^[a-z]+:\/\/([^/?#]+)/i.exec(endpoint)?.[1] ?? "the authorization server"}</p>;
}
