import type { Situation as Shown } from "../lesson.ts";
import { read } from "../../state/fragment.ts";
import type { State } from "../../state/model.ts";
import { parse, USUAL } from "../../state/request_text.ts";
import { read as readTimeline } from "../../timeline/codec.ts";
import { stepWords } from "../../timeline/words.ts";
import { NAMES, optionsOf, scenarioOf, stepsOf } from "../../timeline/world.ts";
import { handlesSentence, settingWords, nameOf, who } from "./words.ts";

/** What is looked at, before anybody says what comes of it. */
export function Situation({ shows }: { shows: Shown }) {
  if (shows.kind === "timeline") return <Steps link={shows.link} />;
  const { state } = read(shows.link);
  return (
    <div class="ls-situation">
      <Row title="Request"><RequestText text={state.request} /></Row>
      <Row title="Who"><ul class="ls-who">{who(state).map((sentence) => <li key={sentence}>{sentence}</li>)}</ul></Row>
      {shows.kind === "comparison"
        ? (
          <Row title="Policies">
            <ul class="ls-policies">{shows.policies.map(({ name, profile, policy }) => <li key={name}><Policy name={name} profile={profile} policy={policy} /></li>)}</ul>
          </Row>
        )
        : <Row title="Policy"><Policy name={nameOf(state.profile)} profile={state.profile} policy={state.policy} /></Row>}
    </div>
  );
}

function Row({ title, children }: { title: string; children: preact.ComponentChildren }) {
  return (
    <div class="ls-row">
      <p class="ls-term">{title}</p>
      <div>{children}</div>
    </div>
  );
}

/** What every request here has; the rest is what a lesson is about. */
function isUsual(name: string, value: string): boolean {
  return USUAL.some(([usual, its]) => usual === name && its === value);
}

/** One parameter on a line, as people read a request; the address before them. */
export function RequestText({ text }: { text: string }) {
  const { endpoint, pairs } = parse(text);
  return (
    <p class="ls-request">
      <span class="joint">{endpoint}</span>
      {pairs.map(({ name, value }, at) => (
        <span class="ls-pair" key={at}><span class="joint">{at === 0 ? "?" : "&"}{name}=</span><wbr />{isUsual(name, value) ? value : <b>{value}</b>}</span>
      ))}
    </p>
  );
}

/** By its name: what it is known for may be the answer. */
function Policy({ name, profile, policy }: { name: string; profile: string; policy: State["policy"] }) {
  const title = nameOf(profile);
  const changed = Object.entries(policy);
  return (
    <>
      <b>{name === profile ? title : name}</b>{name !== title && name !== profile && <> ({title}{changed.length > 0 && ", changed"})</>}.
      {changed.map(([id, written]) => {
        const { asks, answer } = settingWords(id, written);
        return <p class="ls-setting" key={id}><span aria-hidden="true">✎</span> <span class="quiet">{asks}</span> {answer}</p>;
      })}
    </>
  );
}

/** A story in time, before anybody says what becomes of it. */
function Steps({ link }: { link: string }) {
  const { state } = readTimeline(link, NAMES);
  const story = scenarioOf(state.scenario);
  const { client, session, conditions } = optionsOf(state);
  const profile = state.profile ?? story.profile;
  const overrides = profile === story.profile ? Object.entries(story.overrides) : [];
  const kind = { web: "a web application", native: "an installed app", browser: "an app in the browser" }[client.application_type ?? "web"];
  const happens = stepsOf(state).map((step) => `${stepWords(step)}.`);
  const handles = handlesSentence(happens.join(" "));
  return (
    <div class="ls-situation">
      <Row title="Who">
        <ul class="ls-who">
          <li>{client.client_id} is {kind} that {client.token_endpoint_auth_method === "none" ? "cannot keep a secret" : "can keep a secret"}.</li>
          <li>{session === null ? "Nobody is signed in." : "Alice is signed in."}</li>
          {(conditions ?? []).map(({ basis, permits_offline: offline }) => <li key={basis}>The data is also needed for another reason: {basis.replaceAll("_", " ")}{offline && ", which permits offline access"}.</li>)}
        </ul>
      </Row>
      <Row title="What happens">
        <ol class="ls-happens">{happens.map((words, at) => <li key={at}>{words}</li>)}</ol>
        {handles !== "" && <p class="ls-handles quiet">{handles}</p>}
      </Row>
      <Row title={state.beside ? "Policies" : "Policy"}>
        <Policy name={nameOf(profile)} profile={profile} policy={Object.fromEntries(overrides.map(([id, value]) => [id, Array.isArray(value) ? value.join(" ") : String(value)]))} />
        {state.beside && <p><Policy name={nameOf(state.beside)} profile={state.beside} policy={{}} /></p>}
      </Row>
    </div>
  );
}
