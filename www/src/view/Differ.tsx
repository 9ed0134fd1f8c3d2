import type { Difference } from "grantwise/explore";
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { profiles } from "virtual:summary";
import { changed } from "../engine/policies.ts";
import {
  alternatives, byCause, bySaid, cancel, compare, comparison, many, opened as openedAs,
  type Caused, type Comparison, type Named, type Said,
} from "../engine/differ.ts";
import { countsOf, KINDS, kindOf, type Kind } from "../engine/kinds.ts";
import { Glance } from "./Glance.tsx";
import { catalogue } from "../engine/catalogue.ts";
import { change, state } from "../state/store.ts";
import { ProfileOptions } from "./ProfileOptions.tsx";
import { goTo, say, sayWithResult } from "./ui.ts";
import { counted } from "./WhyInFull.tsx";

/** The policy of the page, with what was changed in it. */
const HERE = "";

const chosen = { one: signal(HERE), other: signal<string | null>(null) };
const shown = signal<Kind | "">("");

/** Two policies, compared over every request there is. */
export function Differ() {
  const other = chosen.other.value ?? likelyOther();
  const running = comparison.value.kind === "running";
  return (
    <div class="differ">
      <p class="goal">
        <Chooser id="differ-one" label="Compare" value={chosen.one.value} choose={(value) => { chosen.one.value = value; }} />{" "}
        <Chooser id="differ-other" label="with" value={other} choose={(value) => { chosen.other.value = value; }} />{" "}
        {running
          ? <button type="button" onClick={stop}>Cancel</button>
          : <button type="button" class="primary" onClick={() => start(chosen.one.value, other)}>Compare</button>}
      </p>
      <State comparison={comparison.value} />
      <Glance one={named(chosen.one.value)} choose={(one, name) => {
        // What was compared, also where something else is chosen above by now.
        chosen.one.value = one.profile === state.value.profile ? HERE : one.profile;
        chosen.other.value = name;
        compare(one, named(name), [changed(one.profile, one.policy).policy, changed(name, {}).policy]);
        goTo("differ-summary", "start");
      }} />
    </div>
  );
}

/** What was changed is compared with the profile as it ships; a profile with one that people know. */
function likelyOther(): string {
  const { profile, policy } = state.value;
  if (Object.keys(policy).length > 0) return profile;
  return profile === "openid-core" ? "microsoft-entra" : "openid-core";
}

function Chooser({ id, label, value, choose }: { id: string; label: string; value: string; choose: (value: string) => void }) {
  return (
    <span class="chooser">
      <label for={id}>{label}</label>{" "}
      <select id={id} value={value} onChange={(event) => choose(event.currentTarget.value)}>
        <option value={HERE} selected={value === HERE}>the policy above: {named(HERE).title}</option>
        <ProfileOptions value={value} />
      </select>
    </span>
  );
}

function named(value: string): Named {
  const here = value === HERE;
  const profile = here ? state.value.profile : (value as Named["profile"]);
  const policy = here ? state.value.policy : {};
  const title = profiles.find(({ name }) => name === profile)?.title ?? profile;
  return { profile, policy, title: Object.keys(policy).length > 0 ? `${title}, changed` : title };
}

function start(one: string, other: string): void {
  const [left, right] = [named(one), named(other)];
  compare(left, right, [changed(left.profile, left.policy).policy, changed(right.profile, right.policy).policy]);
}

function stop(): void {
  cancel();
  say("The comparison was cancelled.");
}

function State({ comparison: is }: { comparison: Comparison }) {
  switch (is.kind) {
    case "none": return <p class="quiet">Every request, every token request and every event there is are followed under both, in a worker of its own. Nothing is left out.</p>;
    case "running": return (
      <p class="progress">
        <label for="differ-progress">Comparing every situation</label> <progress id="differ-progress" value={is.done} max={is.all} />
      </p>
    );
    case "failed": return <p class="failed">It could not be compared: {is.message}.</p>;
    case "found": return <Found found={is} />;
  }
}

function Found({ found }: { found: Extract<Comparison, { kind: "found" }> }) {
  const { one, other, differences } = found;
  useEffect(() => say(`${counted(differences.length, "difference", "differences")} between ${one.title} and ${other.title}.`), [found]);
  if (differences.length === 0) return <p class="reached"><span aria-hidden="true">✓ </span>{one.title} and {other.title} decide every request alike.</p>;
  const counts = countsOf(differences);
  const kinds = (Object.keys(KINDS) as Kind[]).map((kind) => ({ kind, count: counts[kind] })).filter(({ count }) => count > 0);
  const kind = kinds.some((one) => one.kind === shown.value) ? shown.value : "";
  const groups = byCause(differences.filter((one) => kind === "" || kindOf(one) === kind));
  return (
    <>
      <p>
        <b>{counted(differences.length, "difference", "differences")}</b> between {one.title} and {other.title}, and no other: {counted(byCause(differences).filter(({ causes }) => causes.length > 0).length, "cause", "causes")}.{" "}
        <span class="chooser">
          <label for="differ-kind">Show</label>{" "}
          <select id="differ-kind" value={kind} onChange={(event) => { shown.value = event.currentTarget.value as Kind | ""; }}>
            <option value="" selected={kind === ""}>everything ({differences.length})</option>
            {kinds.map(({ kind: its, count }) => <option key={its} value={its} selected={kind === its}>{KINDS[its]} ({count})</option>)}
          </select>
        </span>
      </p>
      {groups.map((group, at) => <Cause key={group.key} group={group} found={found} open={at === 0} />)}
    </>
  );
}

interface Titles {
  one: Named;
  other: Named;
}

interface GroupProperties {
  group: Caused;
  found: Titles;
  open: boolean;
}

function Cause({ group: { causes, differences }, found, open }: GroupProperties) {
  return (
    <details class="group cause" open={open}>
      <summary>
        {causes.length === 0 ? "More than three knobs together" : causes.map(({ knob }, at) => <span key={knob}>{at > 0 && " with "}<code>{knob}</code></span>)}{" "}
        <small>{counted(differences.length, "difference", "differences")}</small>
      </summary>
      {causes.map(({ knob }) => <Question key={knob} knob={knob} found={found} />)}
      <p class="heads" aria-hidden="true"><b>{found.one.title}</b><b>{found.other.title}</b></p>
      <ul class="differences">{bySaid(differences).map((one) => <Line key={one.key} said={one} found={found} />)}</ul>
    </details>
  );
}

/** What is asked, and how each of the two answers it. */
function Question({ knob, found: { one, other } }: { knob: string; found: Titles }) {
  const known = catalogue.value?.knobs.find(({ id }) => id === knob);
  if (!known) return null;
  const value = ({ profile, policy }: Named) => String(changed(profile, policy).policy.settings[known.id]);
  return <p class="quiet question-of">{known.question} {one.title}: <code>{value(one)}</code>. {other.title}: <code>{value(other)}</code>.</p>;
}

/** What each of the two says, and folded under it, when. */
function Line({ said: { differences }, found }: { said: Said; found: Titles }) {
  const [{ endpoint, one_says, other_says }] = differences;
  return (
    <li>
      <details>
        <summary>
          <span class="says-one"><span class="hidden">{found.one.profile}: </span>{one_says}</span>{" "}
          <span class="says-other"><span class="hidden">{found.other.profile}: </span>{other_says}</span>{" "}
          <small>{endpoint !== "authorize" && <>{endpoint === "token" ? "token endpoint" : "event"}, </>}{counted(differences.length, "condition", "conditions")}</small>
        </summary>
        <ul class="conditions">{differences.map((one, at) => <Condition key={at} difference={one} found={found} />)}</ul>
      </details>
    </li>
  );
}

/** When it is so, in how many situations, and the most ordinary of them. */
function Condition({ difference: { condition, situations, before_answer, example }, found: { one, other } }: { difference: Difference; found: Titles }) {
  const states = [one, other].map((policy) => ({ policy, opens: openedAs(example, policy) }));
  const open = (state: NonNullable<(typeof states)[number]["opens"]>, title: string) => {
    change(state);
    goTo("answer-sentence", "nearest");
    sayWithResult(`The example under ${title}.`);
  };
  return (
    <li>
      <p class="condition">
        <span class="quiet">{condition.length === 0 ? "Always" : "Where"} </span>
        {condition.map(({ fact, says }, at) => <span key={fact}>{at > 0 && <i>{at === condition.length - 1 ? "; and " : "; "}</i>}{alternatives(says)}</span>)}
        {before_answer && <span class="quiet"> (before the person answers)</span>}
      </p>
      <div class="opens">
        <small>{many(situations)} situations</small>
        {states.map(({ policy, opens }) => opens !== null && (
          <button key={policy.title} type="button" onClick={() => open(opens, policy.title)}>Example under <code>{policy.profile}</code>{Object.keys(policy.policy).length > 0 && ", changed"}</button>
        ))}
        {states[0]?.opens === null && (
          <details>
            <summary>An example</summary>
            <pre tabIndex={0} aria-label="The example as JSON">{JSON.stringify({ call: example.call, input: example.input }, null, 2)}</pre>
          </details>
        )}
      </div>
    </li>
  );
}
