/**
 * A store for the records of Grantwise: it reads them, decides with a policy, and carries out the effects of the decision, in
 * one transaction for each decision. Secrets are stored as their hash.
 *
 *     const store = await openStore(policy, sql(new DatabaseSync("grants.db")), { mint: { id_token: signed } });
 *     const { decision, minted } = await store.exchange({ request, client, client_authenticated });
 *     const { status, headers, body } = tokenResponse(decision, minted);
 */

import type {
  Answer, AuthorizeInput, ClientInput, CodeRecord, Consent, Decision, EventDecision, EventInput, ExchangeInput, ManageGrantInput,
  Policy, RefreshInput, RequestInput, RevokeInput, Seconds, Session, Status, StatusContext, TokenDecision, TokenRecord,
} from "./index.js";

/** Where records are kept: `memory()` or `sql(client)`. */
export interface Backend {
  readonly __backend?: never;
}

/** Records in memory, for tests and examples: they end with the process. Each call is a memory of its own. */
export declare function memory(): Backend;

/** A database of `node:sqlite` or better-sqlite3. */
export interface SqliteDatabase {
  prepare(text: string): object;
  exec(text: string): unknown;
}

/** What answers a statement with its rows, and with how many rows it changed (`rowCount` or `affectedRows`). */
export interface Queryable {
  query(text: string, values?: any[]): Promise<object>;
}

/** PGlite, or whatever begins and ends its transactions itself. They have to be serializable. */
export interface Transactional extends Queryable {
  transaction(work: (transaction: any) => Promise<any>): Promise<any>;
}

/** `Pool` or `Client` of pg. A `Client` is connected already. */
export interface Connecting extends Queryable {
  connect(): Promise<any>;
}

/**
 * Records in a database: SQLite, PGlite, PostgreSQL, or one that speaks its protocol. The store opens and closes no
 * connection of a `Client` or a file; that stays with whoever made it.
 */
export declare function sql(client: SqliteDatabase | Transactional | Connecting): Backend;

/** What makes what a decision names. Without one, 256 random bits; an ID Token has to be signed. */
export interface Mint {
  code?(decision: Decision): string | Promise<string>;
  /** For example a JWT. It is asked before anything is stored, and again where another call was faster. */
  access_token?(decision: Decision | TokenDecision, minted: Minting): string | Promise<string>;
  refresh_token?(decision: TokenDecision, minted: Minting): string | Promise<string>;
  /** It is asked last. `decision.id_token` or `decision.response.id_token` has the claims. */
  id_token?(decision: Decision | TokenDecision, minted: Minting): string | Promise<string>;
}

/** What was minted for a decision: exactly what `response.mint` names. */
export interface Minting {
  code?: string;
  access_token?: string;
  refresh_token?: string;
  id_token?: string;
}

export interface StoreOptions {
  mint?: Mint;
  /** The clock. */
  now?: () => Seconds;
  /** False: only look whether the tables are there, in this version. */
  migrate?: boolean;
  /** So many seconds a call goes on while others are faster. Default 30. */
  patience_s?: number;
  /** By so many seconds the clock may have been set back: a record that is newer says how late it is. Default 300. */
  clock_step_s?: number;
  /** So long a page may be answered. Default 600. */
  page_s?: number;
  /** So long what is over is remembered, so that who presents it again is noticed. Default 30 days. */
  keep_s?: number;
}

/** Opens a store, and brings its tables to the newest version. */
export declare function openStore(policy: Policy, backend: Backend, options?: StoreOptions): Promise<Store>;

/** A page in progress, as `takePage` gives it back. */
export interface Page {
  request: string;
  answers: readonly Answer[];
  outcome: "login" | "reauthenticate" | "select_account" | "consent";
  /** What the page said. */
  shown: Consent | null;
  interaction: string;
}

/** What the person did on the page; the store adds the screen, the time and what was shown. */
export interface PageAnswer {
  result: "done" | "failed" | "denied" | "none_chosen" | "approved" | "impossible";
  /** Space-delimited scopes that were approved. */
  scope?: string;
  remember?: boolean;
  time_limit?: number;
}

export interface StoreAuthorizeInput extends Omit<AuthorizeInput, "request" | "session" | "interaction" | "answers" | "now"> {
  /** As it arrived; not needed where there is a page. */
  request?: RequestInput;
  /** The secret in the browser's cookie, which names its session, if it has one. */
  caller: string;
  /** The page that was answered. */
  page?: Page | null;
  /** What was answered; null draws the page once more. */
  answer?: PageAnswer | null;
  now?: Seconds;
}

export interface Authorized {
  decision: Decision;
  minted: Minting;
  /** The id of the page to show, for a hidden field; null where there is none. */
  interaction: string | null;
}

export interface Decided<D> {
  decision: D;
  minted: Minting;
}

/** What differs for each record may be a function of it. */
export type OfRecord<T, R> = T | ((record: R | null) => T | undefined);

export interface StoreExchangeInput
  extends Omit<ExchangeInput, "code" | "session" | "existing_grant" | "code_verifier_matches" | "now"> {
  /** `(code) => ...` is handed the stored code with its `code_challenge`. */
  code_verifier_matches?: OfRecord<boolean, CodeRecord>;
  now?: Seconds;
}

export interface StoreRefreshInput extends Omit<RefreshInput, "refresh_token" | "session" | "id_token" | "sender_proof" | "now"> {
  id_token?: OfRecord<boolean, TokenRecord>;
  sender_proof?: OfRecord<boolean, TokenRecord>;
  now?: Seconds;
}

export interface NewSession {
  sub: string;
  /** When the password was checked. Default: now. */
  auth_time?: Seconds;
  expires_at?: Seconds;
  accounts?: number;
  /** The secret in the browser's cookie until now, if it has one. */
  caller?: string | null;
  now?: Seconds;
}

/** What a sweep did. */
export interface Swept {
  sessions: number;
  tokens: number;
  codes: number;
  forgotten: number;
}

/** Everything may throw a {@link StoreError}: answer 503 then, and hand nothing out. */
export declare class Store {
  private constructor();
  readonly policy: Policy;
  now(): Seconds;
  /** Decides a request of a browser. A page that is to be shown is kept, one-time and for this caller, until it is answered. */
  authorize(input: StoreAuthorizeInput): Promise<Authorized>;
  /** The page that a form answers: once, and for the caller for whom it was drawn; null otherwise. */
  takePage(of: { interaction: string | null; caller: string | null; now?: Seconds }): Promise<Page | null>;
  exchange(input: StoreExchangeInput): Promise<Decided<TokenDecision>>;
  refresh(input: StoreRefreshInput): Promise<Decided<TokenDecision>>;
  revoke(input: Omit<RevokeInput, "token" | "now"> & { now?: Seconds }): Promise<Decided<EventDecision>>;
  manageGrant(input: Omit<ManageGrantInput, "grant" | "now"> & { grant_id: string; now?: Seconds }): Promise<Decided<EventDecision>>;
  event(input: StoreEventInput): Promise<Decided<EventDecision>>;
  /** Whether a token that somebody presents is alive, with its record. */
  status(token: string | null | undefined, context?: StoreStatusContext): Promise<Status & { record: TokenRecord | CodeRecord | null }>;
  /** Call it only when the password was checked. The cookie gets `caller`, which nobody knew before. */
  startSession(session: NewSession): Promise<{ session: Session; caller: string }>;
  /** The live session of a caller. */
  session(caller: string | null | undefined, context?: { now?: Seconds }): Promise<Session | null>;
  /** Ends what the clock has ended, sessions with what is bound to them; forgets what has been over for long. Every minute, say. */
  sweep(now?: Seconds): Promise<Swept>;
}

/** An event, with or without the time. */
export type StoreEventInput = EventInput extends infer E ? (E extends unknown ? Omit<E, "now"> & { now?: Seconds } : never) : never;

export interface StoreStatusContext {
  kind?: "access_token" | "refresh_token" | "code";
  client?: StatusContext["client"];
  now?: Seconds;
}

export type StoreErrorCode =
  /** Others were faster, again and again. */
  | "busy"
  /** The database failed, and nothing was stored. */
  | "unavailable"
  /** The database failed so that nobody knows whether it stored the decision. Nothing was handed out. */
  | "uncertain"
  /** The policy is newer than the store. */
  | "unknown_effect"
  | "not_minted" | "not_migrated" | "newer_schema" | "broken_record" | "unknown_client";

/** The store could not do it. What it had begun is undone, but for `uncertain`. */
export declare class StoreError extends Error {
  readonly name: "StoreError";
  readonly code: StoreErrorCode;
  readonly cause?: unknown;
}

export type { Answer, ClientInput };
