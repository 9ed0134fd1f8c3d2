/**
 * The link to the timeline, in the same form as the link to a decision (state/fragment.ts):
 *
 *     #view=timeline&scenario=stolen&with=oauth2&step=3
 *     #view=timeline&scenario=own&profile=aol&do=authorize?scope=openid&do=exchange?code=CODE1&do=logout
 *
 * `profile` is left out when it is the story's own, `with` is the second one, `step` counts from 1 and is left out
 * for the first. Each `do` is a step (step_text.ts); with any of them the story gives only the world they play in,
 * of which `client`, `session` and what was approved before (`grant`) may differ; `client_id`, `client.public` and
 * `client.redirect_uri` are how the client is registered where that is not as its kind usually is. `policy.<id>` is a changed setting. `v` is the version, left out as long as it is 1.
 */
import { VERSION } from "../state/fragment.ts";
import { isProfile } from "../state/profile_names.ts";
import { encode, parse } from "../state/request_text.ts";
import { clean, type Dropped } from "../state/secrets.ts";
import { OWN, START, USUAL_SCENARIO, type ClientKind, type ScenarioStep, type TimelineState } from "./model.ts";
import { readStep, writeStep } from "./step_text.ts";

const VIEW = "timeline";
const CLIENTS: readonly ClientKind[] = ["web", "native", "browser"];
/** More steps than anybody reads, and fewer than make a page slow. */
export const MOST_STEPS = 60;

export interface ReadTimeline {
  state: TimelineState;
  dropped: Dropped[];
  problems: string[];
}

/** An equals sign in a value needs no escape, and a step is easier to read with it. */
function value(text: string): string {
  return encode(text).replaceAll("%3D", "=");
}

export function write(state: TimelineState): string {
  const out: [string, string][] = [["view", VIEW]];
  if (state.scenario !== USUAL_SCENARIO) out.push(["scenario", state.scenario]);
  if (state.profile) out.push(["profile", state.profile]);
  for (const id of Object.keys(state.policy).sort()) out.push([`policy.${id}`, state.policy[id] ?? ""]);
  if (state.beside) out.push(["with", state.beside]);
  if (state.client) out.push(["client", state.client]);
  const { client_id, public: is_public, redirect_uri } = state.registered;
  if (is_public !== null) out.push(["client.public", String(is_public)]);
  if (client_id !== null) out.push(["client_id", client_id]);
  if (redirect_uri !== null) out.push(["client.redirect_uri", redirect_uri]);
  if (state.signed_in !== null) out.push(["session", state.signed_in ? "active" : "none"]);
  if (state.grant) out.push(["grant", state.grant.scope]);
  if (state.grant?.offline) out.push(["grant.offline", "true"]);
  for (const step of state.steps ?? []) out.push(["do", writeStep(step)]);
  // Own steps that were all removed are not the steps of the story.
  if (state.steps?.length === 0 && state.scenario !== OWN) out.push(["do", ""]);
  if (state.step !== null) out.push(["step", String(state.step)]);
  out.push(...(state.unknown as [string, string][]));
  return out.map(([name, text]) => `${encode(name)}=${value(text)}`).join("&");
}

/** Reads a link. An unreadable part never costs the rest. */
export function read(fragment: string, scenarios: readonly string[]): ReadTimeline {
  const state: { -readonly [K in keyof TimelineState]: TimelineState[K] } = { ...START };
  const dropped: Dropped[] = [];
  const problems: string[] = [];
  const unknown: [string, string][] = [];
  const policy: Record<string, string> = {};
  let steps: ScenarioStep[] | null = null;
  const text = fragment.startsWith("#") ? fragment.slice(1) : fragment;

  for (const { name, value: given } of parse(`?${text}`).pairs) {
    switch (name) {
      case "view": break;
      case "v":
        if (given !== String(VERSION)) problems.push(`This link is of version ${given}, and this page reads version ${VERSION}; it was read as far as it goes.`);
        break;
      case "scenario":
        if (scenarios.includes(given) || given === OWN) state.scenario = given;
        else problems.push(`There is no scenario ${given}, so another one is shown.`);
        break;
      case "profile": case "with":
        if (isProfile(given)) state[name === "with" ? "beside" : "profile"] = given;
        else problems.push(`There is no profile ${given}.`);
        break;
      case "client":
        if (CLIENTS.includes(given as ClientKind)) state.client = given as ClientKind;
        else problems.push(`A client is web, native or browser, so client=${given} is not counted.`);
        break;
      case "client.public":
        if (given === "true" || given === "false") state.registered = { ...state.registered, public: given === "true" };
        else problems.push(`client.public is true or false, so client.public=${given} is not counted.`);
        break;
      case "client_id": case "client.redirect_uri": {
        const cleaned = clean(name, given);
        if (cleaned.dropped) dropped.push(cleaned.dropped);
        else if (given === "") problems.push(`${name} names nothing, so it is as usual.`);
        else state.registered = { ...state.registered, [name === "client_id" ? "client_id" : "redirect_uri"]: given };
        break;
      }
      case "session":
        if (given === "none" || given === "active") state.signed_in = given === "active";
        else problems.push(`A session is none or active, so session=${given} is not counted.`);
        break;
      case "grant":
        state.grant = { scope: given.trim().replace(/\s+/g, " "), offline: state.grant?.offline ?? false };
        break;
      case "grant.offline":
        if (given === "true" || given === "false") state.grant = { scope: state.grant?.scope ?? "", offline: given === "true" };
        else problems.push(`grant.offline is true or false, so grant.offline=${given} is not counted.`);
        break;
      case "step":
        if (/^\d{1,3}$/.test(given)) state.step = Number(given);
        else problems.push(`step=${given} is no number, so the first step is shown.`);
        break;
      case "do": {
        steps ??= [];
        if (given === "") break;
        const done = readStep(given);
        dropped.push(...done.dropped);
        if (done.step === null) problems.push(`A step could not be read and was left out: ${given.split("?")[0]}.`);
        else if (steps.length < MOST_STEPS) steps.push(done.step);
        else if (steps.length === MOST_STEPS) problems.push(`Only the first ${MOST_STEPS} steps are shown.`);
        break;
      }
      default: {
        const cleaned = clean(name, given);
        if (cleaned.dropped) dropped.push(cleaned.dropped);
        else if (name.startsWith("policy.")) policy[name.slice("policy.".length)] = given;
        else unknown.push([name, given]);
      }
    }
  }
  state.unknown = unknown;
  state.policy = policy;
  state.steps = steps ?? (state.scenario === OWN ? [] : null);
  const once = dropped.filter((one, at) => dropped.findIndex((other) => other.name === one.name) === at);
  return { state, dropped: once, problems: [...new Set(problems)] };
}
