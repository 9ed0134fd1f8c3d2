import { useState } from "preact/hooks";
import { FIELDS, readField, writeField, type Field, type FieldName } from "../state/fields.ts";
import { changeCircumstance, isChanged, state } from "../state/store.ts";
import { duration } from "../words/duration.ts";
import { fieldWords } from "../words/fields.ts";

/** One circumstance: its kind in the table says which control it gets. */
export function FieldLine({ name }: { name: FieldName }) {
  const field: Field = FIELDS[name];
  const { label, options, hint } = fieldWords(name);
  const value = state.value.circumstances[name];
  const id = `field-${name}`;
  // What is typed stays as it is typed, also while it is half a number or ends in a space.
  const [draft, setDraft] = useState<string | null>(null);
  const set = (written: string) => {
    const known = readField(name, written);
    if (known !== undefined) changeCircumstance(name, known as never, name);
  };
  if (field.kind === "flag") {
    return (
      <div class="field flag" data-changed={isChanged(name) ? "" : undefined}>
        <input type="checkbox" id={id} checked={value === true} onChange={(event) => set(String(event.currentTarget.checked))} />
        <label for={id}>{label}</label>
      </div>
    );
  }
  return (
    <div class="field" data-changed={isChanged(name) ? "" : undefined}>
      <label for={id}>{label}</label>
      {field.kind === "choice" ? (
        <select id={id} value={String(value)} onChange={(event) => set(event.currentTarget.value)}>
          {field.values.map((one) => <option key={one} value={one}>{options?.[one] ?? one}</option>)}
        </select>
      ) : (
        <input
          id={id}
          value={draft ?? writeField(value)}
          inputMode={field.kind === "count" ? "numeric" : "text"}
          placeholder={hint ?? (field.kind === "count" ? "not set" : "")}
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          onInput={(event) => {
            setDraft(event.currentTarget.value);
            set(event.currentTarget.value);
          }}
          onBlur={() => setDraft(null)}
        />
      )}
      {field.kind === "count" && typeof value === "number" && name !== "session.accounts" && <small>{duration(value)}</small>}
    </div>
  );
}
