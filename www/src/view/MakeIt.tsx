import type { Goal, SuggestedChange, SideEffect } from "grantwise/explore";
import { signal } from "@preact/signals";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { policy, walked } from "../engine/decided.ts";
import { catalogue } from "../engine/catalogue.ts";
import { changed } from "../engine/policies.ts";
import { askedOf, GOALS, likelyGoal, missingScopes, ways, type GoalName, type Way } from "../engine/suggested.ts";
import type { State } from "../state/model.ts";
import { change, changeCircumstances, state } from "../state/store.ts";
import { WithExplorer } from "./Explorer.tsx";
import { flash, knobPlace, placeOf, type Place } from "./places.ts";
import { counted, listed } from "./WhyInFull.tsx";
import { sayWithResult } from "./ui.ts";

/** The goal that was chosen, as the select writes it; null: the likeliest. */
const chosen = signal<string | null>(null);

/** What was applied last, and the state that came of it. */
const done = signal<{ says: string; goal: string; state: State } | null>(null);

const OWNERS: Readonly<Record<SuggestedChange["owner"], string>> = {
  request: "the client's developer",
  now: "the user, now",
  registration: "registration",
  record: "what is on record",
  policy: "the server",
};

/** So many are worth reading at once. */
const FIRST = 6;

const SCOPE = "scope:";

/** Every smallest set of changes that reaches a goal, each a button. */
export function MakeIt() {
  // As long as nothing else is changed, what was reached stays the goal.
  const goal = lastDone()?.goal ?? chosen.value ?? likelyGoal(walked.value);
  const scopes = new Set(missingScopes(walked.value));
  if (goal.startsWith(SCOPE)) scopes.add(goal.slice(SCOPE.length));
  return (
    <div class="make-it">
      <p class="goal">
        <label for="goal">What is wanted</label>{" "}
        <select id="goal" value={goal} onChange={(event) => choose(event.currentTarget.value)}>
          {GOALS.map(({ goal: one, title }) => <option key={one} value={one} selected={one === goal}>{title}</option>)}
          {[...scopes].map((scope) => <option key={scope} value={SCOPE + scope} selected={SCOPE + scope === goal}>the scope {scope}</option>)}
        </select>
      </p>
      <Undo />
      <WithExplorer>{({ suggest }) => <Ways goal={goal} suggest={suggest} />}</WithExplorer>
    </div>
  );
}

/** The last suggestion, as long as nothing else was changed since. */
function lastDone() {
  return done.value !== null && done.value.state === state.value ? done.value : null;
}

function choose(goal: string): void {
  chosen.value = goal;
  done.value = null;
}

function Undo() {
  const button = useRef<HTMLButtonElement>(null);
  const last = lastDone();
  // The button that was pressed is gone, so the focus goes to what takes it back.
  useLayoutEffect(() => { if (last !== null) button.current?.focus(); }, [last]);
  if (last === null) return null;
  return (
    <p class="done">
      <span><span aria-hidden="true">✓ </span>Done: {last.says}.</span>{" "}
      <button ref={button} type="button" onClick={() => { history.back(); document.getElementById("change-summary")?.focus(); }}>Undo</button>
    </p>
  );
}

type Suggest = typeof import("grantwise/explore").suggest;

function Ways({ goal, suggest }: { goal: string; suggest: Suggest }) {
  const found = useMemo(() => search(goal, suggest), [goal, suggest, state.value, policy.value]);
  if (found.reached) return <Reached />;
  if (found.suggestions.length === 0) return <Blocked rules={found.blocked_by} />;
  const all = found.ways;
  return (
    <>
      <p class="quiet" role="status">{counted(all.length, "smallest way", "smallest ways")} to get there, the least intrusive first. What it costs beside that stands behind it.</p>
      <ol class="ways">{all.slice(0, FIRST).map((way, at) => <Line key={at} way={way} goal={goal} />)}</ol>
      {all.length > FIRST && (
        <details>
          <summary>{counted(all.length - FIRST, "more way", "more ways")}</summary>
          <ol class="ways" start={FIRST + 1}>{all.slice(FIRST).map((way, at) => <Line key={at} way={way} goal={goal} />)}</ol>
        </details>
      )}
    </>
  );
}

function search(goal: string, suggest: Suggest) {
  const wanted: Goal = goal.startsWith(SCOPE) ? { scope: goal.slice(SCOPE.length) } : (goal as GoalName);
  const input = askedOf(walked.value);
  const found = suggest(policy.value.policy, input, wanted);
  return { ...found, ways: ways(found, suggest, wanted, state.value, input, (next) => changed(next.profile, next.policy).policy) };
}

function Reached() {
  const { decision } = walked.value;
  const open = decision.outcome !== "issue";
  return (
    <p class="reached">
      <span aria-hidden="true">✓ </span>
      {open ? "The request gets there as it is; only the person's answer stands between." : "It is so already."}{" "}
      {open && state.value.circumstances.consent !== "approved" && (
        <button type="button" onClick={() => changeCircumstances({ consent: "approved", "consent.scope": "" })}>The person approves</button>
      )}
    </p>
  );
}

function Blocked({ rules }: { rules: readonly string[] }) {
  const known = catalogue.value?.rules ?? [];
  return (
    <>
      <p><b>Nothing reaches it:</b> no three changes of the request, the registration, what is on record, what the user does now or the policy. These rules stand in the way:</p>
      <ul class="blocked">{rules.map((rule) => <li key={rule}>{known.find(({ id }) => id === rule)?.statement ?? rule}</li>)}</ul>
    </>
  );
}

function Line({ way: { suggestion, state: next }, goal }: { way: Way; goal: string }) {
  const { changes, side_effects } = suggestion;
  const words = changes.map(wordsOf);
  const owners = [...new Set(changes.map(({ owner }) => owner))];
  const what = changes.map((one, at) => <span key={one.says}>{at > 0 && <i> and </i>}{one.knob === null ? one.says : <code>{wordsOf(one)}</code>}</span>);
  return (
    <li>
      {next === null ? <p class="told-only">{what} <small>(this page has no field for it)</small></p> : (
        <button type="button" onClick={() => apply(next, changes, words, goal)}>{what}</button>
      )}
      <p class="owners">{owners.map((owner) => <span key={owner} class={`owner ${owner}`}>{OWNERS[owner]}</span>)}</p>
      <Also effects={side_effects} />
      {changes.map(({ knob }) => knob && <Meaning key={knob.knob} knob={knob.knob} value={knob.value} />)}
    </li>
  );
}

function wordsOf({ says, knob }: SuggestedChange): string {
  return knob === null ? says : `${knob.knob} = ${String(knob.value)}`;
}

/** The question that a knob answers, and what this answer means. */
function Meaning({ knob, value }: { knob: string; value: unknown }) {
  const known = catalogue.value?.knobs.find(({ id }) => id === knob);
  const option = known?.options.find((one) => one.value === value);
  return option ? <p class="quiet meaning">{known?.question} {option.meaning}</p> : null;
}

/** What else moves, in words. */
function Also({ effects }: { effects: readonly SideEffect[] }) {
  const says = effects.map((effect) => effect.says ?? `says ${effect.after ?? "nothing"} of ${effect.aspect.replaceAll("_", " ")}`);
  if (says.length === 0) return <p class="also quiet">Nothing else moves.</p>;
  const costs = effects.some(({ component, after }) => (component === "outcome" && after !== "issue") || (component === "scope" && after === "yes"));
  return (
    <p class="also" data-costs={costs ? "" : undefined}>
      {costs && <span aria-hidden="true">⚠ </span>}The server then also {listed(says)}.
    </p>
  );
}

function apply(next: State, changes: readonly SuggestedChange[], words: readonly string[], goal: string): void {
  const says = words.join(" and ");
  change(next);
  // The same object that the page now has, by which it is known again.
  done.value = { says, goal, state: state.value };
  sayWithResult(`Done: ${says}.`);
  const places = changes.map(placeOfChange).filter((one): one is Place => one !== null);
  // Once it is drawn.
  setTimeout(() => flash(places));
}

function placeOfChange({ owner, member, knob }: SuggestedChange): Place | null {
  if (knob !== null) return knobPlace(knob.knob, knob.value);
  return placeOf({ group: owner === "policy" ? "server" : owner, member });
}
