import { signal } from "@preact/signals";
import type { Life } from "grantwise/simulation";
import { sayWithResult } from "../view/ui.ts";
import { clean } from "../state/secrets.ts";
import { MOST_STEPS } from "./codec.ts";
import { AS_USUAL, OWN, START, type ScenarioStep } from "./model.ts";
import { ANSWERS, REQUESTS, TIMES } from "./presets.ts";
import { change, NOTHING, notes, profile, runs, setSteps, steps, timeline } from "./store.ts";
import { EVENTS } from "./step_text.ts";
import { eventWords, kindWord, stepWords } from "./words.ts";

type Kind = "authorize" | "exchange" | "refresh" | "api_call" | "revoke" | "advance_clock" | (typeof EVENTS)[number] | "client_credentials" | "condition_withdrawn";

/** What is chosen for the step to come, and the error of the last try. */
const kind = signal<Kind>("authorize");
const query = signal(REQUESTS[0]?.query ?? "");
const answer = signal("approves");
const token = signal("");
const seconds = signal(3600);
const by = signal(false);
const error = signal("");
const open = signal(false);

const WANTED: Readonly<Partial<Record<Kind, readonly Life["kind"][]>>> = {
  exchange: ["code"], refresh: ["refresh_token"], api_call: ["access_token"], revoke: ["refresh_token", "access_token"],
};

/** Adds steps to the story, or to one of one's own. */
export function Builder() {
  const own = timeline.value.steps !== null;
  const existing = issued();
  const condition = timeline.value.scenario === "payroll";
  const offered = (of: Kind) => WANTED[of] === undefined || existing.some((life) => WANTED[of]?.includes(life.kind));
  const chosen: Kind = offered(kind.value) ? kind.value : "authorize";
  const choices = existing.filter((life) => WANTED[chosen]?.includes(life.kind));
  const named = choices.some(({ name }) => name === token.value) ? token.value : choices.at(-1)?.name ?? "";
  const option = (value: Kind, title: string) => offered(value) && <option value={value} selected={value === chosen}>{title}</option>;
  const add = (event: Event) => {
    event.preventDefault();
    notes.value = NOTHING;
    const step = made(chosen, named);
    if (step === null) return;
    const told = notes.value;
    setSteps([...steps.value, step]);
    notes.value = told;
    sayWithResult(`Added: ${stepWords(step)}.`);
  };

  return (
    <details class="tl-builder" data-focus="summary" open={open.value || own} onToggle={(event) => { open.value = event.currentTarget.open; }}>
      <summary>{own ? "Add a step" : "Go on from here, or begin your own"}</summary>
      <form onSubmit={add} aria-label="Add a step">
        <p>
          <label for="tl-kind">What happens next</label>
          <select id="tl-kind" value={chosen} onChange={(event) => { kind.value = event.currentTarget.value as Kind; error.value = ""; }}>
            <optgroup label="The client">
              {option("authorize", "asks for access")}
              {option("exchange", "exchanges a code")}
              {option("refresh", "refreshes")}
              {option("api_call", "calls the API")}
              {option("revoke", "revokes a token")}
              {option("client_credentials", "asks in its own name")}
            </optgroup>
            <optgroup label="Time">{option("advance_clock", "time passes")}</optgroup>
            <optgroup label="The user and the server">
              {EVENTS.map((event) => option(event, eventWords(event).long))}
              {condition && option("condition_withdrawn", "The condition for processing ends")}
            </optgroup>
          </select>
        </p>
        {chosen === "authorize" && <Request />}
        {WANTED[chosen] && (
          <p>
            <label for="tl-token">With</label>
            <select id="tl-token" value={named} onChange={(event) => { token.value = event.currentTarget.value; }}>
              {choices.map(({ name, kind: of, status }) => <option key={name} value={name} selected={name === named}>{name}, {kindWord(of)}{status === "active" ? "" : `, ${status}`}</option>)}
            </select>
          </p>
        )}
        {(chosen === "exchange" || chosen === "refresh") && (
          <p class="tl-flag"><input type="checkbox" id="tl-by" checked={by.value} onChange={(event) => { by.value = event.currentTarget.checked; }} /> <label for="tl-by">The attacker does it</label></p>
        )}
        {chosen === "advance_clock" && (
          <p>
            <label for="tl-seconds">How long</label>
            <select id="tl-seconds" value={String(seconds.value)} onChange={(event) => { seconds.value = Number(event.currentTarget.value); }}>
              {TIMES.map(({ title, seconds: length }) => <option key={length} value={String(length)} selected={length === seconds.value}>{title}</option>)}
            </select>
          </p>
        )}
        <p class="tl-buttons">
          <button type="submit" class="primary">Add step {steps.value.length + 1}</button>
          {steps.value.length > 0 && <button type="button" onClick={() => setSteps(steps.value.slice(0, -1))}>Remove the last one</button>}
          {own && timeline.value.scenario !== OWN && <button type="button" onClick={() => change({ steps: null, client: null, registered: AS_USUAL, signed_in: null, step: null })}>Back to the scenario as it was</button>}
          {!(own && timeline.value.scenario === OWN) && <button type="button" onClick={() => change({ ...START, scenario: OWN, steps: [], profile: profile.value, policy: timeline.value.policy, beside: timeline.value.beside })}>Begin with nothing</button>}
        </p>
        <p class="tl-error" role="alert">{error.value}</p>
      </form>
    </details>
  );
}

function Request() {
  return (
    <>
      <p>
        <label for="tl-preset">For</label>
        <select id="tl-preset" value={query.value} onChange={(event) => { if (event.currentTarget.value !== "") query.value = event.currentTarget.value; }}>
          {!REQUESTS.some((one) => one.query === query.value) && <option value="" selected>something of your own</option>}
          {REQUESTS.map(({ title, query: its }) => <option key={its} value={its} selected={its === query.value}>{title}</option>)}
        </select>
      </p>
      <p class="tl-wide">
        <label for="tl-query">As the parameters of the request</label>
        <input id="tl-query" value={query.value} spellcheck={false} autocomplete="off" onInput={(event) => { query.value = event.currentTarget.value; }} />
      </p>
      <p>
        <label for="tl-answer">Asked, the user</label>
        <select id="tl-answer" value={answer.value} onChange={(event) => { answer.value = event.currentTarget.value; }}>
          {Object.entries(ANSWERS).map(([name, { title }]) => <option key={name} value={name} selected={name === answer.value}>{title}</option>)}
        </select>
      </p>
    </>
  );
}

/** What exists under either profile, so that only that is offered. */
function issued(): Life[] {
  const found = new Map<string, Life>();
  for (const { entries } of runs.value) for (const life of entries.at(-1)?.lives ?? []) if (!found.has(life.name)) found.set(life.name, life);
  return [...found.values()];
}

function made(chosen: Kind, named: string): ScenarioStep | null {
  error.value = "";
  if (steps.value.length >= MOST_STEPS) return refuse(`A scenario has at most ${MOST_STEPS} steps. Remove one first.`);
  const attacker = by.value ? { by: "attacker" as const } : {};
  switch (chosen) {
    case "authorize": return request();
    case "exchange": return { action: chosen, code: named, ...attacker };
    case "refresh": return { action: chosen, refresh_token: named, ...attacker };
    case "api_call": case "revoke": return { action: chosen, token: named };
    case "advance_clock": return { action: chosen, seconds: seconds.value };
    case "condition_withdrawn": return { action: chosen, basis: "employment_contract" };
    default: return { action: chosen };
  }
}

function refuse(words: string): null {
  error.value = words;
  return null;
}

/** A query, or a whole address that was pasted; secrets in it are dropped and told. */
function request(): ScenarioStep | null {
  const text = query.value.trim();
  const written = text.includes("?") ? text.slice(text.indexOf("?") + 1) : text;
  const params: Record<string, string> = { response_type: "code" };
  const dropped = [];
  for (const [name, value] of new URLSearchParams(written.replace(/#.*$/s, ""))) {
    // Who asks and where the answer goes belong to the world of the story.
    if (name === "" || name === "client_id" || name === "redirect_uri") continue;
    const cleaned = clean(name, value);
    if (cleaned.dropped) dropped.push(cleaned.dropped);
    if (cleaned.value !== null) params[name] = cleaned.value;
  }
  if (dropped.length > 0) {
    notes.value = { dropped, problems: [] };
    query.value = Object.entries(params).filter(([name, value]) => name !== "response_type" || value !== "code").map(([name, value]) => `${name}=${value}`).join("&");
  }
  if (!/=/.test(written)) return refuse("Write the request as parameters, for example scope=openid profile&prompt=consent.");
  const person = ANSWERS[answer.value]?.person;
  return { action: "authorize", params, ...(person ? { person } : {}) };
}
