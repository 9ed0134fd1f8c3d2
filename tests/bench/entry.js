import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The file that `import "grantwise"` loads in Node, or `require("grantwise")`, or a subpath, of a package in a folder. */
export function entry(folder, loaded = "import", subpath = ".") {
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  let found = exports[subpath];
  while (typeof found !== "string") {
    // The first condition that holds, as Node takes it.
    const condition = Object.keys(found).find((name) => ["node", loaded, "default"].includes(name));
    found = found[condition];
  }
  return join(folder, found);
}
