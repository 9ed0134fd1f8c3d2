import type { Overrides, ProfileName } from "grantwise";
import type { SimulationOptions, Step } from "grantwise/simulation";

/** A step of a scenario. Who does it changes nothing for the server, and a lot for the story. */
export type ScenarioStep = Step & { by?: "attacker" };

/** A story of the gallery, as the build makes it from the scenarios that the engine is tested with. */
export interface Scenario {
  /** What a link calls it. */
  name: string;
  group: string;
  title: string;
  question: string;
  profile: ProfileName;
  /** Settings that differ from the profile's own. */
  overrides: Overrides;
  options: SimulationOptions;
  steps: readonly ScenarioStep[];
}

export type ClientKind = "web" | "native" | "browser";

/** What a link says of the client's registration. Null: as the kind of client usually is. */
export interface Registered {
  client_id: string | null;
  /** It can keep no secret. */
  public: boolean | null;
  redirect_uri: string | null;
}

/** All that a link to the timeline says. */
export interface TimelineState {
  /** The story, or the one whose world own steps play in. */
  scenario: string;
  /** Null: the profile of the story. */
  profile: ProfileName | null;
  /** Changed settings of the first profile, as written in a link. */
  policy: Readonly<Record<string, string>>;
  /** What the user approved before the first step; null: as in the story. */
  grant: { scope: string; offline: boolean } | null;
  /** The second profile, beside the first. */
  beside: ProfileName | null;
  /** Null: the steps of the story. */
  steps: readonly ScenarioStep[] | null;
  /** Null: the client of the story. */
  client: ClientKind | null;
  /** How it is registered beside that. */
  registered: Registered;
  /** Nobody is signed in at first; null: as in the story. */
  signed_in: boolean | null;
  /** From 1; 0 before the first; null is the first. */
  step: number | null;
  /** What a link says and this page does not know. */
  unknown: readonly (readonly [string, string])[];
}

/** The story of a link that names none. */
export const USUAL_SCENARIO = "side-by-side";

/** The empty world: a web client, and Alice is signed in. Steps are to be added. */
export const OWN = "own";

export const AS_USUAL: Registered = { client_id: null, public: null, redirect_uri: null };

export const START: TimelineState = {
  scenario: USUAL_SCENARIO, profile: null, policy: {}, grant: null, beside: null, steps: null, client: null, registered: AS_USUAL, signed_in: null, step: null, unknown: [],
};
