import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** What `import "grantwise"` would load in Node, of a package in this folder. */
export function entry(folder, name = ".") {
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  let found = exports[name];
  while (typeof found !== "string") {
    const condition = Object.keys(found).find((key) => ["node", "import", "default"].includes(key));
    found = found[condition];
  }
  return pathToFileURL(join(folder, found)).href;
}
