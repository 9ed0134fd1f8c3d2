// The documents on hosts: what their programs print, and how many lines they say that an example takes.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FOLDER, samples } from "./support.js";

const DOCUMENTS = join(import.meta.dirname, "../../docs");
const document = (name) => readFileSync(join(DOCUMENTS, name), "utf8");

/** Lines that are neither empty nor comment alone; of a file, or of a part of it. */
function lines(named) {
  const [name, part] = named.split(", ");
  const text = readFileSync(join(FOLDER, "samples", name), "utf8");
  const shown = part === undefined ? text : text.split("// == ").find((rest) => rest.startsWith(`${part} ==`)).slice(part.length + 3);
  return shown.split("\n").filter((line) => line.trim() !== "" && !/^\s*(?:\/\/|\/\*\*|\*)/.test(line)).length;
}

for (const [name, rows] of [["workers.md", 3], ["better_auth.md", 2], ["hydra.md", 2], ["mcp.md", 3]]) {
  test(`${name} counts the lines of its example`, () => {
    const counted = [...document(name).matchAll(/^\| (\w+\.mjs(?:, [^|]+?)?) \| (\d+) \|$/gm)];
    assert.equal(counted.length, rows);
    for (const [, named, number] of counted) assert.equal(Number(number), lines(named), named);
  });
}

test("mcp_preflight.mjs prints what mcp.md shows", () => {
  const place = samples();
  try {
    const printed = execFileSync(process.execPath, ["mcp_preflight.mjs"], { cwd: place, encoding: "utf8" });
    const [, shown] = /It prints:\n\n```text\n([\s\S]*?)```/.exec(document("mcp.md"));
    assert.equal(shown, printed);
  } finally {
    rmSync(place, { recursive: true });
  }
});
