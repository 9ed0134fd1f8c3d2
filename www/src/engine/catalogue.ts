import { signal } from "@preact/signals";
import type { RuleId, Source } from "grantwise";

type Catalogue = typeof import("grantwise/catalogue");

/** The tables of the package, once they are there: knobs, configuration, profiles, rules. */
export const catalogue = signal<Catalogue | null>(null);

/** Where a rule is said; nothing until the tables are there. */
export function sourcesOf(rule: RuleId): readonly Source[] {
  return catalogue.value?.rules.find(({ id }) => id === rule)?.sources ?? [];
}

export async function loadCatalogue(): Promise<void> {
  catalogue.value ??= await import("grantwise/catalogue");
}
