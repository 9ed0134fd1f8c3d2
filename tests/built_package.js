// The built package, for tests that stand in folders of their own.
import { existsSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Where GRANTWISE_PACKAGE says, or where it is built. */
export const FOLDER = process.env.GRANTWISE_PACKAGE ?? join(import.meta.dirname, "../target/package");

/** A module of the package, by the name of its file. */
export const imported = (name) => import(pathToFileURL(join(FOLDER, name)));

/** Puts the package among what a folder has installed, for samples that import it by its name. */
export function link(folder) {
  const linked = join(folder, "node_modules/grantwise");
  if (existsSync(linked) && readlinkSync(linked) === FOLDER) return;
  rmSync(linked, { force: true });
  try {
    symlinkSync(FOLDER, linked);
  } catch (error) {
    if (error.code !== "EEXIST") throw error; // a test beside this one did
  }
}
