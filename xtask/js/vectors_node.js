// node vectors_node.js PACKAGE SCRIPTS OBSERVATIONS: runs the scripts of vectors through the built package.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { drive } from "./drive.js";

const [folder, scripts, observations] = process.argv.slice(2);
const grantwise = await import(pathToFileURL(join(folder, "node.js")));
const script = JSON.parse(readFileSync(scripts, "utf8"));
writeFileSync(observations, JSON.stringify(script.map((one) => drive(grantwise, one))));
