import type {
  CodeRecord, Decision, EventDecision, Grant, KnobId, KnobValue, Policy, RuleId, Session, Situation, Source, Status,
  TokenDecision, TokenRecord,
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

declare module "./index.js" {
  interface Policy {
    /** As `explain` of `grantwise/explore`, which has to be loaded. */
    explain(decision: Explained, options?: ExplainOptions | null): Explanation;
  }
}

/** The same as `ready` of `grantwise`, for the explorer's own engine. */
export declare function ready(source?: string | object): Promise<void>;
