import { clientName, policy, profile, walked } from "../engine/decided.ts";
import { write } from "../state/fragment.ts";
import { state } from "../state/store.ts";
import { markdown } from "./markdown.ts";
import { snippet } from "./snippet.ts";
import { vector } from "./vector.ts";

export type Kind = "link" | "markdown" | "vector" | "snippet";

export function link(): string {
  const here = new URL(location.href);
  here.hash = write(state.value);
  return here.href;
}

/** The decision, as text to take along. */
export const copies: Readonly<Record<Kind, () => string>> = {
  link,
  markdown: () => markdown(state.value, profile.value, walked.value, clientName.value, link()),
  vector: () => vector(state.value, profile.value.name, policy.value.overrides, walked.value, clientName.value),
  snippet: () => snippet(profile.value.name, policy.value.overrides, walked.value),
};
