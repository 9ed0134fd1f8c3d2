import { profile } from "../engine/decided.ts";
import { changeProfile, notes } from "../state/store.ts";
import type { State } from "../state/model.ts";
import { profiles } from "virtual:summary";
import { ProfileOptions } from "./ProfileOptions.tsx";

/** Asks whose server a pasted request goes to. Until that is said, a standard decides, and nobody takes it for theirs. */
export function Whose() {
  const { asked } = notes.value;
  if (!asked) return null;
  const likely = profiles.filter(({ name }) => asked.likely.includes(name));
  return (
    <p class="whose">
      <label for="whose">Whose server is <b>{asked.host || "it"}</b>?</label>{" "}
      <select id="whose" value="" onChange={(event) => { if (event.currentTarget.value !== "") choose(event.currentTarget.value as State["profile"]); }}>
        <option value="" selected>not said yet</option>
        {likely.length > 0 && <optgroup label="Likely, by its path">{likely.map(({ name, title }) => <option key={name} value={name}>{title}</option>)}</optgroup>}
        <ProfileOptions value="" />
      </select>{" "}
      Until you say, the answer is that of a standard: {profile.value.title}.
    </p>
  );
}

function choose(name: State["profile"]): void {
  changeProfile(name);
  // Also when it is the standard that stood there anyway.
  const { asked: _, ...rest } = notes.value;
  notes.value = rest;
  document.getElementById("profile")?.focus();
}
