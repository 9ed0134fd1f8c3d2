import { configuration, knobs, profiles } from "grantwise/catalogue";
import type { Knob } from "grantwise";
import { useState } from "preact/hooks";
import { policy } from "../engine/decided.ts";
import { mattering } from "../engine/mattering.ts";
import { state } from "../state/store.ts";
import { meant } from "../words/synonyms.ts";
import { ConfigurationLine } from "./ConfigurationLine.tsx";
import { KnobField } from "./KnobField.tsx";
import { Sources } from "./Sources.tsx";
import { findSetting } from "./ui.ts";

const GROUPS: Readonly<Record<Knob["group"], string>> = {
  offline_consent: "Consent to offline access",
  approval: "Approval without a screen",
  incremental: "Incremental authorization and grants",
  session: "The session, and what ends a token",
  errors: "Prompts and errors",
  vocabulary: "The words of a request",
  vendor: "Single vendors",
};

/** Every question on which the sources differ, and every number. */
export function Settings() {
  const wanted = findSetting.value;
  const [only, setOnly] = useState(false);
  const words = wanted.toLowerCase().split(/\s+/).filter((word) => word !== "");
  // Who comes from a sentence or knows the name wants this one, and not all whose names begin like it.
  const exact = knobs.some(({ id }) => id === wanted);
  const fits = (...texts: string[]) => words.every((word) => texts.some((text) => text.toLowerCase().includes(word)));
  const called = meant(wanted);
  const moving = only ? mattering.value : null;
  const found = knobs.filter((knob) => (moving === null || moving.has(knob.id)) && (exact ? knob.id === wanted : called.has(knob.id) || fits(knob.id, knob.question, ...knob.options.map(({ meaning }) => meaning))));
  const keys = only || exact ? [] : configuration.filter((key) => called.has(key.id) || fits(key.id, key.meaning));
  const looked = words.length > 0 || only;
  const { settings } = policy.value.policy;
  return (
    <div class="settings">
      <div class="quiet described">Described by <Sources sources={profiles.find(({ name }) => name === state.value.profile)?.sources ?? []} /></div>
      <p class="find">
        <label for="find-setting">Find a question</label>{" "}
        <input id="find-setting" type="search" value={wanted} placeholder="sign out, 7 days, remember me …" onInput={(event) => { findSetting.value = event.currentTarget.value; }} />{" "}
        <small role="status">{looked ? `${found.length + keys.length} found` : `${knobs.length} questions, ${configuration.length} numbers and lists`}</small>
        <span class="only"><input type="checkbox" id="only-mattering" checked={only} onChange={(event) => setOnly(event.currentTarget.checked)} /> <label for="only-mattering">Only what would change this request</label></span>
      </p>
      {(Object.entries(GROUPS) as [Knob["group"], string][]).map(([group, title]) => {
        const its = found.filter((knob) => knob.group === group);
        return <Group key={group} title={title} ids={its.map(({ id }) => id)} found={looked}>
          {() => its.map((knob) => <KnobField key={knob.id} knob={knob} value={settings[knob.id]} />)}
        </Group>;
      })}
      <Group title="Numbers and lists" ids={keys.map(({ id }) => id)} found={looked}>
        {() => keys.map((key) => <ConfigurationLine key={key.id} entry={key} value={settings[key.id] ?? null} />)}
      </Group>
    </div>
  );
}

interface GroupProperties {
  title: string;
  ids: readonly string[];
  /** Something is looked for: what was found is open. */
  found: boolean;
  children: () => preact.ComponentChildren;
}

/** Drawn when it is opened: eighty questions are not needed to see an answer. */
function Group({ title, ids, found, children }: GroupProperties) {
  const [open, setOpen] = useState(false);
  const changed = ids.filter((id) => policy.value.settings.has(id)).length;
  const shown = open || (found && ids.length > 0);
  if (ids.length === 0) return null;
  return (
    <details class="group" open={shown} onToggle={(event) => { if (!found) setOpen(event.currentTarget.open); }}>
      <summary>{title} <small>{ids.length}{changed > 0 && <>, <strong>✎ {changed} changed</strong></>}</small></summary>
      {shown && children()}
    </details>
  );
}
