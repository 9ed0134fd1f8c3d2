import { useState } from "preact/hooks";
import { parameters } from "../engine/decided.ts";
import { parameter, PARAMETERS } from "../state/parameters.ts";
import { isSecret } from "../state/secrets.ts";
import { changeParameter, notes, state } from "../state/store.ts";
import { parse } from "../state/request_text.ts";
import { FATES } from "./Fates.tsx";
import { VALUES } from "../state/parameter_values.ts";
import { wantedParameter } from "./places.ts";

/** Offered even when they are not sent: they are what most questions turn on. */
const OFFERED = ["response_type", "client_id", "redirect_uri", "scope", "prompt", "access_type", "max_age", "nonce", "state"];

/** The same request for those who do not read URLs. */
export function RequestForm() {
  const sent = parse(state.value.request).pairs;
  const [added, setAdded] = useState<readonly string[]>([]);
  const names = [...new Set([...OFFERED, ...sent.map(({ name }) => name), ...added, wantedParameter.value ?? ""])].filter((name) => name !== "");
  return (
    <fieldset class="request-form">
      <legend class="hidden">The parameters of the request</legend>
      {names.map((name) => <Line key={name} name={name} />)}
      <AddParameter known={names} add={(name) => setAdded([...added, name])} />
    </fieldset>
  );
}

function Line({ name }: { name: string }) {
  const found = parameters.value.find(({ pair }) => pair.name === name && pair.value !== "");
  const about = parameter(name);
  const values = VALUES[name];
  const id = `parameter-${name}`;
  return (
    <div class="line">
      <label for={id}><code>{name}</code> {about && <small>{about.about}</small>}</label>
      <input
        id={id}
        value={found?.pair.value ?? ""}
        list={values ? `${id}-values` : undefined}
        placeholder="not sent"
        spellcheck={false}
        autocapitalize="off"
        autocomplete="off"
        onInput={(event) => changeParameter(name, event.currentTarget.value || null, name)}
      />
      {values && <datalist id={`${id}-values`}>{values.map((value) => <option key={value} value={value} />)}</datalist>}
      <span class={`fate ${found?.fate ?? ""}`}>{found && <><span aria-hidden="true">{FATES[found.fate].mark}</span> {FATES[found.fate].word}</>}</span>
    </div>
  );
}

function AddParameter({ known, add }: { known: readonly string[]; add: (name: string) => void }) {
  const [name, setName] = useState("");
  const submit = () => {
    const wanted = name.trim();
    if (wanted === "") return;
    if (isSecret(wanted)) notes.value = { dropped: [{ name: wanted, how: "removed" }], problems: [] };
    else add(wanted);
    setName("");
    requestAnimationFrame(() => document.getElementById(`parameter-${wanted}`)?.focus());
  };
  return (
    <div class="line">
      <label for="add-parameter">Another parameter</label>
      <input
        id="add-parameter"
        value={name}
        list="add-parameter-names"
        spellcheck={false}
        autocapitalize="off"
        autocomplete="off"
        onInput={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => { if (event.key === "Enter") submit(); }}
      />
      <datalist id="add-parameter-names">
        {PARAMETERS.filter((one) => !known.includes(one.name)).map((one) => <option key={one.name} value={one.name}>{one.about}</option>)}
      </datalist>
      <button type="button" onClick={submit}>Add</button>
    </div>
  );
}
