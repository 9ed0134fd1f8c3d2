import type { Screen, Step, Walk } from "../engine/walk.ts";

const WORDS: Readonly<Record<Screen, string>> = {
  login: "sign in",
  reauthenticate: "sign in again",
  select_account: "choose an account",
  consent: "consent",
};

export function screenWord(screen: Screen): string {
  return WORDS[screen];
}

export function personName(sub: string): string {
  return sub.slice(0, 1).toUpperCase() + sub.slice(1);
}

/** What the person did, as the end of a sentence that begins with the name. */
export function stepWords({ screen, answer }: Step): string {
  switch (screen) {
    case "login": return signInWords(answer, "sign in", "signs in");
    case "reauthenticate": return signInWords(answer, "sign in again", "signs in again");
    case "select_account": return answer.result === "done" ? "chooses an account" : "chooses no account";
    case "consent": return `is asked ${consentAnswer(answer)}`;
  }
}

function signInWords({ result }: Step["answer"], does: string, done: string): string {
  return result === "done" ? done : result === "denied" ? `does not want to ${does}` : `cannot ${does}`;
}

function consentAnswer(answer: Step["answer"]): string {
  switch (answer.result) {
    case "denied": return "and refuses";
    case "impossible": return "and cannot answer";
    default: return "scope" in answer && answer.scope !== undefined ? "and approves a part" : "and approves";
  }
}

/** "Alice is asked and approves." */
export function screensSentence({ steps, decision, person }: Walk): string {
  const name = personName(person);
  if (steps.length === 0) {
    const page = decision.error?.placement === "page" || decision.error?.placement === "http_400";
    return page ? `${name} sees an error page.` : `${name} sees no screen.`;
  }
  const words = steps.map(stepWords);
  const last = words.pop();
  return `${name} ${words.length === 0 ? "" : `${words.join(", ")}, then `}${last}.`;
}
