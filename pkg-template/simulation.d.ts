import type {
  ClientMetadata, Condition, Circumstances, Decision, EventDecision, Grant, Policy, Seconds, TokenDecision, Trust,
} from "./index.js";

/** The world that a simulation starts in. */
export interface SimulationOptions {
  client: ClientMetadata;
  trust?: Trust;
  /** Default `alice`. */
  sub?: string;
  /** Null: nobody is signed in. Default: signed in 60 seconds ago, for 28,800 seconds. */
  session?: null | { remaining?: number; auth_age?: number; accounts?: number };
  grant?: Grant | null;
  conditions?: readonly Condition[];
  circumstances?: Circumstances;
  /** Default 1,700,000,000. */
  now?: Seconds;
}

/** What the person does when asked; approves when absent. */
export interface Person {
  login?: "done" | "failed" | "denied";
  login_as?: string;
  account?: "done" | "none_chosen";
  consent?: "approved" | "denied" | "impossible";
  /** Space-delimited scopes that are approved; all when absent. */
  scope?: string;
  remember?: boolean;
  time_limit?: number;
}

/** Tokens and codes are named AT1, RT1, ID1, CODE1, ... in the order in which they are issued. */
export type Step =
  /** An id_token_hint is written as facts: `sub=alice`, or `sub=alice;expired`. */
  | { action: "authorize"; params: Record<string, string>; person?: Person }
  | { action: "exchange"; code: string; existing_grant?: string; sender_constrained?: boolean; params?: Record<string, string> }
  | { action: "refresh"; refresh_token: string; scope?: string; sender_proof?: boolean; id_token?: boolean }
  | { action: "client_credentials"; scope?: string }
  | { action: "revoke"; token: string }
  | { action: "api_call"; token: string }
  | { action: "grant_delete"; grant_id: string }
  | { action: "advance_clock"; seconds: number }
  | { action: "set_session"; remaining: number }
  | { action: "logout" | "session_timeout" | "admin_ends_session" | "switch_account" | "password_change" | "user_revokes_app" }
  | { action: "condition_withdrawn"; basis: string };

/** A token, code or grant after a step. */
export interface Life {
  name: string;
  kind: "access_token" | "refresh_token" | "id_token" | "code";
  status: "active" | "expired" | "revoked" | "superseded" | "used";
  scope: string;
  binding: "session" | "offline" | null;
  issued_at: Seconds;
  /** When the clock alone ends it; null when it never does, or something else ends it. */
  expires_at: Seconds | null;
  /** When it died, and of what. */
  ended_at: Seconds | null;
  because: string | null;
}

/** A session that is open. */
export interface OpenSession {
  sid: string;
  sub: string;
  auth_time: Seconds;
  expires_at: Seconds;
  accounts: number;
}

/** One entry of the timeline. */
export interface Moment {
  /** From 1. */
  n: number;
  step: Step;
  at: Seconds;
  /** What came of it, in one word. */
  result:
    | "code" | "front_channel_tokens" | "code_and_front_channel_tokens" | "none_response" | "redirect_error" | "error_page"
    | "tokens" | "error" | "ok" | "ask_user" | "http_200" | "http_204";
  screens: ("login" | "reauthenticate" | "select_account" | "consent")[];
  /** What was decided; null for a clock step. */
  decision: Decision | TokenDecision | EventDecision | null;
  /** The consent page that was shown, if any. */
  consent: Decision["consent"];
  /** Names of what this step issued. */
  issued: string[];
  /** Names of what this step ended. */
  ended: string[];
  /** Everything that was ever issued, as it stands after this step. */
  lives: Life[];
  session: OpenSession | null;
  grants: Grant[];
  /** What happened, in one sentence. */
  summary: string;
}

/** An authorization server in memory: the same pure functions, their effects applied. Deterministic. */
export declare class Simulation {
  constructor(policy: Pick<Policy, "name" | "settings">, options: SimulationOptions);
  /** Runs one step. Throws GrantwiseError for a step that names what is not there. */
  step(step: Step): Moment;
  /** All steps so far. */
  readonly timeline: readonly Moment[];
}

/** The same as `ready` of `grantwise`, for the simulation's own engine. */
export declare function ready(source?: string | object): Promise<void>;
