import type { ProfileName } from "grantwise";
import { breaks } from "../view/breaks.tsx";
import { Inline } from "../view/Inline.tsx";
import { Knobs } from "./Knobs.tsx";
import type { ClientKind } from "./model.ts";
import { profiles } from "virtual:summary";
import { profileCharacter } from "./profiles.ts";
import { change, profile, scenario, timeline } from "./store.ts";
import { optionsOf } from "./world.ts";

const CLIENTS: Readonly<Record<ClientKind, string>> = {
  web: "web application", native: "installed app", browser: "app in the browser",
};
const TITLES = Object.fromEntries(profiles.map(({ name, title }) => [name, title])) as Record<ProfileName, string>;

/** Where the story plays, as sentences with choices in them. */
export function World() {
  const state = timeline.value;
  const { overrides, profile: own } = scenario.value;
  const options = optionsOf(state);
  const kind = options.client.application_type ?? "web";
  const secret = options.client.token_endpoint_auth_method !== "none";
  const condition = options.conditions?.[0];
  const changed = profile.value === own ? Object.entries(overrides) : [];
  const beside = { "": "no other profile", ...TITLES } as Record<"" | ProfileName, string>;
  return (
    <div class="row" id="world">
      <h2>The world</h2>
      <div class="content">
        <p class="sentence">
          <b>{breaks(options.client.client_id)}</b> is {secret ? (kind === "native" ? "an " : "a ") : "a public "}
          <Inline<ClientKind> label="Kind of client" value={kind} options={CLIENTS} then="." choose={(client) => change({ client: client === ownKind() ? null : client, registered: { ...state.registered, public: null } })} />{" "}
          Alice is <Inline label="Session at first" value={options.session === null ? "none" : "active"} then="." options={{ active: "signed in", none: "not signed in" }} choose={(session) => change({ signed_in: (session === "active") === ownSession() ? null : session === "active" })} />{" "}
          {state.grant && <>Before, Alice had approved <b>{state.grant.scope || "no scope"}</b>{state.grant.offline ? ", with offline access" : ""}. <button type="button" class="link" onClick={() => change({ grant: null })}>Forget that</button> </>}
          {condition && <>The data is also needed for another reason: {condition.basis.replaceAll("_", " ")}{condition.permits_offline ? ", which permits offline access" : ""}. </>}
          {options.circumstances?.launch && <>It was launched from the health record. </>}
          The server follows <Inline<ProfileName> label="Profile" value={profile.value} options={TITLES} choose={(name) => change({ profile: name === own ? null : name })} />, compared with <Inline<"" | ProfileName> label="Second profile" value={state.beside ?? ""} options={beside} then="." choose={(name) => change({ beside: name === "" ? null : name })} />
        </p>
        <p class="quiet">
          {profileCharacter(profile.value)}
          {state.beside && Object.keys(state.policy).length > 0 && <> What is changed counts for the first profile alone.</>}
          {changed.length > 0 && <> Changed for this scenario: {changed.map(([id, value], at) => <span key={id}>{at > 0 && ", "}<code>{id}</code> {Array.isArray(value) ? value.join(" ") : String(value)}</span>)}.</>}
        </p>
      </div>
      <Knobs />
    </div>
  );
}

function ownKind(): ClientKind {
  return scenario.peek().options.client.application_type ?? "web";
}

function ownSession(): boolean {
  return scenario.peek().options.session !== null;
}
