/**
 * A lesson as a file says it: a question, a situation, what the room predicts, the reveal, one thing to change.
 * Nothing in it says which prediction is right: each choice carries a claim, and the engine decides (claim.ts).
 */
import type { ProfileName } from "grantwise";
import type { Screen } from "../engine/walk.ts";

/** The version of the format, and the member by which a file is known. */
export const LESSON_VERSION = 1;

export interface Lesson {
  grantwise_lesson: typeof LESSON_VERSION;
  /** Lowercase words joined by hyphens, as in a link: `offline-access-dropped`. */
  id: string;
  title: string;
  /** The one question of the lesson. */
  question: string;
  /** What happened before, in a few plain sentences. */
  story: string;
  /** Where the story and the facts are from. */
  sources: readonly Source[];
  shows: Situation;
  /** One or two. */
  predict: readonly Prediction[];
  /** What happens, in one sentence. */
  reveal: string;
  /** Why, in one sentence. */
  reason: string;
  /** What the texts state; a test holds the engine to each. */
  holds: readonly Claim[];
  change: Task;
  /** The sentence to take home. */
  remember: string;
  /** For the teacher: what people get wrong, what to ask next. */
  notes: readonly string[];
}

export interface Source {
  title: string;
  /** https only. */
  url?: string;
}

/** What is looked at. A link is the fragment of the playground, or of its timeline, without the #. */
export type Situation =
  | { kind: "request"; link: string }
  | { kind: "policy"; link: string }
  | { kind: "comparison"; link: string; policies: readonly NamedPolicy[] }
  | { kind: "timeline"; link: string };

/** One side of a comparison, which has two to six. */
export interface NamedPolicy {
  /** How claims and the table call it; the profile's name when the file says none. */
  name: string;
  profile: ProfileName;
  /** Changed settings, as a link writes them behind `policy.`. */
  policy: Readonly<Record<string, string>>;
}

/** Exactly one choice's claim holds. */
export interface Prediction {
  id: string;
  asks: string;
  /** Two to five. */
  choices: readonly Choice[];
}

export interface Choice {
  text: string;
  when: Claim;
}

/**
 * What can be stated of a situation. All members that are there must hold.
 *
 * Of a decision, and of each decision of a comparison: `screens` to `set_aside`. Of a comparison: `under`, `count`,
 * `answers`. Of a timeline: `under`, `after` and what follows it, with `screens`, `refresh_token` and `error` of that step.
 */
export interface Claim {
  /** The screens, all of them, in their order. */
  screens?: readonly Screen[];
  /** What the code is redeemed for, or what a step of a timeline issues. */
  refresh_token?: "none" | "session" | "offline";
  /** What ends the refresh token when nobody does anything. */
  refresh_token_lives?: "session" | "until_revoked" | "long_lived" | "long_but_finite" | "fixed" | "idle" | "unspecified";
  /** A refresh makes another refresh token. */
  rotates?: boolean;
  access_token?: "none" | "in_the_redirect" | "at_the_token_endpoint" | "both";
  access_token_seconds?: number;
  /** The error code; null: no error. */
  error?: string | null;
  /** How the answer travels; `page`: the user sees it, and the client learns nothing. */
  answered_in?: "query" | "fragment" | "form_post" | "page";
  /** The scopes granted, space-delimited, in any order. Empty: none. */
  granted?: string;
  /** The scopes that the consent screen calls new, or granted before. Empty: none. */
  new_on_screen?: string;
  known_on_screen?: string;
  /** The consent screen says that access goes on while the user is away. */
  offline_on_screen?: boolean;
  /** A parameter, `access_type`, or a value of it, `scope=offline_access`. */
  set_aside?: string;

  /** Under these policies, or runs of a timeline; under each when absent. */
  under?: readonly string[];
  /** Under exactly so many of the policies. */
  count?: number;
  /** So many different answers do the policies give, in the columns named. */
  answers?: { different: number; in: readonly Column[] };

  /** After this step of the timeline, from 1; 0 before the first; after the last when absent. */
  after?: number;
  /** What came of the step, as the simulation says it. */
  result?: string;
  issues?: readonly string[];
  /** Tokens that are good. */
  alive?: readonly string[];
  /** Tokens that were issued and are no good any more. */
  ended?: readonly string[];
  /** The scopes of tokens, each space-delimited, in any order. */
  carries?: Readonly<Record<string, string>>;
  /** Tokens that were never issued. */
  missing?: readonly string[];
  session?: "open" | "none";

  /** Both take over `under` and `after`, unless they say their own. */
  not?: Claim;
  /** One of these at least. */
  any?: readonly Claim[];
}

/** What answers are compared in. */
export const COLUMNS = ["screens", "answer", "refresh_token", "access_token", "scope", "set_aside"] as const;
export type Column = (typeof COLUMNS)[number];

/** "Now change one thing." */
export interface Task {
  goal: string;
  /** Where it begins: the lesson's situation, unless the file says another one. */
  shows: Situation;
  reach: readonly Claim[];
  may: readonly Owner[];
  hints: Hints;
}

/**
 * What would have to be changed: the client's request or its registration, what the person does, what the server has on
 * record (session, grant, conditions), its profile, its single settings, or the steps of a timeline.
 */
export const OWNERS = ["request", "registration", "person", "record", "profile", "policy", "steps"] as const;
export type Owner = (typeof OWNERS)[number];

export interface Hints {
  where: string;
  what: string;
  do: Edit;
}

/** Parameters of the link to set, or with null to remove. A list is a parameter that stands there several times. */
export type Edit = Readonly<Record<string, string | readonly string[] | null>>;

/** What is wrong with a file: the place as a path, `predict[0].choices[1].when`, and a sentence. */
export interface Problem {
  place: string;
  says: string;
}
