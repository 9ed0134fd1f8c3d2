import { policy, profile } from "../engine/decided.ts";
import { change, changeProfile, state } from "../state/store.ts";
import type { State } from "../state/model.ts";
import { Later } from "./later.ts";
import { ProfileOptions } from "./ProfileOptions.tsx";
import { soon } from "./soon.ts";
import { opened } from "./ui.ts";

export function PolicyPanel() {
  const { name, character } = profile.value;
  const changed = policy.value.settings.size;
  return (
    <div class="row" id="policy" data-focus="#profile">
      <h2><label for="profile">Policy</label></h2>
      <div class="content">
        <p class="profile">
          <select id="profile" value={state.value.profile} onChange={(event) => changeProfile(event.currentTarget.value as State["profile"])}>
            <ProfileOptions value={state.value.profile} />
          </select>{" "}
          <span class="character">{character ?? soon.value?.characters[name]}</span>{" "}
          {changed > 0 && (
            <span class="changes">
              <strong>✎ {changed === 1 ? "One setting changed" : `${changed} settings changed`}</strong>{" "}
              <button type="button" onClick={() => change({ ...state.value, policy: {} })}>Reset</button>
            </span>
          )}
        </p>
      </div>
      <details open={opened.policy.value} onToggle={(event) => { opened.policy.value = event.currentTarget.open; }}>
        <summary id="policy-summary">change it</summary>
        {opened.policy.value && <Later part="Settings" />}
      </details>
    </div>
  );
}
