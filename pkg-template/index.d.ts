/**
 * Grantwise: which screens a user sees, which tokens a client gets, and why.
 *
 * Everything here is a pure function of its arguments: nothing is stored, minted, signed or fetched,
 * no clock is read and no random number is drawn.
 *
 * @packageDocumentation
 */

import type {
  ConfigurationKeyId, ConfigurationValues, ErrorCode, IgnoredReason, KnobId, KnobValues, Overrides, ProfileName, RuleId, Settings,
} from "./ids.js";

// The ids of the tables: a mistyped knob, value, rule or profile does not compile.
export type {
  ConfigurationKeyId, ConfigurationValues, ErrorCode, IgnoredReason, KnobId, KnobValues, Overrides, ProfileName, RuleId, Settings,
};

/** Seconds since the epoch (1970-01-01T00:00:00Z). */
export type Seconds = number;

/** Where a sentence comes from. */
export interface Source {
  /** Public name of the document. */
  title: string;
  /** Section, comment or paragraph; empty when the whole document is meant. */
  section: string;
  /** Address of the document, with the section's anchor where it has one. */
  address: string;
}

/** How binding a rule is in its source. */
export type Strength = "MUST" | "SHOULD" | "MAY" | "vendor" | "inferred";

/** A rule that decides something, with a stable id. */
export interface Rule {
  /** Stable id, for example `offline.prompt_lacks_consent`. */
  id: RuleId;
  /** What the rule says, in plain words. */
  statement: string;
  strength: Strength;
  sources: Source[];
  /** The request parameters that it concerns: what it refuses, sets aside or acts on. */
  parameters: string[];
}

/** One value that a knob can take. */
export interface KnobOption {
  value: KnobValue;
  /** What this value means. */
  meaning: string;
}

/** A value of any knob. */
export type KnobValue = KnobValues[KnobId];

/** A question on which the sources differ; a policy gives each knob one value. */
export interface Knob {
  id: KnobId;
  /** Group for display. */
  group: "offline_consent" | "approval" | "incremental" | "session" | "errors" | "vendor" | "vocabulary";
  question: string;
  /** What the sources say on each side. */
  evidence: string;
  options: KnobOption[];
  /** The value where neither the profile nor the caller sets one. */
  default: KnobValue;
}

/** A number or a list of a policy. It is used only while parsing and expanding, never by a rule itself. */
export interface ConfigurationKey {
  id: ConfigurationKeyId;
  kind: "seconds" | "count" | "scopes" | "names" | "response_types" | "url";
  meaning: string;
}

/** A value that a profile sets, with where it comes from. */
export interface ProfileSetting {
  /** Id of the knob or configuration key. */
  id: KnobId | ConfigurationKeyId;
  value: KnobValue | number | string[] | null;
  /** Empty when the value is inferred. */
  sources: Source[];
  /** Why the value was inferred; null when a source states it. */
  inferred: string | null;
}

/** A named, documented policy. */
export interface Profile {
  name: ProfileName;
  /** A standard in force; software that people run; a service that they sign up for; a draft, or what once was. */
  kind: "standard" | "server" | "vendor" | "history";
  title: string;
  /** One line: what this profile is known for. */
  character: string;
  /** The profile that this one builds on, or null. */
  base: ProfileName | null;
  sources: Source[];
  /** What this profile sets itself, beyond its base. */
  settings: ProfileSetting[];
}

/** The request: a URL, a query string, URLSearchParams, or names with values. */
export type RequestInput =
  | string
  /** A `URL`. */
  | { readonly href: string; readonly searchParams: { getAll(name: string): string[] } }
  /** A `URLSearchParams`. */
  | { getAll(name: string): string[]; entries(): Iterable<[string, string]> }
  | Record<string, string | readonly string[]>;

/** Client metadata as registered (RFC 7591 and OpenID Connect Dynamic Client Registration). Other members are passed over. */
export interface ClientMetadata {
  client_id: string;
  redirect_uris: readonly string[];
  /** `browser` is not an OpenID Connect value; it stands for a single-page application. Default `web`. */
  application_type?: "web" | "native" | "browser";
  /** `none` makes the client public. Default `client_secret_basic`. A `browser` client is always public. */
  token_endpoint_auth_method?: string;
  /** Default `["code"]`. */
  response_types?: readonly string[];
  /** Default `["authorization_code"]`: add `refresh_token` or the client never gets one. */
  grant_types?: readonly string[];
  /** Seconds. */
  default_max_age?: number;
  /** Of a Google Cloud project: `testing` or `in_production`. */
  publishing_status?: string;
  /** Of a Google Cloud project: `external` or `internal`. */
  user_type?: string;
  [member: string]: unknown;
}

/** What the server itself knows about a client; it never comes from registered metadata. */
export interface Trust {
  /** The client belongs to the authorization server's own organisation. */
  first_party?: boolean;
  /** `claimed_https`: the platform proves that the redirect URI belongs to the app (RFC 8252, section 7.2). */
  redirect_identity?: "claimed_https";
}

/** The user's session at the authorization server. */
export interface Session {
  sid?: string;
  sub: string;
  /** When the user last signed in actively. */
  auth_time: Seconds;
  expires_at?: Seconds;
  /** How many accounts are signed in. Default 1. */
  accounts?: number;
}

/** What this user granted this client before, as the server stored it. The shape of version 1 of the record. */
export interface Grant {
  v?: 1;
  grant_id?: string;
  client_id?: string;
  sub?: string;
  /** The session in which it was given, where a grant counts in its own session only. */
  sid?: string;
  /** The redirect URI for which it was given, where consent is bound to one. One without it counts for each. */
  redirect_uri?: string;
  /** Space-delimited, as on the wire. */
  scope: string;
  /** Offline access was part of it. */
  offline?: boolean;
  how?: "explicit_prompt" | "remember_checkbox" | "install" | "admin" | "policy";
  /** False: the user agreed once, but the consent was not kept for later. Default true. */
  remembered?: boolean;
  status?: "active" | "revoked";
  granted_at?: Seconds;
  /** From then on the consent no longer counts. */
  expires_at?: Seconds;
  /** False: the code of the first authorization was never redeemed. Default true. */
  first_code_exchanged?: boolean;
  /** The grant was given to another client of the same project (Google). */
  project_shared?: boolean;
  /** Space-delimited scopes that the user refused and wants to be remembered as refused. Kept, and never counted as granted. */
  refused?: string;
}

/** An authorization code as a decision stored it; the server added `id`. */
export interface CodeRecord {
  v: 1;
  /** The server's own id of the code; the tokens that come from it carry it as `family`. */
  id: string;
  client_id: string;
  sub: string;
  sid: string | null;
  redirect_uri: string;
  redirect_uri_sent: boolean;
  /** Space-delimited. */
  scope: string;
  requested_scope: string | null;
  status: "active" | "used" | "revoked";
  access_token: AccessToken;
  id_token: boolean;
  refresh_token: RefreshToken | null;
  auto_approved: boolean;
  nonce: string | null;
  auth_time: Seconds;
  code_challenge: string | null;
  code_challenge_method: string | null;
  grant_management_action: string | null;
  /** For `create`, the server puts the id here that it gave to the grant stored beside the code. */
  grant_id: string | null;
  /** When the grant ends that it goes back to, and which no refresh token outlives. */
  grant_expires_at?: Seconds;
  /** The condition for processing that stood in for consent, if any. */
  basis: string | null;
  issued_at: Seconds;
  expires_at: Seconds | null;
}

/** An access token or a refresh token as a decision stored it; the server added `id`. */
export interface TokenRecord {
  v: 1;
  kind: "access_token" | "refresh_token";
  /** The server's own id of the token. */
  id: string;
  client_id: string;
  application_type: "web" | "native" | "browser";
  client_type: "confidential" | "public";
  /** Null for a client that acts for itself. */
  sub: string | null;
  sid: string | null;
  /** The id of the code that all tokens of one authorization come from; null when there was none. */
  family: string | null;
  grant_id: string | null;
  /** Space-delimited. */
  scope: string;
  binding: "session" | "offline";
  status: "active" | "expired" | "revoked" | "superseded";
  /** How the user signed in, if the server knows: `password` or another method. */
  auth?: string | null;
  auth_time: Seconds | null;
  basis: string | null;
  sender_constrained?: boolean;
  issued_at: Seconds;
  /** When the authorization that it goes back to was redeemed; rotation does not move it. */
  authorized_at: Seconds;
  expires_at: Seconds | null;
  /** When the grant ends that it goes back to, and which neither a refresh token nor its successors outlive. */
  grant_expires_at?: Seconds;
  last_used_at: Seconds | null;
  superseded_at: Seconds | null;
}

/** A condition for processing other than the user's consent (OpenID Connect Core, section 11). */
export interface Condition {
  /** For example `employment_contract`. */
  basis: string;
  permits_offline: boolean;
  /** Space-delimited scopes that it covers; all when absent. */
  resources?: string;
  expires_at?: Seconds;
}

/** What the server knows beside the rest. */
export interface Circumstances {
  launch?: "ehr" | "standalone";
  client_eligible?: boolean;
  admin_restricted?: boolean;
  user_may_have_offline?: boolean;
  consent_screen_available?: boolean;
  /** False: pressing accept would not be valid consent here. */
  consent_valid?: boolean;
}

/** The verified id_token_hint as facts. Grantwise checks no signature. */
export interface IdTokenHint {
  sub: string;
  expired?: boolean;
  /** False: this server did not issue it. Default true. */
  issued_here?: boolean;
}

/** What the person did on a screen that was shown for this request. */
export type Answer =
  /** `denied`: the person does not want to sign in. */
  | {
      screen: "login" | "reauthenticate";
      /** `done`: the session bears it out, with an `auth_time` that is as recent as the request asks for. */
      result: "done" | "failed" | "denied";
      /** When it was given; needed where the policy has `answer_max_age_s`. */
      at?: Seconds;
    }
  | {
      screen: "select_account";
      result: "done" | "none_chosen";
      /** When it was given; needed where the policy has `answer_max_age_s`. */
      at?: Seconds;
    }
  | {
      screen: "consent";
      result: "approved" | "denied" | "impossible";
      /** Space-delimited scopes that were approved; all that were asked when absent. */
      scope?: string;
      /** The remember checkbox. */
      remember?: boolean;
      /**
       * The `consent` of the decision that drew the screen, as the server kept it; never what the browser sends back.
       * An approval needs it. An answer to another screen is not counted.
       */
      shown?: Consent;
      /**
       * The id with which the screen was drawn, as the browser sends it back. Where the input has an `interaction`, an
       * answer with another, or without, is not counted.
       */
      interaction?: string;
      /** When it was given; needed where the policy has `answer_max_age_s`. */
      at?: Seconds;
      /** The person grants for that many seconds. */
      time_limit?: number;
    };

export interface AuthorizeInput {
  request: RequestInput;
  /** Null: the server knows no such client. */
  client: ClientInput | null;
  trust?: Trust;
  session?: Session | null;
  grant?: Grant | null;
  conditions?: readonly Condition[];
  circumstances?: Circumstances;
  id_token_hint?: IdTokenHint | null;
  /**
   * An unguessable id of the page that this call may show: made by the server, kept beside the request and bound to the
   * browser. It comes back in `consent`, and only an answer that carries it counts.
   */
  interaction?: string;
  answers?: readonly Answer[];
  now: Seconds;
}

export type Placement = "query" | "fragment" | "form_post";

export type ErrorPlacement = Placement | "page" | "http_400" | "token_response" | "http_401";

export interface ProtocolError {
  /** Null where the standard names none (an error page). */
  code: ErrorCode | null;
  placement: ErrorPlacement;
  /** One sentence for the developer of the client. */
  description: string;
  /** The rule that refuses; it stands in `trace`. */
  rule: RuleId;
}

/** Something in the request that was set aside. */
export interface Ignored {
  param: string;
  value: string;
  reason: IgnoredReason;
  /** The reason as a sentence. */
  sentence: string;
}

export type ConsentReason =
  | "prompt_consent" | "new_scopes" | "offline_access" | "client_always_asked" | "always_asked"
  | "redirect_uri_changed" | "loopback_client" | "answer_out_of_date";

/** What the consent screen says. */
export interface Consent {
  /** The user who is asked. */
  sub: string;
  /** The client that asks. */
  client_id: string;
  scopes: ConsentScope[];
  /** The screen says that access goes on while the user is away. */
  offline_access: boolean;
  /** Whether the screen carries a box to remember the answer. */
  remember: "checkbox" | "always";
  /** The host that receives the response, where the screen names one and the redirect URI has one. */
  redirect_host?: string;
  /** The screen warns that every redirect URI of the client is loopback; absent where it says nothing of that. */
  loopback_warning?: boolean;
  because: ConsentReason[];
  /** The server's id of the page, where the input names one; the answer has to carry it. */
  interaction?: string;
}

/** A scope on the consent screen. */
export interface ConsentScope {
  scope: string;
  status: "new" | "already_granted";
  /** The person may leave it out. */
  optional: boolean;
}

/** How long a refresh token lives. */
export type Lifetime =
  /** Ends with the user's session at the authorization server. */
  | { kind: "session" }
  | { kind: "until_revoked" }
  /** The source says long, and gives no number. */
  | { kind: "long_lived" }
  | { kind: "long_but_finite" }
  /** So many seconds from issuance, used or not. */
  | { kind: "fixed"; seconds: number }
  /** So many seconds without use. */
  | { kind: "idle"; seconds: number }
  /** The source does not say, and the policy configures none. */
  | { kind: "unspecified" };

export interface AccessToken {
  /** Space-delimited. */
  scope: string;
  /** Null: the policy configures no lifetime. */
  expires_in: number | null;
  binding: "session" | "offline";
}

export interface RefreshToken {
  /** Space-delimited. */
  scope: string;
  binding: "session" | "offline";
  lifetime: Lifetime;
  /**
   * What a refresh does to it: `replaced` supersedes the old one, `added` leaves it alive, `until_successor_used` leaves it
   * alive until the new one is used, and `used_up` supersedes it without a new one.
   */
  rotation: "none" | "replaced" | "added" | "until_successor_used" | "used_up";
}

/** What the client gets. */
export interface TokenSet {
  front_channel: FrontChannel;
  /** Null when no code is returned. */
  token_endpoint: TokenEndpoint | null;
  /** Why there is a refresh token, or why there is none. */
  refresh_token_because: RefreshTokenReason;
}

/** Why there is a refresh token, or why there is none. */
export interface RefreshTokenReason {
  /** There is one. */
  issued: boolean;
  /** The rule by which there is one, or none; it stands in `trace`. */
  rule: RuleId;
  /** Why what asked for one was set aside; null where nothing was. */
  reason: IgnoredReason | null;
  /** The reason as a sentence. */
  sentence: string;
}

/** What the authorization endpoint returns. */
export interface FrontChannel {
  code: boolean;
  access_token: AccessToken | null;
  id_token: boolean;
}

/** What the code is redeemed for. */
export interface TokenEndpoint {
  access_token: AccessToken;
  id_token: boolean;
  refresh_token: RefreshToken | null;
}

/** One step of the reasoning, in the order in which it was made. */
export interface TraceEntry {
  rule: RuleId;
  statement: string;
  strength: Strength;
  sources: Source[];
}

/** What the server must mint for an `issue`. */
export type Mint = "code" | "access_token" | "id_token";

export interface AuthorizeResponse {
  placement: Placement;
  redirect_uri: string;
  mint: Mint[];
  state: string | null;
  /** The issuer, when the policy names one (RFC 9207). */
  iss: string | null;
  error: ErrorCode | null;
  error_description: string | null;
  /** Of the front-channel access token. */
  expires_in: number | null;
  /** Set when the scope of the front-channel access token must be reported. */
  scope: string | null;
  /** What is fixed of the ID Token, where one is minted. */
  id_token: FrontChannelIdToken | null;
}

/**
 * What a decision fixes of an ID Token that the authorization endpoint returns:
 *
 *     const { claims, hashes } = decision.response.id_token;
 *     const bound = {
 *       ...(hashes.includes("c_hash") ? { c_hash: await cHash(code, alg) } : {}),
 *       ...(hashes.includes("at_hash") ? { at_hash: await atHash(access_token, alg) } : {}),
 *     };
 *     const id_token = await sign({ iss, ...claims, ...bound, exp }, alg);
 */
export interface FrontChannelIdToken {
  claims: IdTokenClaims;
  /** Claims that bind it to the code and the access token beside it, and that it must have. */
  hashes: TokenHash[];
}

/** `cHash` and `atHash` compute them. */
export type TokenHash = "c_hash" | "at_hash";

/**
 * A filter on stored records; every member that is present must be equal. A database can execute it.
 */
export interface Filter {
  id?: string;
  sub?: string;
  client_id?: string;
  sid?: string;
  family?: string;
  grant_id?: string;
  binding?: "session" | "offline";
  application_type?: "web" | "native" | "browser";
  client_type?: "confidential" | "public";
  auth?: string;
  basis?: string;
  status?: "active";
  /** One of the record's scopes matches one of these: `*` stands for any characters but `/`, `**` for any characters. */
  any_scope_matches?: string[];
}

/** A code as a decision writes it; the server adds `id`. */
export type NewCodeRecord = Omit<CodeRecord, "id">;

/** A token as a decision writes it; the server adds `id`. */
export type NewTokenRecord = Omit<TokenRecord, "id">;

/** A grant as a decision writes it, with everything that a decision knows of it. */
export type NewGrant = Grant & Required<Pick<
  Grant, "v" | "client_id" | "sub" | "offline" | "how" | "remembered" | "status" | "granted_at" | "first_code_exchanged"
>>;

/** What becomes of a record that is used up. */
export interface Consumed {
  status: "used" | "superseded";
  superseded_at?: Seconds;
}

/** What becomes of records that change; the members that are there. */
export interface Updated {
  last_used_at?: Seconds;
  first_code_exchanged?: boolean;
}

/** What becomes of records that end. */
export interface Ended {
  status: "revoked" | "expired";
}

/** What becomes of a session that ends. */
export interface SessionEnded {
  status: "ended";
}

/**
 * Members of a record that get the id which the server gave to another record of the same decision: the `family` of
 * a front-channel access token is the id of the code beside it, and the `grant_id` that of a new grant.
 */
export interface Links {
  family?: "code" | "grant";
  grant_id?: "code" | "grant";
}

/**
 * What to do with stored records. Effects are executed in their order, in one transaction; executing them again is
 * harmless. They name the rule that asked for them; its sources stand in `trace`.
 */
export type Effect =
  /** Store a grant. It replaces the one of the same client, user and grant_id. */
  | { effect: "store"; kind: "grant"; record: NewGrant; rule: RuleId }
  /** Store a code, to which the server adds its own `id`. */
  | { effect: "store"; kind: "code"; record: NewCodeRecord; links?: Links; rule: RuleId }
  /** Store an access token, to which the server adds its own `id`. */
  | { effect: "store"; kind: "access_token"; record: NewTokenRecord; links?: Links; rule: RuleId }
  /** Store a refresh token, to which the server adds its own `id`. */
  | { effect: "store"; kind: "refresh_token"; record: NewTokenRecord; rule: RuleId }
  /**
   * Use up a code or a refresh token. It must match exactly one record. Zero matched means that another call was
   * faster: roll back, load the record again and decide again; that decision tells a retry from a replay.
   */
  | { effect: "consume"; kind: "code" | "refresh_token"; where: Filter; set: Consumed; rule: RuleId }
  /** Change records. */
  | { effect: "update"; kind: "grant" | "refresh_token"; where: Filter; set: Updated; rule: RuleId }
  /** Replace the live refresh tokens that match, but for the one with the id `spare` and the one that this decision stores. */
  | { effect: "supersede"; kind: "refresh_token"; where: Filter; spare: string; set: Consumed; rule: RuleId }
  /** End live tokens or codes; with `keep_newest`, all matching ones but the newest so many. */
  | { effect: "end"; kind: "access_token" | "refresh_token" | "code"; where: Filter; set: Ended; keep_newest?: number; rule: RuleId }
  /** Forget grants. */
  | { effect: "remove"; kind: "grant"; where: Filter; rule: RuleId }
  /** End a session. */
  | { effect: "end"; kind: "session"; where: Filter; set: SessionEnded; rule: RuleId };

/**
 * A situation that was decided: which engine decided it, a digest of the list of facts that the engine has, and the value
 * of every fact. Twenty-seven letters, digits, `-` and `_`, and no personal data: it may stand in a log. `explain` of
 * `grantwise/explore` says what it means.
 */
export type Situation = string;

/** Requested and granted scopes. */
export interface ScopeReport {
  /** As sent. */
  requested: string[];
  /** What the result has. */
  granted: string[];
  /** An access token is issued whose scope differs from the request, so that the response has to say it. */
  must_report: boolean;
}

interface DecisionParts {
  /** Null until the user is known. */
  consent: Consent | null;
  scope: ScopeReport;
  /** What the client gets, or will get if the user approves. Null until the user is known, and on an error. */
  tokens: TokenSet | null;
  ignored: Ignored[];
  effects: Effect[];
  trace: TraceEntry[];
  /** The situation that was decided: with the policy alone, it says why. */
  situation: Situation;
  /** The answer in one sentence. */
  summary: string;
}

/** What to do now. */
export type Decision =
  | ({ outcome: "error"; error: ProtocolError; response: AuthorizeResponse | null } & DecisionParts)
  | ({ outcome: "login" | "reauthenticate" | "select_account"; error: null; response: null } & DecisionParts)
  | ({ outcome: "consent"; error: null; response: null } & DecisionParts & { consent: Consent; tokens: TokenSet })
  | ({ outcome: "issue"; error: null; response: AuthorizeResponse } & DecisionParts & { tokens: TokenSet });

/** What the server found about the client of a token or revocation request. */
export interface ClientPart {
  client: ClientInput | null;
  /** The outcome of client authentication. Public clients need none. */
  client_authenticated: boolean;
}

export interface ExchangeInput extends ClientPart {
  /** The body of the token request: grant_type authorization_code or client_credentials. */
  request: RequestInput;
  /** The stored code, whatever its status; null when there is none. */
  code?: CodeRecord | null;
  /** The session that the code names, if it is still there. */
  session?: Session | null;
  /** The stored token that the parameter existing_grant names; null when there is none. */
  existing_grant?: TokenRecord | null;
  /** Whether code_verifier fits the record's code_challenge (RFC 7636); the server computes it. */
  code_verifier_matches?: boolean;
  /** The tokens will be bound to the client's key (DPoP, mTLS). */
  sender_constrained?: boolean;
  /**
   * `DPoP` when the request carries a valid DPoP proof; the tokens are sender-constrained then. A token that is bound to
   * a certificate is of type `Bearer`. Default `Bearer`.
   */
  token_type?: TokenType;
  /** How the user signed in, for rules that depend on it: `password` or another method. */
  auth?: string;
  now: Seconds;
}

export interface RefreshInput extends ClientPart {
  request: RequestInput;
  /** The stored refresh token, whatever its status; null when there is none. */
  refresh_token: TokenRecord | null;
  /** The session that the token names, if it is still there. */
  session?: Session | null;
  /** The client proved possession of the key that the token is bound to; of any, where it is bound to none. */
  sender_proof?: boolean;
  /** `DPoP` when the request carries a valid DPoP proof, to whose key the new access token will be bound. Default `Bearer`. */
  token_type?: TokenType;
  /** The server wants to return an ID Token. */
  id_token?: boolean;
  now: Seconds;
}

/**
 * Claims of an ID Token that follow from the records, ready to be signed: a claim that is not known is absent. The server
 * adds `exp`, and whatever else it says of the user.
 */
export interface IdTokenClaims {
  /** When the policy names an issuer; otherwise the server adds its own. */
  iss?: string;
  sub: string;
  aud: string;
  auth_time?: Seconds;
  iat: Seconds;
  /** As sent in the authorization request; a refresh returns none. */
  nonce?: string;
  /** The session. */
  sid?: string;
}

/** The status of an HTTP response. */
export type HttpStatus = 200 | 204 | 400 | 401 | 403 | 404;

/** How a client uses its access token. */
export type TokenType = "Bearer" | "DPoP";

/** What is sent to the client, without the tokens, which only the server can make; `tokenResponse` puts them in. */
export interface TokenResponse {
  /** 200; 401 where the client is not who it says; 400 for every other error. */
  status: HttpStatus;
  headers: Record<string, string>;
  /** What the server must mint. */
  mint: TokenMint[];
  /** The body, but for the tokens. What is not sent is absent. */
  body: TokenResponseBody;
}

/** What the server must mint for a token response. */
export type TokenMint = "access_token" | "refresh_token" | "id_token";

/** The body of a token response, but for the tokens. */
export interface TokenResponseBody {
  token_type?: TokenType;
  /** Seconds. */
  expires_in?: number;
  /** The scope of the access token, where it must be reported. */
  scope?: string;
  /** Where the client addresses grants. */
  grant_id?: string;
  error?: ErrorCode;
  error_description?: string;
}

export interface TokenDecision {
  outcome: "tokens" | "error";
  error: ProtocolError | null;
  /** What is sent to the client, but for the tokens. */
  response: TokenResponse;
  scope: ScopeReport;
  access_token: AccessToken | null;
  id_token: IdTokenClaims | null;
  /** The new refresh token, if one is issued. */
  refresh_token: RefreshToken | null;
  ignored: Ignored[];
  effects: Effect[];
  trace: TraceEntry[];
  /** The situation that was decided: with the policy alone, it says why. */
  situation: Situation;
  summary: string;
}

export interface RevokeInput extends ClientPart {
  request: RequestInput;
  /** The stored token, of either kind and whatever its status; null when there is none. */
  token: TokenRecord | null;
  now: Seconds;
}

export interface ManageGrantInput {
  method: "GET" | "DELETE";
  /** The stored grant; null when there is none. */
  grant: Grant | null;
  /** The client that asks, as its access token says. */
  client_id: string;
  /** The scope of the access token that was presented. */
  scope: string;
  now: Seconds;
}

/** The session that an event is about. */
export interface EventSession {
  sid: string;
  sub: string;
}

/** Something that happened outside of a request of the client. */
export type EventInput = { now: Seconds } & (
  | { event: "logout" | "session_timeout" | "admin_ends_session" | "switch_account"; session: EventSession }
  | { event: "rp_initiated_logout"; session: EventSession | null; client_id?: string; id_token_hint?: IdTokenHint | null; user_answer?: "yes" | "no" }
  | { event: "password_change"; sub: string }
  | { event: "user_revokes_app"; sub: string; client_id: string }
  | { event: "as_revokes_refresh_token"; token: TokenRecord }
  | { event: "condition_withdrawn"; basis: string; sub?: string; client_id?: string }
  | { event: "issue_refresh_token"; sub: string; client_id: string }
);

/** What is sent to the client: there is nothing to mint in it. */
export interface EventResponse {
  status: HttpStatus;
  headers: Record<string, string>;
  /** The body, to be sent as JSON; null: nothing is sent. */
  body: EventResponseBody | null;
}

/** The body of such a response. What is not sent is absent. */
export interface EventResponseBody {
  /** What the grant holds. The server may add `claims` and `authorization_details`. */
  scopes?: GrantedScopes[];
  error?: ErrorCode;
  error_description?: string;
}

/** Scopes of a grant. The server may add the `resource` that they are for. */
export interface GrantedScopes {
  /** Space-delimited. */
  scope: string;
}

export interface EventDecision {
  /** `ask_user`: the user must be asked first. A grant that is not there is an `error` with the status 404. */
  outcome: "done" | "ask_user" | "error";
  /** What is sent to the client by the revocation endpoint and the Grant Management API; null for events. */
  response: EventResponse | null;
  error: ProtocolError | null;
  effects: Effect[];
  trace: TraceEntry[];
  /** The situation that was decided: with the policy alone, it says why. */
  situation: Situation;
  summary: string;
}

/** Whether a stored record is still alive. */
export interface Status {
  alive: boolean;
  status: "active" | "expired" | "revoked" | "superseded" | "used" | "unknown";
  /** Why not, as a sentence; null while it is alive. */
  because: string | null;
  /** The rule by which it is not; null while it is. */
  rule: RuleId | null;
  /** Seconds until the clock alone ends it; null when it never does. */
  expires_in: number | null;
  trace: TraceEntry[];
  /** The situation that was decided: with the policy alone, it says why. */
  situation: Situation;
}

export interface StatusContext {
  /** The session that the record names, if it is still there: without it, a token that is bound to a session is over. */
  session?: Session | null;
  client?: ClientInput | null;
  now: Seconds;
}

/** A setting that is allowed, and risky. */
export interface PolicyWarning {
  code:
    | "code_never_ends" | "code_lives_long" | "access_token_never_ends" | "access_token_lives_long"
    | "reuse_grace_is_long" | "clock_tolerance_is_wide" | "public_clients_are_not_asked";
  sentence: string;
  /** The knob or configuration key. */
  setting: string;
}

/** What a line of a log names beside the decision. */
export interface LogOptions {
  client_id?: string;
}

/** A profile with overrides. */
export declare class Policy {
  private constructor();
  /**
   * @throws {GrantwiseError} `unknown_profile`, `unknown_key`, `wrong_type`, `wrong_value`.
   */
  static profile(name: ProfileName, overrides?: Overrides): Policy;
  /** The name of the profile. */
  readonly name: ProfileName;
  /** Every knob and configuration key with the value in force. */
  readonly settings: Settings;
  /** Settings that are allowed, and risky. No profile that ships has one. */
  readonly warnings: readonly PolicyWarning[];
  /**
   * Decides an authorization request. Call it again with `answers` after each screen.
   * Any request gives a decision; only misuse of the interface throws.
   */
  authorize(input: AuthorizeInput): Decision;
  /** Redeems a code, or answers client_credentials. */
  exchange(input: ExchangeInput): TokenDecision;
  /** Answers a refresh request. */
  refresh(input: RefreshInput): TokenDecision;
  /** Answers a revocation request (RFC 7009). */
  revoke(input: RevokeInput): EventDecision;
  /** Answers a request of the Grant Management API. */
  manageGrant(input: ManageGrantInput): EventDecision;
  /** What an event does to stored records. */
  event(input: EventInput): EventDecision;
  /** Whether a stored token or code is still alive; null stands for one that is not there. */
  status(record: TokenRecord | CodeRecord | null, context: StatusContext): Status;
  /**
   * A digest of the settings: the same for policies that were written differently and have the same. It belongs to this
   * version of Grantwise; another may have more knobs.
   */
  readonly fingerprint: string;
  /**
   * A decision of any kind as one line of JSON for a server's log: stable keys, and no personal data (no user, no state, no
   * address, no token). The client stands there only where `client_id` is handed over. docs/log.md lists the keys.
   */
  log(decision: Decision | TokenDecision | EventDecision | Status, options?: LogOptions): string;
  /** Frees what the policy takes in the engine now. It happens by itself when nobody has the policy any more. */
  release(): void;
}

/**
 * Registered metadata, read once: pass it as `client` again and again instead of the metadata. A decision with it is
 * the same, and saves the reading of the metadata in each call.
 */
export declare class Client {
  /** @throws {GrantwiseError} `missing_key`, `wrong_type`, `wrong_value`. */
  constructor(metadata: ClientMetadata);
  /** What decisions depend on of what is registered. */
  readonly metadata: ClientMetadata;
  /** Frees what the client takes in the engine now. It happens by itself when nobody has the client any more. */
  release(): void;
}

/** Registered metadata, as the server stores it or as a prepared client. */
export type ClientInput = ClientMetadata | Client;

/** What the server minted. */
export interface Minted {
  code?: string;
  access_token?: string;
  id_token?: string;
}

/**
 * The redirect of a decision, escaped, with `state` and `iss`; ASCII, whatever script the redirect URI was registered in.
 * @throws {GrantwiseError} when the decision redirects nowhere, or `minted` is not exactly what it names.
 */
export declare function location(decision: Decision, minted?: Minted): string;

/** A page that posts the response (OAuth 2.0 Form Post Response Mode). */
export interface FormPost {
  action: string;
  fields: Record<string, string>;
  /** A complete, escaped HTML page; it posts itself where scripts run, and shows a button where not. */
  html: string;
  /** The hash of the page's one script, for a Content-Security-Policy: `script-src 'sha256-...'`. It never changes. */
  script_hash: string;
}

/** What a page of a form depends on beside its content. */
export interface FormOptions {
  /** The nonce of the response's Content-Security-Policy, for the page's one script. */
  nonce?: string;
}

/** The form of a decision whose placement is `form_post`. */
export declare function form(decision: Decision, minted?: Minted, options?: FormOptions): FormPost;

/** The tokens that the server minted for a token response. */
export interface MintedTokens {
  access_token?: string;
  refresh_token?: string;
  id_token?: string;
}

/** A token response with its tokens, ready to be sent. */
export interface FullTokenResponse {
  status: HttpStatus;
  headers: Record<string, string>;
  /** To be sent as JSON. */
  body: FullTokenResponseBody;
}

/** The body of a token response. What is not sent is absent. */
export interface FullTokenResponseBody {
  access_token?: string;
  token_type?: TokenType;
  /** Seconds that the access token lives. */
  expires_in?: number;
  /** The new refresh token; without one the client keeps the one that it has. */
  refresh_token?: string;
  id_token?: string;
  /** The scope of the access token, where it must be reported. */
  scope?: string;
  /** Where the client addresses grants. */
  grant_id?: string;
  error?: ErrorCode;
  error_description?: string;
}

/**
 * The response of a decision of the token endpoint, with the tokens that were minted for it: exactly those that
 * `decision.response.mint` names, and none for an error. Carry out the effects first: a token that is not stored must not
 * be sent.
 *
 *     const { status, headers, body } = tokenResponse(decision, { access_token, refresh_token });
 *     response.writeHead(status, headers).end(JSON.stringify(body));
 *
 * @throws {GrantwiseError} when `minted` is not exactly what the decision names.
 */
export declare function tokenResponse(decision: TokenDecision, minted?: MintedTokens): FullTokenResponse;

/**
 * How an ID Token is signed. `EdDSA` stands for Ed25519: there is no helper for Ed448, whose hash Web Crypto does not have.
 */
export type SigningAlgorithm =
  | "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "ES256K"
  | "HS256" | "HS384" | "HS512" | "EdDSA" | "Ed25519";

/**
 * The claim `c_hash`, which binds an ID Token to the code beside it (OpenID Connect Core 1.0, section 3.3.2.11).
 * `alg` is the algorithm that signs the ID Token. It needs Web Crypto, which a page has over https and on localhost.
 * Rejects with a {@link GrantwiseError} for another algorithm, and for what is no code.
 */
export declare function cHash(code: string, alg: SigningAlgorithm): Promise<string>;

/** The claim `at_hash`, which binds an ID Token to the access token beside it (OpenID Connect Core 1.0, section 3.2.2.10). */
export declare function atHash(accessToken: string, alg: SigningAlgorithm): Promise<string>;

/** All profiles, in alphabetical order. */
export declare const profiles: readonly Profile[];
/** All knobs. */
export declare const knobs: readonly Knob[];
/** All configuration keys. */
export declare const configuration: readonly ConfigurationKey[];
/** All rules. */
export declare const rules: readonly Rule[];
/** The version of the package. */
export declare const version: string;

export type GrantwiseErrorCode =
  | "unknown_profile" | "unknown_key" | "missing_key" | "wrong_type" | "wrong_value" | "not_own_property"
  | "unreadable" | "malformed_string" | "contradiction" | "too_deep" | "not_ready" | "released";

/** Misuse of the interface. A protocol refusal is never one: it is a decision with `outcome: "error"`. */
export declare class GrantwiseError extends Error {
  readonly name: "GrantwiseError";
  readonly code: GrantwiseErrorCode;
  /** Where in the arguments, for example `session.auth_time`. */
  readonly path: string;
}

/**
 * Resolves when the engine is loaded. Where it is ready on import, as on servers, this resolves at once.
 * `source` is where to load it from: an address (a URL or a string), a Response, a Blob, bytes, or a compiled module, or a
 * promise of one; the file beside the entry if absent.
 */
export declare function ready(source?: string | object): Promise<void>;
