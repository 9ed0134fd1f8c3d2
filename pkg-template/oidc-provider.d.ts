/**
 * oidc-provider 9 under a policy. In `enforce` mode Grantwise decides; in `shadow` mode the server decides as before, and every
 * difference is reported.
 *
 *     const adapter = createAdapter(policy, { oidc, configuration, records: sql(database) });
 *     const provider = new oidc.Provider(issuer, adapter.configuration);
 *     await adapter.attach(provider);
 */

import type {
  AuthorizeInput, Consent, EventDecision, EventInput, Ignored, Policy, RefreshTokenReason, Seconds, Situation,
} from "./index.js";
import type { Backend, Swept } from "./store.js";

export { memory, sql } from "./store.js";

/** What `import * as oidc from "oidc-provider"` gives, or these two members of it. */
export interface OidcProvider {
  errors: object;
  interactionPolicy: object;
}

/** A configuration of oidc-provider. */
export type Configuration = Record<string, any>;

/** What a policy may be told beside the request. */
export type Facts = Pick<AuthorizeInput, "trust" | "conditions" | "circumstances">;

export interface AdapterOptions {
  /** Default `enforce`. */
  mode?: "enforce" | "shadow";
  /** Needed to enforce. */
  oidc?: OidcProvider;
  /** The server's own configuration, without what the policy decides; needed to enforce, with `findAccount`. */
  configuration?: Configuration;
  /** Where the adapter keeps its records: `memory()` or `sql(client)`. Default: `memory()`, which ends with the process. */
  records?: Backend;
  /** What else is known of a request; `context` is that of oidc-provider. Not asked in shadow mode. */
  facts?: (context: any) => Facts | Promise<Facts>;
  /** Is told what an operator should see. Whatever it throws is passed over. */
  report?: (report: Report) => void;
  /** Is told the summary of each decision, for a log of your own. Whatever it throws is passed over. */
  decided?: (summary: Summary) => void;
  /** So many grants and interactions have their summaries kept in the process. Default 10,000. */
  kept?: number;
}

/** What one side came to. */
export interface Outcome {
  outcome: "login" | "reauthenticate" | "select_account" | "consent" | "issue" | "tokens" | "done" | "ask_user" | "error";
  error?: string | null;
  placement?: string;
  /** Sorted. */
  scope?: string;
  refresh_token?: boolean;
  expires_in?: number;
}

export type Report =
  /** Shadow: the policy would have come to something else. No user, token or address stands here. */
  | {
      kind: "difference";
      operation: "authorize" | "exchange" | "refresh" | "revoke";
      at: Seconds;
      client_id: string | undefined;
      /** Names of the members in which they differ. */
      differs: string[];
      server: Outcome;
      policy: Outcome;
      assuming: string[];
      /** Why, in a sentence. */
      reason: string;
      situation: Situation;
      /** Ids of oidc-provider, for `summaries`. */
      interactions: string[];
      grant: string | undefined;
    }
  /** Shadow: it failed, and the server did not. */
  | { kind: "shadow_failed"; error: AdapterError }
  /** Enforce: the server refused what the policy does not. */
  | { kind: "refused_by_server"; error: string; client_id: string | undefined }
  /** Enforce: a decision could not be carried out, and nothing was issued. */
  | { kind: "failed"; error: AdapterError };

/** What was decided, without a user, a token or an address. */
export interface Summary {
  at: Seconds;
  operation: "authorize" | "exchange" | "refresh" | "revoke" | "event";
  client_id: string | undefined;
  outcome: Outcome["outcome"];
  error: string | null;
  /** The answer in one sentence. */
  summary: string;
  situation: Situation;
  /** Why there is a refresh token, or why there is none. */
  refresh_token: RefreshTokenReason | { issued: boolean } | null;
  ignored: Ignored[];
}

/** How much the shadow compared. */
export interface Counts {
  compared: number;
  differences: number;
  /** By the reason. */
  not_compared: Record<string, number>;
  failed: number;
  /** More requests were waiting than are kept. */
  dropped: number;
}

/** The page that is to be shown. */
export interface InteractionPage {
  uid: string;
  outcome: "login" | "reauthenticate" | "select_account" | "consent";
  /** What a consent page says; null for the others. */
  consent: Consent | null;
  summary: string;
  client_id: string;
  /** Of oidc-provider. */
  params: Record<string, any>;
  prompt: Record<string, any>;
  lastSubmission: Record<string, any> | undefined;
}

/** What the person did on the page. */
export type InteractionAnswer =
  /** Somebody signed in, or chose an account, after the password was checked. */
  | { result: "done"; accountId: string; acr?: string; amr?: string[]; remember_session?: boolean }
  | { result: "approved"; scope?: string; remember?: boolean; time_limit?: number }
  | { result: "denied" | "failed" | "none_chosen" | "impossible" };

/** An event, with or without the time. */
export type AdapterEvent = EventInput extends infer E ? (E extends unknown ? Omit<E, "now"> : never) : never;

/** @throws {AdapterError} where the policy asks for what oidc-provider cannot do, or the configuration contradicts it. */
export declare function createAdapter(policy: Policy, options?: AdapterOptions): Adapter;

export declare class Adapter {
  private constructor();
  /** For `new Provider(issuer, adapter.configuration)`. In shadow mode what was handed over. */
  readonly configuration: Configuration;
  /** Call it once, before `provider.callback()` and `provider.listen()`. Rejects where the provider is not the one for this policy. */
  attach<P extends object>(provider: P): Promise<P>;
  /** Enforce: what the page of this browser is about. */
  interaction(req: object, res: object): Promise<InteractionPage>;
  /** Enforce: what the person did; sends the browser on. */
  answer(req: object, res: object, answer: InteractionAnswer): Promise<void>;
  /** Something that happened outside of a request, such as a changed password. */
  event(event: AdapterEvent): Promise<EventDecision>;
  /** What was decided, the newest first, as long as this process remembers. */
  summaries(of: { grant: string } | { interaction: string }): Summary[];
  readonly counts: Counts;
  /** Shadow: resolves when all that has come so far is compared. */
  settled(): Promise<void>;
  /** Ends in the records what the clock has ended, and forgets what has been over for `keep_s` seconds (30 days). Every minute, say. */
  sweep(keep_s?: number): Promise<Swept>;
}

export type AdapterErrorCode =
  /** `refusals` has each setting by its name. */
  | "unsupported_policy" | "conflicting_configuration" | "wrong_provider"
  | "already_attached" | "not_attached" | "records_unavailable" | "unknown_option" | "missing_option" | "not_created"
  | "foreign_interaction" | "wrong_answer" | "not_carried_out" | "shadow_failed" | "shadow";

export declare class AdapterError extends Error {
  readonly name: "AdapterError";
  readonly code: AdapterErrorCode;
  readonly refusals?: { setting: string; sentence: string }[];
  readonly cause?: unknown;
}
