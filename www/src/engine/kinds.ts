import type { Difference } from "grantwise/explore";

/** What people ask about, each with the parts of a decision that it is. */
export const KINDS = {
  screens: "the pages that the user sees",
  refresh_token: "the refresh token",
  error: "errors",
  ends: "what dies at an event",
  scope: "the scopes",
  ignored: "what is set aside",
  other: "everything else",
} as const;

export type Kind = keyof typeof KINDS;

export function kindOf({ endpoint, component, one, other }: Difference): Kind {
  if (endpoint === "lifecycle") return "ends";
  if (component === "error") return "error";
  if (component.startsWith("outcome")) return endpoint === "authorize" && one !== "error" && other !== "error" ? "screens" : "error";
  if (component.startsWith("consent")) return "screens";
  if (component.startsWith("refresh_token") || component === "presented") return "refresh_token";
  if (component === "scope") return "scope";
  return component.startsWith("ignored") ? "ignored" : "other";
}

/** Differences in which both say the same, under several conditions. */
export interface Said {
  key: string;
  differences: [Difference, ...Difference[]];
}

/** By what the two say, in the order in which they came: the most ordinary first. */
export function bySaid(differences: readonly Difference[]): Said[] {
  const groups = new Map<string, Said>();
  for (const difference of differences) {
    const key = [difference.endpoint, difference.one_says, difference.other_says].join("\n");
    const group = groups.get(key);
    if (group) group.differences.push(difference);
    else groups.set(key, { key, differences: [difference] });
  }
  return [...groups.values()];
}

/** How many differences of each kind, as they are listed. */
export function countsOf(differences: readonly Difference[]): Record<Kind, number> {
  const counts = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, 0])) as Record<Kind, number>;
  for (const { differences: [one] } of bySaid(differences)) counts[kindOf(one)] += 1;
  return counts;
}
