import { profile } from "../engine/decided.ts";
import { ownerOf } from "../pasted/owners.ts";
import { parse } from "../state/request_text.ts";
import { changeProfile, state } from "../state/store.ts";
import type { State } from "../state/model.ts";
import { profiles } from "virtual:summary";
import { ProfileOptions } from "./ProfileOptions.tsx";

/** Asks whose server a request goes to. Until that is said, a standard decides, and nobody takes it for theirs. */
export function Whose() {
  const owner = ownerOf(parse(state.value.request).endpoint);
  const likely = profiles.filter(({ name }) => owner.profiles.includes(name));
  return (
    <p class="whose">
      <label for="whose">Whose server is <b>{owner.host || "it"}</b>?</label>{" "}
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
  document.getElementById("profile")?.focus();
}
