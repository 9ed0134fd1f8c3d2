import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Plugin, ResolvedConfig } from "vite";

/** Files that the worker does not keep: itself, and what only a build reads. */
const LEFT_OUT = new Set(["worker.js"]);

/**
 * Writes the list of all files into the service worker, with a version made of their content: another build is
 * another worker, and the same build is the same one.
 */
export function offline(): Plugin {
  let config: ResolvedConfig;
  return {
    name: "grantwise-offline",
    apply: "build",
    configResolved(resolved) {
      config = resolved;
    },
    closeBundle() {
      const folder = join(config.root, config.build.outDir);
      const site = config.build.outDir.startsWith("/") ? config.build.outDir : folder;
      const files = list(site).filter((file) => !LEFT_OUT.has(file));
      const hash = createHash("sha256");
      for (const file of files) hash.update(file).update(readFileSync(join(site, file)));
      const worker = join(site, "worker.js");
      const text = readFileSync(worker, "utf8")
        .replace('"VERSION"', JSON.stringify(hash.digest("hex").slice(0, 12)))
        .replace('["FILES"]', JSON.stringify(["./", ...files.filter((file) => file !== "index.html")]));
      writeFileSync(worker, text);
    },
  };
}

function list(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}
