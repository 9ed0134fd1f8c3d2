import { signal } from "@preact/signals";

type Catalogue = typeof import("grantwise/catalogue");

/** The tables of the package, once they are there: knobs, configuration, profiles, rules. */
export const catalogue = signal<Catalogue | null>(null);

export async function loadCatalogue(): Promise<void> {
  catalogue.value ??= await import("grantwise/catalogue");
}
