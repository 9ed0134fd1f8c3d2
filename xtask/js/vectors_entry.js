// The file behind an entry point, as the package's own package.json says: what an `import` would find.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** `name` is `.` or `./simulation`; the file is relative to the package's folder. */
export function entry(folder, name, conditions) {
  let target = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).exports[name];
  while (typeof target === "object" && target !== null) {
    target = Object.entries(target).find(([condition]) => conditions.includes(condition))?.[1];
  }
  if (typeof target !== "string") throw new Error(`the package has no entry point ${name} for ${conditions.join(", ")}`);
  return target;
}
