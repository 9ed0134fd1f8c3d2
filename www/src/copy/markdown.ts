import type { Source } from "grantwise";
import type { ProfileSummary } from "virtual:summary";
import { sourcesOf } from "../engine/catalogue.ts";
import { outcome } from "../engine/outcome.ts";
import type { Walk } from "../engine/walk.ts";
import { given } from "../words/given.ts";
import { plain, sentence } from "../words/sentence.ts";
import type { State } from "../state/model.ts";
import { delivery } from "./examples.ts";

/** The decision for an issue, a chat or a handout. */
export function markdown(state: State, profile: ProfileSummary, walk: Walk, client: string, link: string): string {
  const { decision } = walk;
  const delivered = delivery(decision);
  const words = outcome(walk);
  const lines = [
    `**${plain(sentence(walk, client))}**`,
    "",
    decision.summary,
    "",
    "```text",
    state.request,
    "```",
    "",
    `- Policy: ${profile.title} (\`${profile.name}\`)${changes(state)}`,
    ...given(state, client).map((one) => `- ${one}`),
    `- Screens: ${words.screens}`,
    `- Access token: ${words.accessToken}`,
    `- Refresh token: ${words.refreshToken}`,
    `- Scope granted: ${words.scope}`,
    ...decision.ignored.map(({ param, value, sentence: why }) => `- Set aside: \`${param}=${value}\`. ${why}`),
    ...(delivered?.kind === "redirect" ? ["", "```text", delivered.location, "```"] : []),
    "",
    ...decision.trace.map(({ rule, statement, strength }, at) => `${at + 1}. ${statement} (${[strength, ...sourcesOf(rule).map(cite)].join("; ")})`),
    "",
    `[Open in the playground](${link})`,
    "",
  ];
  return lines.join("\n");
}

function changes({ policy }: State): string {
  const changed = Object.entries(policy).map(([id, value]) => `\`${id}=${value}\``);
  return changed.length === 0 ? "" : `, with ${changed.join(", ")}`;
}

function cite({ title, section, address }: Source): string {
  return `[${[title, section].filter((one) => one !== "").join(", ")}](${address})`;
}
