// node vectors_node.js PACKAGE SCRIPTS OBSERVATIONS: runs the scripts of vectors through the built package.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { drive } from "./drive.js";
import { entry } from "./vectors_entry.js";

const [folder, scripts, observations] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(join(folder, entry(folder, name, ["node", "import", "default"]))));
const { Policy } = await load(".");
const { Simulation } = await load("./simulation");
const all = JSON.parse(readFileSync(scripts, "utf8"));
writeFileSync(observations, JSON.stringify(all.map((script) => drive({ Policy, Simulation }, script))));
