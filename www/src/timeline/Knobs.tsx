import type { Knob } from "grantwise";
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { catalogue, loadCatalogue } from "../engine/catalogue.ts";
import { shipped } from "../engine/policies.ts";
import { meant } from "../words/synonyms.ts";
import { change, overridesFor, profile, settings, timeline } from "./store.ts";

const open = signal(false);
const wanted = signal("");
const failed = signal(false);

/** So many questions at once are read; more are found by words. */
const MOST = 12;

/** The questions on which policies differ, for the first profile; those on sessions and what ends a token first. */
export function Knobs() {
  const changed = Object.keys(timeline.value.policy).length;
  return (
    <details class="tl-knobs" data-focus="summary" open={open.value} onToggle={(event) => { open.value = event.currentTarget.open; }}>
      <summary>the policy{changed > 0 && <>, <strong>✎ {changed} changed</strong></>}</summary>
      {open.value && <List />}
    </details>
  );
}

function List() {
  useEffect(() => { loadCatalogue().catch(() => { failed.value = true; }); }, []);
  if (catalogue.value === null) return failed.value ? <p class="failure">The settings could not be loaded. Reload the page.</p> : null;
  const { knobs } = catalogue.value;
  const words = wanted.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const called = meant(wanted.value);
  const fits = ({ id, question }: Knob) => called.has(id) || words.every((word) => id.includes(word) || question.toLowerCase().includes(word));
  const found = [...knobs].sort((one, other) => rank(one) - rank(other)).filter(fits);
  return (
    <div class="settings">
      <p class="find">
        <label for="tl-find">Find a question</label>{" "}
        <input id="tl-find" type="search" value={wanted.value} placeholder="sign out, password, rotation …" onInput={(event) => { wanted.value = event.currentTarget.value; }} />{" "}
        <small role="status">{found.length} of {knobs.length}{found.length > MOST && `, the first ${MOST} are shown`}</small>
        {Object.keys(timeline.value.policy).length > 0 && <button type="button" onClick={() => change({ policy: {} })}>Reset all</button>}
      </p>
      {found.slice(0, MOST).map((knob) => <Question key={knob.id} knob={knob} />)}
    </div>
  );
}

/** What is asked of events in time comes first. */
function rank({ group }: Knob): number {
  return group === "session" ? 0 : 1;
}

function Question({ knob: { id, question, options } }: { knob: Knob }) {
  const own = { ...shipped(profile.value).settings, ...overridesFor(profile.value) }[id];
  const value = settings.value.overrides[id] ?? own;
  const changed = Object.hasOwn(timeline.value.policy, id);
  const set = (next: string | null) => {
    const policy = Object.fromEntries(Object.entries(timeline.value.policy).filter(([known]) => known !== id));
    change({ policy: next === null || next === String(own) ? policy : { ...policy, [id]: next } });
  };
  return (
    <fieldset class="knob" data-changed={changed ? "" : undefined} data-focus="input:checked">
      <legend>{question}</legend>
      {options.map((option) => (
        <div class="option" key={String(option.value)}>
          <input type="radio" id={`tl-${id}-${String(option.value)}`} name={`tl-${id}`} checked={option.value === value} onChange={() => set(String(option.value))} />
          <label for={`tl-${id}-${String(option.value)}`}>{option.meaning}</label>
        </div>
      ))}
      {changed && <p class="quiet"><strong class="mark">✎ changed</strong> <button type="button" onClick={() => set(null)}>Reset</button></p>}
    </fieldset>
  );
}
