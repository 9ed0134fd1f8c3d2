import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Plugin } from "vite";

const NAME = "virtual:summary";

/** What profiles describe, in the order in which people look for them. */
const HEADINGS = { standard: "Standards", server: "Servers", vendor: "Vendors", history: "Drafts and history" };

/**
 * The little of the catalogue that the first answer needs (the names of the profiles), taken from the package at
 * build time. All the rest comes later, from the package itself.
 */
export function summary(folder: string): Plugin {
  return {
    name: "grantwise-summary",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    async load(id) {
      if (id !== `\0${NAME}`) return null;
      const { profiles, knobs, rules } = (await import(pathToFileURL(join(folder, "catalogue.js")).href)) as typeof import("grantwise/catalogue");
      const sorted = [...profiles].sort((one, two) => one.title.localeCompare(two.title, "en"));
      const kinds = Object.entries(HEADINGS).map(([kind, heading]) => ({
        heading,
        profiles: sorted.filter((one) => one.kind === kind).map(({ name, title, character }) => ({ name, title, character })),
      }));
      const counts = { profiles: profiles.length, knobs: knobs.length, rules: rules.length };
      return `export const kinds = ${JSON.stringify(kinds)};\nexport const profiles = kinds.flatMap(({ profiles }) => profiles);\nexport const counts = ${JSON.stringify(counts)};\n`;
    },
  };
}
