import type {
  AuthorizeInput, CodeRecord, Decision, EventDecision, Grant, KnobId, KnobValue, Overrides, Policy, ProfileName, RuleId,
  Session, Situation, Source, Status, TokenDecision, TokenRecord,
} from "./index.js";

/** A decision, what is left of one in a log, or the situation alone. */
export type Explained =
  | Decision | TokenDecision | EventDecision | Status
  | { readonly situation: Situation }
  | Situation;

export interface ExplainOptions {
  /** For an event: the stored records of the user, so that it is said which of them end and which live on. */
  records?: readonly (TokenRecord | CodeRecord | Grant | Session)[];
}

/** Why a decision is as it is: a function of the policy and the decision alone. */
export interface Explanation {
  /** All sentences, one after the other, each with its reason and its source. */
  text: string;
  /** What happens first, then the refresh token, then what was set aside, the scopes, and the records. */
  sentences: ExplanationSentence[];
}

/** What a sentence is about. */
export type ExplanationAbout =
  | "outcome" | "refresh_token" | "lifetime" | "access_token" | "ignored" | "scope" | "presented" | "ends" | "record";

/** One thing that is so, and why. */
export interface ExplanationSentence {
  about: ExplanationAbout;
  /** The parameter, the scope or the record, where there is one for each. */
  of: string | null;
  /** What is so. */
  says: string;
  /** Why, in words: the facts that decide it; null where it needs no reason beside what was said before. */
  because: string | null;
  /** The rule that decided it; null where none did. */
  rule: RuleId | null;
  /** The facts that settle it: whatever else were otherwise, it would be so. None of them could be left out. */
  facts: ExplanationFact[];
  /** The knobs that it hangs on: another value would say something else of this request. */
  knobs: ExplanationKnob[];
  /** Where the rule comes from. */
  sources: Source[];
}

/** A fact, with its value. */
export interface ExplanationFact {
  name: string;
  value: string;
  /** The same as a clause. */
  says: string;
  /** Another value of this fact alone would say something else, and not just refuse the request. These stand first. */
  decisive: boolean;
  belongs_to: BelongsTo;
}

/** Where a fact comes from. */
export interface BelongsTo {
  /** The request; what is registered of the client; what is on record; what happens now; the server. */
  group: "request" | "registration" | "record" | "now" | "server";
  /** A parameter, a member of the client metadata, of a record or of an answer, or a configuration key. */
  member: string;
}

/** A knob, with the value that the policy gives it. */
export interface ExplanationKnob {
  knob: KnobId;
  value: KnobValue;
}

/**
 * Says in plain sentences what a decision does, and why.
 * @throws {GrantwiseError} `wrong_value` where the situation is none of this version of Grantwise.
 */
export declare function explain(
  policy: Pick<Policy, "name" | "settings">, decision: Explained, options?: ExplainOptions | null,
): Explanation;

/** What somebody wants to come of a request. What happens on the consent page is taken for granted. */
export type Goal =
  /** A refresh token, however it is bound; one that works while the user is away; one that ends with the session; none. */
  | "refresh_token" | "offline_refresh_token" | "session_refresh_token" | "no_refresh_token"
  /** A refresh token that logout leaves alone, or ends. */
  | "survives_logout" | "ends_at_logout"
  /** A response without the consent page, or without any page; the consent page. */
  | "no_consent_screen" | "no_screen" | "consent_screen"
  /** This scope is granted, or would be if the person approves. */
  | { readonly scope: string };

/** What reaches a goal. */
export interface Suggestions {
  /** The goal is reached as it is. */
  reached: boolean;
  /** Every smallest set of at most three changes that reaches it, the least intrusive first. */
  suggestions: Suggestion[];
  /** Where there is none: the rules that stand in the way. */
  blocked_by: RuleId[];
}

/** A set of changes that reaches a goal, no part of which does. */
export interface Suggestion {
  changes: SuggestedChange[];
  /** What else moves. */
  side_effects: SideEffect[];
  /** The input and the policy with the changes, which can be decided as they stand. */
  applied: { input: AuthorizeInput; policy: { profile: ProfileName; overrides: Overrides } };
}

/** One change. */
export interface SuggestedChange {
  /** Who would have to make it: the client's developer, the user now, client and server, the user's record, the server. */
  owner: "request" | "now" | "registration" | "record" | "policy";
  /** A parameter, a member of the metadata or of a record, a knob or a configuration key. */
  member: string;
  /** What becomes of it, in words. */
  says: string;
  /** The knob that is turned; null where it is none. */
  knob: ExplanationKnob | null;
}

/** Something else that a set of changes moves. */
export interface SideEffect {
  component: string;
  aspect: string;
  before: string | null;
  after: string | null;
  /** What is so then, as a clause that can follow "the server". */
  says: string | null;
}

/**
 * What would change a decision: every smallest set of at most three changes with which an authorization request reaches
 * a goal. A knob is turned together with two other changes only where it mattered beside at most one of them.
 * @throws {GrantwiseError} As `authorize` does; `wrong_value` where the goal is none.
 */
export declare function suggest(
  policy: Pick<Policy, "name" | "settings">, input: AuthorizeInput, goal: Goal,
): Suggestions;

/** A condition under which two policies say different things, and none under which they agree. */
export interface Difference {
  endpoint: "authorize" | "token" | "lifecycle";
  /** The part of the decision, and the aspect of it. */
  component: string;
  aspect: string;
  /** What each of the two says: a published word, and a clause that can follow the policy's name. */
  one: string;
  other: string;
  one_says: string;
  other_says: string;
  /** Where this one says so, the condition settles what the other says. */
  given: "one" | "other";
  /** It is so before the person answers the consent page, whatever the answer will be. */
  before_answer: boolean;
  /** All of these; always, where there are none. */
  condition: ConditionFact[];
  /** How many situations differ so, as a decimal number: there are more than a number in JavaScript counts. */
  situations: string;
  /** The fewest knobs that make the difference in the example, as the second policy has them; none were found: []. */
  causes: ExplanationKnob[];
  /** The most ordinary of these situations. */
  example: Example;
}

/** A fact of a condition. */
export interface ConditionFact {
  fact: string;
  /** It has one of these values. */
  values: string[];
  says: string;
  belongs_to: BelongsTo;
}

/** A situation as an input that can be decided. */
export interface Example {
  situation: Situation;
  /** The method of the policy. */
  call: "authorize" | "exchange" | "refresh" | "event" | "revoke" | "manageGrant" | "status";
  input: unknown;
  /** Configuration keys that the situation is about. */
  configuration: Overrides;
  /** Every fact that matters is as in the situation; false where an input cannot say it. */
  exact: boolean;
}

export interface DiffOptions {
  /** An `AbortSignal`: stops the comparison, which then rejects with its reason. */
  signal?: { throwIfAborted(): void } | null;
  /** Told after each step how many were made of how many. */
  onProgress?: ((progress: { done: number; all: number }) => void) | null;
}

/** Where two policies differ over every situation: complete, so that nothing is left out, and the most ordinary first. */
export declare function diff(
  one: Pick<Policy, "name" | "settings">, other: Pick<Policy, "name" | "settings">, options?: DiffOptions | null,
): Promise<Difference[]>;

/** Whether a claim holds in every situation there is; otherwise the most ordinary situation that refutes it. */
export type Verdict =
  | { readonly holds: true; readonly counterexample: null }
  | { readonly holds: false; readonly counterexample: Example };

/** Both decide the same, with the same reasons. */
export declare function equivalent(
  one: Pick<Policy, "name" | "settings">, other: Pick<Policy, "name" | "settings">,
): Verdict;
/** With the second policy in the place of the first, no request gets a refresh token that got none. */
export declare function noNewRefreshTokens(
  before: Pick<Policy, "name" | "settings">, after: Pick<Policy, "name" | "settings">,
): Verdict;
/** With the second policy in the place of the first, no request loses its refresh token. */
export declare function noLostRefreshTokens(
  before: Pick<Policy, "name" | "settings">, after: Pick<Policy, "name" | "settings">,
): Verdict;
/** With the second policy in the place of the first, no user sees a page where there was none. */
export declare function noNewScreens(
  before: Pick<Policy, "name" | "settings">, after: Pick<Policy, "name" | "settings">,
): Verdict;

/** Every situation under one policy. */
export interface Exploration {
  endpoints: {
    endpoint: string;
    facts: number;
    /** Decimal numbers: situations that can occur, and combinations of values whether they can occur or not. */
    situations: string;
    combinations: string;
  }[];
  components: {
    endpoint: string;
    component: string;
    /** Conditions that exclude each other, each with what follows from it, as a decimal number. */
    leaves: string;
    /** What is left of them where equal branches are one. */
    nodes: number;
    /** The same number: the same decisions. */
    digest: string;
  }[];
}

/** Follows every situation there is under a policy. */
export declare function explore(policy: Pick<Policy, "name" | "settings">): Exploration;

declare module "./index.js" {
  interface Policy {
    /** As `explain` of `grantwise/explore`, which has to be loaded. */
    explain(decision: Explained, options?: ExplainOptions | null): Explanation;
    /** As `suggest` of `grantwise/explore`, which has to be loaded. */
    suggest(input: AuthorizeInput, goal: Goal): Suggestions;
    /** As `explore` of `grantwise/explore`, which has to be loaded. */
    explore(): Exploration;
  }
}

/** The same as `ready` of `grantwise`, for the explorer's own engine. */
export declare function ready(source?: string | object): Promise<void>;
