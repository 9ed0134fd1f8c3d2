// How long a process takes until its first decision, over one that does nothing: processes in turns.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { entry } from "./entry.js";
import { median, rounded } from "./measure.js";

const program = (name) => fileURLToPath(new URL(`cold/${name}`, import.meta.url));

/** What is started, and beside which process that does nothing: an empty module, or an empty script. */
const STARTS = [
  { id: "package_import", what: "`import` of the package, a policy and a decision", program: "import.mjs", loaded: "import", empty: "empty.mjs" },
  { id: "package_require", what: "the same with `require`", program: "require.cjs", loaded: "require", empty: "empty.cjs" },
];

const PEERS = [
  { id: "cedar_wasm", what: "`import` of cedar-wasm and a decision", program: "cedar.mjs", empty: "empty.mjs" },
  { id: "casbin", what: "`import` of casbin and a decision", program: "casbin.mjs", empty: "empty.mjs" },
  { id: "casl", what: "`import` of casl and a decision", program: "casl.mjs", empty: "empty.mjs" },
  { id: "oidc_provider", what: "`import` of oidc-provider alone", program: "oidc_provider.mjs", empty: "empty.mjs" },
];

/** Milliseconds over an empty process: the median of the differences within a round. */
export function coldStarts(packageFolder, { peers, rounds, clock }) {
  const starts = peers ? [...STARTS, ...PEERS] : STARTS;
  const differences = new Map(starts.map(({ id }) => [id, []]));
  for (let round = -1; round < rounds; round += 1) {
    const empty = new Map(["empty.mjs", "empty.cjs"].map((name) => [name, started(name, "", clock)]));
    for (const start of starts) {
      const over = started(start.program, entry(packageFolder, start.loaded), clock) - empty.get(start.empty);
      if (round >= 0) differences.get(start.id).push(over);
    }
  }
  return starts.map(({ id, what }) => {
    const all = differences.get(id);
    return { id, what, ms_over_empty: rounded(median(all)), ms_min: rounded(Math.min(...all)), ms_max: rounded(Math.max(...all)) };
  });
}

/** Each program prints the processor time that it had. */
function started(name, argument, clock) {
  const begin = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, [program(name), argument], { encoding: "utf8" });
  const ms = Number(process.hrtime.bigint() - begin) / 1e6;
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
  return clock === "processor" ? Number(stdout.trim().split("\n").pop()) / 1000 : ms;
}
