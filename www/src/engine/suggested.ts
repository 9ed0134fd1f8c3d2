import type { AuthorizeInput, Decision, Policy } from "grantwise/engine";
import type { Goal, Suggestion, Suggestions } from "grantwise/explore";
import type { State } from "../state/model.ts";
import { configurationWritten } from "./policies.ts";
import { transfer } from "./transfer.ts";
import { walk, type Walk } from "./walk.ts";

/** A goal that a word names. */
export type GoalName = Exclude<Goal, { readonly scope: string }>;

export const GOALS: readonly { goal: GoalName; title: string }[] = [
  { goal: "refresh_token", title: "a refresh token" },
  { goal: "offline_refresh_token", title: "a refresh token that works while the user is away" },
  { goal: "session_refresh_token", title: "a refresh token that ends with the session" },
  { goal: "survives_logout", title: "a refresh token that survives logout" },
  { goal: "ends_at_logout", title: "a refresh token that ends at logout" },
  { goal: "no_refresh_token", title: "no refresh token" },
  { goal: "no_consent_screen", title: "no consent page" },
  { goal: "no_screen", title: "no page at all" },
  { goal: "consent_screen", title: "the consent page" },
];

/** What somebody most likely wants who looks at this answer. */
export function likelyGoal({ steps, decision }: Walk): GoalName {
  if (steps.some(({ screen }) => screen === "consent") && decision.outcome === "issue") return "no_consent_screen";
  const token = decision.outcome === "issue" ? (decision.tokens.token_endpoint?.refresh_token ?? null) : null;
  if (token === null) return "refresh_token";
  return token.binding === "session" ? "offline_refresh_token" : "no_refresh_token";
}

/** Scopes that the request asks for and does not get. */
export function missingScopes({ decision }: Walk): string[] {
  const { requested, granted } = decision.scope;
  return requested.filter((scope) => !granted.includes(scope));
}

/** The request as it stands before the consent page: what happens there is taken for granted. */
export function askedOf({ input }: Walk): AuthorizeInput {
  const { answers = [], ...rest } = input;
  const kept = answers.filter(({ screen }) => screen !== "consent");
  return kept.length === 0 ? rest : { ...rest, answers: kept };
}

/** A suggestion, and the state of the page that carries it out. */
export interface Way {
  suggestion: Suggestion;
  /** Null where no field of the page can say it. */
  state: State | null;
}

type Suggests = (policy: Policy, input: AuthorizeInput, goal: Goal) => Suggestions;

/** The ways to a goal, each as a state of the page that was decided and found to be the same. */
export function ways(
  found: Suggestions, suggest: Suggests, goal: Goal, state: State, input: AuthorizeInput, policyOf: (state: State) => Policy,
): Way[] {
  return found.suggestions.map((suggestion) => {
    const { applied } = suggestion;
    const moved = transfer(state, input, applied.input);
    const next = { ...moved, policy: configurationWritten(applied.policy.overrides) };
    const policy = policyOf(next);
    const walked = walk(policy, next);
    const same = beforeConsent(walked).situation === policy.authorize(applied.input).situation;
    const fits = same || suggest(policy, askedOf(walked), goal).reached;
    return { suggestion, state: fits ? next : null };
  });
}

/** The decision that a consent page came of, or else the last one. */
export function beforeConsent({ steps, decision }: Walk): Decision {
  return steps.find(({ screen }) => screen === "consent")?.decision ?? decision;
}
