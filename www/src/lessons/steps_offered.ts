/** Steps that can be chosen by their words, so that nobody has to know how one is written. */
import { runs } from "../timeline/store.ts";
import { readStep } from "../timeline/step_text.ts";
import { stepWords } from "../timeline/words.ts";

const USUAL = [
  "logout", "user_revokes_app", "password_change", "session_timeout", "advance_clock?seconds=3600", "advance_clock?seconds=86400",
];

const WAYS: Readonly<Record<string, (name: string) => string[]>> = {
  code: (name) => [`exchange?code=${name}`],
  refresh_token: (name) => [`refresh?refresh_token=${name}`, `revoke?token=${name}`],
  access_token: (name) => [`api_call?token=${name}`],
};

export interface OfferedStep {
  /** As it stands in a link. */
  text: string;
  words: string;
  /** It is done with something that is good; with what is over it can be tried, too. */
  good: boolean;
}

/** What can be done with what was issued, and what can happen anyway. */
export function offeredSteps(): OfferedStep[] {
  const lives = runs.value.flatMap(({ entries }) => entries.at(-1)?.lives ?? []);
  const good = new Map<string, boolean>();
  for (const { kind, name, status } of lives) {
    for (const text of WAYS[kind]?.(name) ?? []) good.set(text, good.get(text) === true || status === "active");
  }
  for (const text of USUAL) good.set(text, true);
  return [...good].flatMap(([text, its]) => {
    const { step } = readStep(text);
    return step ? [{ text, words: stepWords(step), good: its }] : [];
  });
}
