import type { Grant } from "grantwise";
import type { SimulationOptions } from "grantwise/simulation";
import { scenarios } from "virtual:scenarios";
import { grantTypes, NOW } from "../engine/situation.ts";
import { OWN, USUAL_SCENARIO, type ClientKind, type Registered, type Scenario, type ScenarioStep, type TimelineState } from "./model.ts";

export const NAMES: readonly string[] = scenarios.map(({ name }) => name);

/** Where a person starts who starts from nothing. */
const EMPTY: Scenario = {
  name: OWN, group: "", title: "Your own scenario", question: "What happens, step by step?",
  profile: "openid-core", overrides: {}, steps: [],
  options: {
    client: {
      client_id: "photos.example", redirect_uris: ["https://photos.example/callback"], application_type: "web",
      token_endpoint_auth_method: "client_secret_basic",
      response_types: ["code", "token", "id_token token", "code token", "code id_token"],
      grant_types: grantTypes(["code", "id_token token"], true),
    },
  },
};

export function scenarioOf(name: string): Scenario {
  if (name === OWN) return EMPTY;
  return scenarios.find((one) => one.name === name) ?? scenarios.find((one) => one.name === USUAL_SCENARIO) ?? EMPTY;
}

export function stepsOf(state: TimelineState): readonly ScenarioStep[] {
  return state.steps ?? scenarioOf(state.scenario).steps;
}

/** The client that a kind usually is: an app that a user installs and a page in a browser keep no secret. */
function ofKind(client: SimulationOptions["client"], kind: ClientKind): SimulationOptions["client"] {
  return {
    ...client,
    application_type: kind,
    token_endpoint_auth_method: kind === "web" ? "client_secret_basic" : "none",
    redirect_uris: [kind === "native" ? "example.photos:/callback" : "https://photos.example/callback"],
  };
}

/** The client as a link says that it is registered. An app in the browser keeps no secret, whatever is said of it. */
function registered(client: SimulationOptions["client"], { client_id, public: is_public, redirect_uri }: Registered): SimulationOptions["client"] {
  const secret = is_public === null || client.application_type === "browser" ? {} : { token_endpoint_auth_method: is_public ? "none" : "client_secret_basic" };
  return {
    ...client, ...secret,
    ...(client_id === null ? {} : { client_id }),
    ...(redirect_uri === null ? {} : { redirect_uris: [redirect_uri] }),
  };
}

/** The world in which the steps play. The clock starts where it starts everywhere on this site. */
export function optionsOf(state: TimelineState): SimulationOptions {
  const { options } = scenarioOf(state.scenario);
  const { session, ...rest } = options;
  const client = registered(state.client ? ofKind(options.client, state.client) : options.client, state.registered);
  const signedIn = state.signed_in ?? session !== null;
  const grant: Grant | null = state.grant && {
    client_id: client.client_id, sub: "alice", scope: state.grant.scope, offline: state.grant.offline, how: "explicit_prompt", remembered: true, status: "active",
  };
  return { ...rest, client, now: NOW, ...(grant ? { grant } : {}), ...(signedIn ? (session ? { session } : {}) : { session: null }) };
}
