import type { Consent } from "grantwise";
import type { Step } from "../engine/walk.ts";
import { hasGrant } from "../engine/situation.ts";
import { changeCircumstances, state } from "../state/store.ts";
import { causeWords, type Former } from "../words/causes.ts";
import { personName } from "../words/screens.ts";
import { breaks } from "./breaks.tsx";
import { scopeWords } from "../words/scopes.ts";

/** The consent screen, drawn from the decision that calls for it. What is pressed here is the person's answer. */
export function ConsentScreen({ step }: { step: Step }) {
  const { consent } = step.decision;
  if (!consent) return null;
  const c = state.value.circumstances;
  const choose = (chosen: typeof c.consent) => changeCircumstances({ consent: chosen, "consent.scope": "" });
  const name = personName(consent.sub);
  return (
    <div class="screen">
      <h4>{consent.client_id} asks {name} for</h4>
      <ul class="scopes">{consent.scopes.map((one) => <ScopeLine key={one.scope} one={one} consent={consent} />)}</ul>
      {consent.offline_access && <p class="notice"><span aria-hidden="true">◷</span> Also while {name} is away: offline access</p>}
      {consent.redirect_host !== undefined && <p class="notice">The response goes to {consent.redirect_host}</p>}
      {consent.loopback_warning && <p class="notice">Whoever listens on this device may receive it</p>}
      {consent.remember === "checkbox" && (
        <p class="remember">
          <input type="checkbox" id="screen-remember" checked={c["consent.remember"]} onChange={(event) => changeCircumstances({ "consent.remember": event.currentTarget.checked })} />{" "}
          <label for="screen-remember">Remember my answer</label>
        </p>
      )}
      <div class="buttons" role="group" aria-label={`What ${name} presses`}>
        <button type="button" aria-pressed={c.consent === "denied"} onClick={() => choose("denied")}>Deny</button>
        <button type="button" class="primary" aria-pressed={c.consent === "approved" || c.consent === "some"} onClick={() => choose("approved")}>Approve</button>
      </div>
      {consent.because.length > 0 && <p class="quiet">Shown because {consent.because.map((reason) => causeWords(reason, former(consent))).join(", and ")}.</p>}
    </div>
  );
}

/** What became of an earlier approval of all that is asked here. */
function former({ sub, scopes }: Consent): Former {
  const { circumstances: c } = state.value;
  if (!hasGrant(state.value) || c["grant.owner"] !== sub) return null;
  const had = new Set(c.grant.split(" "));
  if (!scopes.every(({ scope }) => had.has(scope) || (scope === "offline_access" && c["grant.offline"]))) return null;
  return c["grant.status"] === "revoked" ? "revoked" : c["grant.remembered"] ? null : "forgotten";
}

const STATUS = { new: { mark: "+", word: "new" }, already_granted: { mark: "✓", word: "already granted" } } as const;

function ScopeLine({ one, consent }: { one: Consent["scopes"][number]; consent: Consent }) {
  const { scope, status, optional } = one;
  const words = scopeWords(scope);
  const id = `screen-scope-${scope}`;
  const all = consent.scopes.map((other) => other.scope);
  const kept = approved(all);
  const toggle = () => {
    const next = kept.includes(scope) ? kept.filter((other) => other !== scope) : all.filter((other) => other === scope || kept.includes(other));
    changeCircumstances(next.length === all.length ? { consent: "approved", "consent.scope": "" } : { consent: "some", "consent.scope": next.join(" ") });
  };
  return (
    <li>
      <input type="checkbox" id={id} checked={kept.includes(scope)} disabled={!optional} onChange={toggle} />
      <label for={id}>{words ?? breaks(scope)}{words && <code>{breaks(scope)}</code>}</label>
      <span class={`status ${status}`}><span aria-hidden="true">{STATUS[status].mark}</span> {STATUS[status].word}</span>
    </li>
  );
}

/** What the person leaves ticked. */
function approved(all: readonly string[]): string[] {
  const c = state.value.circumstances;
  if (c.consent !== "some") return [...all];
  const kept = c["consent.scope"].split(" ");
  return all.filter((scope) => kept.includes(scope));
}
