import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Overrides, Policy as PolicyClass, ProfileName } from "grantwise";
import type { Moment, Simulation as SimulationClass, SimulationOptions, Step } from "grantwise/simulation";
import type { Plugin } from "vite";
import { grantTypes } from "../src/engine/situation.ts";
import type { Scenario, ScenarioStep } from "../src/timeline/model.ts";
import { TITLES } from "./scenario_titles.ts";

const NAME = "virtual:scenarios";
const SILENT = 1_000_000;
/** Of RFC 7636, appendix B: a line writes `x` for any challenge that can be one. */
const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

interface Line {
  id: string;
  profile: ProfileName;
  given: {
    client: { application_type: "web" | "native" | "browser"; confidential: boolean; redirect: string; registered_response_types?: string[] };
    session: "active" | "none";
    policy: Overrides;
    conditions: null | { basis: string; permits_offline: boolean };
    circumstances?: SimulationOptions["circumstances"];
  };
  steps: { do: Record<string, unknown> & { action: string }; expect: { issued?: { name: string }[] } }[];
}

interface Engine {
  Policy: typeof PolicyClass;
  Simulation: typeof SimulationClass;
}

/**
 * The scenarios of tests/vectors/scenarios.jsonl as the simulation runs them, under titles for people. There is one
 * source: a new line there is in the gallery as soon as it has a title here.
 */
export function scenarios(folder: string, file: string): Plugin {
  return {
    name: "grantwise-scenarios",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    async load(id) {
      if (id !== `\0${NAME}`) return null;
      this.addWatchFile(file);
      return `export const scenarios = ${JSON.stringify(await convert(folder, file))};\n`;
    },
  };
}

export async function convert(folder: string, file: string): Promise<Scenario[]> {
  const load = (name: string) => import(pathToFileURL(join(folder, name)).href);
  const engine: Engine = { ...(await load("node.js")), ...(await load("simulation_node.js")) };
  const lines = readFileSync(file, "utf8").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as Line);
  const untitled = lines.filter(({ id }) => TITLES[id] === undefined).map(({ id }) => id);
  if (untitled.length > 0) throw new Error(`build/scenario_titles.ts has no title for ${untitled.join(", ")}`);
  return Object.entries(TITLES).flatMap(([id, title]) => {
    const line = lines.find((one) => one.id === id);
    return line ? [{ ...title, ...scenario(engine, line) }] : [];
  });
}

function scenario(engine: Engine, line: Line): Omit<Scenario, "name" | "group" | "title" | "question"> {
  const options = world(line);
  const overrides = { ...line.given.policy };
  const simulation = new engine.Simulation(engine.Policy.profile(line.profile, overrides), options);
  /** What the line calls a token, and what the simulation calls it. */
  const names = new Map<string, string>();
  const named = (name: unknown) => names.get(String(name)) ?? String(name);
  const steps: ScenarioStep[] = [];
  let last: Moment | null = null;
  for (const { do: given, expect } of line.steps) {
    if (given.after === "expiry") {
      const life = last?.lives.find(({ name }) => name === named(given.token));
      const seconds = (life?.expires_at ?? SILENT) - (last?.at ?? 0);
      steps.push({ action: "advance_clock", seconds });
      last = simulation.step({ action: "advance_clock", seconds });
    }
    const step = converted(given, named);
    last = simulation.step(step);
    match(names, expect.issued ?? [], last.issued);
    steps.push(given.by === "attacker" ? { ...step, by: "attacker" } : step);
  }
  return { profile: line.profile, overrides, options, steps };
}

/** Both number the tokens of a kind in the order in which they are issued; a line may begin at 0. */
function match(names: Map<string, string>, expected: readonly { name: string }[], issued: readonly string[]): void {
  const left = [...issued];
  for (const { name } of expected) {
    const at = left.findIndex((one) => kind(one) === kind(name));
    if (at >= 0) names.set(name, ...(left.splice(at, 1) as [string]));
  }
}

function kind(name: string): string {
  return name.replace(/\d+$/, "");
}

function world({ given, steps }: Line): SimulationOptions {
  const { client } = given;
  const used = steps.flatMap((step) => (step.do.action === "authorize" ? [(step.do.params as Record<string, string>).response_type ?? "code"] : []));
  const responseTypes = client.registered_response_types ?? [...new Set(used)];
  return {
    client: {
      client_id: "photos.example",
      redirect_uris: [client.redirect === "custom_scheme" ? "example.photos:/callback" : "https://photos.example/callback"],
      application_type: client.application_type,
      token_endpoint_auth_method: client.confidential ? "client_secret_basic" : "none",
      response_types: responseTypes,
      grant_types: grantTypes(responseTypes, true),
    },
    ...(given.session === "none" ? { session: null } : {}),
    ...(given.conditions ? { conditions: [given.conditions] } : {}),
    ...(given.circumstances ? { circumstances: given.circumstances } : {}),
  };
}

function converted(given: Line["steps"][number]["do"], named: (name: unknown) => string): Step {
  switch (given.action) {
    case "authorize": {
      const user = given.user as { consent?: "approve" | "deny"; remember?: boolean } | undefined;
      const person = user && {
        ...(user.consent === "deny" ? { consent: "denied" as const } : {}),
        ...(user.remember === undefined ? {} : { remember: user.remember }),
      };
      const params = { ...(given.params as Record<string, string>) };
      if (params.code_challenge === "x") params.code_challenge = CHALLENGE;
      return { action: "authorize", params, ...(person ? { person } : {}) };
    }
    case "exchange":
      return { action: "exchange", code: named(given.code), ...(given.existing_grant ? { existing_grant: named(given.existing_grant) } : {}) };
    case "refresh": return { action: "refresh", refresh_token: named(given.refresh_token) };
    case "revoke": return { action: "revoke", token: named(given.token) };
    case "api_call": return { action: "api_call", token: named(given.token) };
    case "grant_delete": return { action: "grant_delete", grant_id: String(given.grant_id) };
    case "advance_clock": return { action: "advance_clock", seconds: Number(given.seconds) };
    case "set_session": return { action: "set_session", remaining: Number(given.remaining_s) };
    case "condition_withdrawn": return { action: "condition_withdrawn", basis: String(given.basis) };
    case "logout": case "session_timeout": case "admin_ends_session": case "switch_account": case "password_change": case "user_revokes_app":
      return { action: given.action };
    default: throw new Error(`the scenarios have a new action ${given.action}: teach it to build/scenarios.ts`);
  }
}
