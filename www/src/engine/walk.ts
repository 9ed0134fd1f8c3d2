import type { Answer, AuthorizeInput, Decision, Policy } from "grantwise/engine";
import type { State } from "../state/model.ts";
import { freshSession, grantOf, NOW, session, situation, type Person } from "./situation.ts";

export type Screen = "login" | "reauthenticate" | "select_account" | "consent";

/** One screen, and what the person did there. */
export interface Step {
  screen: Screen;
  /** The decision that called for the screen. */
  decision: Decision;
  answer: Answer;
  /** Who sat before it; null while nobody is known. */
  person: Person | null;
}

/** A request from its arrival to its end. */
export interface Walk {
  steps: Step[];
  /** The last decision. */
  decision: Decision;
  /** What it was made from. */
  input: AuthorizeInput;
  /** Who is answered for in the end. */
  person: Person;
}

/** More screens than a request can need; a walk that is longer goes in a circle. */
const MOST_SCREENS = 8;

/**
 * Asks the engine, answers the screen that comes as the circumstances say, and asks again, until there is nothing
 * to answer. Which screen comes, and what an answer changes, is the engine's business alone.
 */
export function walk(policy: Policy, state: State): Walk {
  const input = situation(state);
  const answers: Answer[] = [];
  const steps: Step[] = [];
  for (;;) {
    const given: AuthorizeInput = answers.length === 0 ? { ...input } : { ...input, answers: [...answers] };
    const decision = policy.authorize(given);
    const person = (input.session?.sub ?? null) as Person | null;
    if (decision.outcome === "issue" || decision.outcome === "error" || steps.length === MOST_SCREENS) {
      return { steps, decision, input: given, person: person ?? state.circumstances["login.as"] };
    }
    // Everything on this page happens in one moment; a policy that lets answers age wants to hear when.
    const at = policy.settings.answer_max_age_s === null ? {} : { at: NOW };
    const answer = { ...answered(state, decision), ...at };
    steps.push({ screen: decision.outcome, decision, answer, person });
    answers.push(answer);
    if (answer.result === "done") afterwards(input, state, decision.outcome);
  }
}

function answered({ circumstances: c }: State, decision: Decision): Answer {
  switch (decision.outcome) {
    case "login":
    case "reauthenticate": return { screen: decision.outcome, result: c.login };
    case "select_account": return { screen: "select_account", result: c.account === "none_chosen" ? "none_chosen" : "done" };
    case "consent": {
      const answer: Answer & { screen: "consent" } = {
        screen: "consent",
        result: c.consent === "some" ? "approved" : c.consent,
        shown: decision.consent,
      };
      if (c.consent === "some") answer.scope = c["consent.scope"];
      if (decision.consent.remember === "checkbox") answer.remember = c["consent.remember"];
      if (c["consent.time_limit"]) answer.time_limit = c["consent.time_limit"];
      return answer;
    }
    default: throw new Error(`no screen: ${decision.outcome}`);
  }
}

/** A sign-in or a choice of account changes who is answered for. */
function afterwards(input: AuthorizeInput, state: State, screen: Screen): void {
  const { circumstances: c } = state;
  if (screen === "select_account") {
    if (!input.session) return;
    const chosen = c.account === "bob" ? "bob" : "alice";
    input.session = session(state, chosen);
    input.grant = grantOf(state, chosen);
  } else if (screen === "login" || screen === "reauthenticate") {
    const person = c["login.as"];
    input.session = freshSession(state, person);
    input.grant = grantOf(state, person);
  }
}
