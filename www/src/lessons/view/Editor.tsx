import type { ProfileName } from "grantwise";
import { Fragment } from "preact";
import { useMemo } from "preact/hooks";
import { FIELD_NAMES, FIELDS, type FieldName } from "../../state/fields.ts";
import { read } from "../../state/fragment.ts";
import { changeProfile, state } from "../../state/store.ts";
import { change as changeTimeline, profile, scenario, timeline } from "../../timeline/store.ts";
import type { ClientKind } from "../../timeline/model.ts";
import { optionsOf } from "../../timeline/world.ts";
import { FieldLine } from "../../view/FieldLine.tsx";
import { Inline } from "../../view/Inline.tsx";
import { Later } from "../../view/later.ts";
import { Notes } from "../../view/Notes.tsx";
import { ProfileOptions } from "../../view/ProfileOptions.tsx";
import { Request } from "../../view/Request.tsx";
import type { Owner } from "../lesson.ts";
import { lesson } from "../store.ts";
import { ownersWords } from "./owners.ts";
import { StepsEditor } from "./StepsEditor.tsx";

/** The fields of an owner: those that most questions turn on, and the rest folded. */
const FIELDS_OF: Readonly<Partial<Record<Owner, { title: string; first: readonly FieldName[]; fits: RegExp }>>> = {
  registration: { title: "The client's registration", first: ["client", "client.public"], fits: /^client/ },
  record: { title: "What the server has on record", first: ["session", "grant", "grant.offline", "grant.status"], fits: /^(session|grant|condition|server|hint)/ },
  person: { title: "What the person does", first: ["consent", "login"], fits: /^(login|account|consent)/ },
};

/** Only what the task permits to change. */
export function Editor() {
  const it = lesson.value;
  if (it === null) return null;
  const { may, shows } = it.change;
  return (
    <div class="ls-editor" data-kind={shows.kind}>
      <p class="quiet">You may change {ownersWords(may)}, and nothing else.</p>
      {shows.kind === "timeline" ? <TimelineEditor may={may} /> : <DecisionEditor may={may} />}
    </div>
  );
}

function DecisionEditor({ may }: { may: readonly Owner[] }) {
  return (
    <>
      <Notes />
      {may.includes("request") && <Request />}
      {may.map((owner) => <Fields key={owner} owner={owner} />)}
      {may.includes("profile") && (
        <div class="ls-field">
          <label for="ls-profile">Profile</label>
          <select id="ls-profile" value={state.value.profile} onChange={(event) => changeProfile(event.currentTarget.value as ProfileName)}>
            <ProfileOptions value={state.value.profile} />
          </select>
        </div>
      )}
      {may.includes("policy") && <div class="ls-settings"><Later part="Settings" /></div>}
    </>
  );
}

function Fields({ owner }: { owner: Owner }) {
  const its = FIELDS_OF[owner];
  const begins = lesson.value?.change.shows.link ?? "";
  const first = useMemo(() => firstOf(its, begins), [its, begins]);
  if (!its) return null;
  const rest = FIELD_NAMES.filter((name) => its.fits.test(name) && !first.includes(name));
  return (
    <fieldset class="ls-fields">
      <legend>{its.title}</legend>
      {first.map((name) => (
        <Fragment key={name}>
          {HEADS[name] && <p class="ls-about">{HEADS[name]}</p>}
          <FieldLine name={name} />
        </Fragment>
      ))}
      <details>
        <summary>more of it</summary>
        {rest.map((name) => <FieldLine key={name} name={name} />)}
      </details>
    </fieldset>
  );
}

/** What a few fields are about, said before the first of them. */
const HEADS: Readonly<Partial<Record<FieldName, string>>> = { grant: "What was approved before", condition: "Another reason to give access" };

/** What is not as usual in the situation is what the task is about, and is not folded away. */
function firstOf(its: (typeof FIELDS_OF)[Owner], begins: string): readonly FieldName[] {
  if (!its) return [];
  const { circumstances } = read(begins).state;
  const unusual = (name: FieldName): boolean => circumstances[name] !== FIELDS[name].initial;
  const more = FIELD_NAMES.filter((name) => its.fits.test(name) && !its.first.includes(name) && (unusual(name) || (name === "condition.offline" && unusual("condition"))));
  return [...its.first, ...more];
}

const CLIENTS: Readonly<Record<ClientKind, string>> = { web: "web application", native: "installed app", browser: "app in the browser" };

/** The same for a story in time: where it plays, and its steps. */
function TimelineEditor({ may }: { may: readonly Owner[] }) {
  const options = optionsOf(timeline.value);
  const own = scenario.value;
  return (
    <>
      {may.includes("profile") && (
        <div class="ls-field">
          <label for="ls-profile">Profile</label>
          <select id="ls-profile" value={profile.value} onChange={(event) => changeTimeline({ profile: event.currentTarget.value === own.profile ? null : event.currentTarget.value as ProfileName })}>
            <ProfileOptions value={profile.value} />
          </select>
        </div>
      )}
      {may.includes("registration") && (
        <p class="sentence">The client is a <Inline<ClientKind> label="Kind of client" value={options.client.application_type ?? "web"} options={CLIENTS} then="." choose={(client) => changeTimeline({ client: client === own.options.client.application_type ? null : client })} /></p>
      )}
      {may.includes("record") && (
        <p class="sentence">Alice is <Inline label="Session at first" value={options.session === null ? "none" : "active"} options={{ active: "signed in", none: "not signed in" }} then="." choose={(session) => changeTimeline({ signed_in: (session === "active") === (own.options.session !== null) ? null : session === "active" })} /></p>
      )}
      {may.includes("steps") && <StepsEditor />}
    </>
  );
}
