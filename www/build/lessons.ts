import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const NAME = "virtual:lessons";

/** What a list of lessons says, in the order of the files. The lessons themselves come one by one when they are opened. */
export interface Listed {
  id: string;
  title: string;
  question: string;
  /** The file in www/lessons/. */
  file: string;
}

export function lessons(folder: string): Plugin {
  return {
    name: "grantwise-lessons",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load(id) {
      if (id !== `\0${NAME}`) return null;
      for (const { file } of listed(folder)) this.addWatchFile(join(folder, file));
      return `export const lessons = ${JSON.stringify(listed(folder))};\n`;
    },
  };
}

export function listed(folder: string): Listed[] {
  return readdirSync(folder).filter((file) => /^\d\d-.*\.json$/.test(file)).sort().map((file) => {
    const { id, title, question } = JSON.parse(readFileSync(join(folder, file), "utf8")) as Listed;
    return { id, title, question, file };
  });
}
