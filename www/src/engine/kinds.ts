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

/** How many differences of each kind. */
export function countsOf(differences: readonly Difference[]): Record<Kind, number> {
  const counts = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, 0])) as Record<Kind, number>;
  for (const one of differences) counts[kindOf(one)] += 1;
  return counts;
}
