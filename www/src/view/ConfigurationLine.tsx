import type { ConfigurationKey } from "grantwise";
import { useState } from "preact/hooks";
import { policy } from "../engine/decided.ts";
import { typed, written } from "../engine/policies.ts";
import { changePolicy } from "../state/store.ts";
import { duration } from "../words/duration.ts";
import { Origin } from "./Origin.tsx";
import { setSetting } from "./setting.ts";

const KINDS: Readonly<Record<ConfigurationKey["kind"], string>> = {
  seconds: "seconds",
  count: "a number",
  scopes: "scopes, with spaces between",
  names: "names, with spaces between",
  response_types: "response types, with commas between",
  url: "a URL",
};

interface Properties {
  entry: ConfigurationKey;
  value: Parameters<typeof written>[0];
}

/** A number or a list of the policy. */
export function ConfigurationLine({ entry: { id, kind, meaning }, value }: Properties) {
  const changed = policy.value.settings.has(id);
  const [draft, setDraft] = useState<string | null>(null);
  const field = `key-${id}`;
  const set = (text: string) => {
    setDraft(text);
    const number = kind === "seconds" || kind === "count";
    // Half a number is not counted, and not complained about while it is typed.
    if (number && typeof typed(id, text) === "string") return;
    setSetting(id, text, id);
  };
  return (
    <div class="knob" data-focus="input" id={`setting-${id}`} data-changed={changed ? "" : undefined}>
      <label for={field}>{meaning}</label>
      <p>
        <input
          id={field}
          value={draft ?? written(value, kind)}
          inputMode={kind === "seconds" || kind === "count" ? "numeric" : "text"}
          placeholder={`not set (${KINDS[kind]})`}
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          onInput={(event) => set(event.currentTarget.value)}
          onBlur={() => setDraft(null)}
        />{" "}
        {kind === "seconds" && typeof value === "number" && <small>{duration(value)}</small>}
      </p>
      <div class="quiet">
        <code>{id}</code>{" "}
        {changed
          ? <><strong class="mark">✎ changed</strong> <button type="button" onClick={() => { setDraft(null); changePolicy(id, null); }}>Reset</button></>
          : <Origin id={id} />}
      </div>
    </div>
  );
}
