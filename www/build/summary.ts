import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Plugin } from "vite";

const NAME = "virtual:summary";
/** The line on each profile, which is for the second look. */
const CHARACTERS = "virtual:characters";

/** What profiles describe, in the order in which people look for them. */
const HEADINGS = { standard: "Standards", server: "Servers", vendor: "Vendors", history: "Drafts and history" };

/**
 * The little of the catalogue that the first answer needs (the names of the profiles), taken from the package at
 * build time, with the line on the one that the page opens on. All the rest comes later, from the package itself.
 */
export function summary(folder: string, opening: string): Plugin {
  return {
    name: "grantwise-summary",
    resolveId: (id) => (id === NAME || id === CHARACTERS ? `\0${id}` : null),
    async load(id) {
      if (id !== `\0${NAME}` && id !== `\0${CHARACTERS}`) return null;
      const { profiles, knobs, rules } = (await import(pathToFileURL(join(folder, "catalogue.js")).href)) as typeof import("grantwise/catalogue");
      if (id === `\0${CHARACTERS}`) {
        return `export const characters = ${JSON.stringify(Object.fromEntries(profiles.map(({ name, character }) => [name, character])))};\n`;
      }
      const sorted = [...profiles].sort((one, two) => one.title.localeCompare(two.title, "en"));
      const kinds = Object.entries(HEADINGS).map(([kind, heading]) => ({
        heading,
        profiles: sorted.filter((one) => one.kind === kind).map(({ name, title, character }) => (name === opening ? { name, title, character } : { name, title })),
      }));
      const counts = { profiles: profiles.length, knobs: knobs.length, rules: rules.length };
      return `export const kinds = ${JSON.stringify(kinds)};\nexport const profiles = kinds.flatMap(({ profiles }) => profiles);\nexport const counts = ${JSON.stringify(counts)};\n`;
    },
  };
}
