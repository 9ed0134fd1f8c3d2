// The rows of native Rust: a process of its own, which runs a lap when it is told to.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const ROWS = [
  { id: "native_query", what: "native Rust, from the raw query (the limit)", name: "authorize" },
  { id: "native_exchange", what: "native Rust, code exchange", name: "exchange" },
  { id: "native_refresh", what: "native Rust, refresh", name: "refresh" },
  { id: "native_event", what: "native Rust, event", name: "event" },
];

/** `program` is built from native.rs. */
export function nativeRows(program, inputs, clock) {
  const folder = mkdtempSync(join(tmpdir(), "grantwise-bench-"));
  const file = join(folder, "inputs.json");
  writeFileSync(file, JSON.stringify(inputs));
  const child = spawn(program, [file, clock], { stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const lap = async (name, passes) => {
    child.stdin.write(`${name} ${passes}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error("the native program stopped");
    return JSON.parse(value);
  };
  return {
    rows: ROWS.map(({ id, what, name }) => ({ id, what, lap: (passes) => lap(name, passes) })),
    /** How often each answer comes, to compare with the package. */
    outcomes: async (name) => (await lap(name, 1)).outcomes,
    close() {
      child.stdin.end();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Native Rust and the package give each answer equally often, in every function. */
export async function nativeAgrees(native, policy, inputs) {
  for (const name of ["authorize", "exchange", "refresh", "event"]) {
    const counts = new Map();
    for (const input of inputs[name]) {
      // Rust writes the names of its values without underscores, and with capitals.
      const outcome = policy[name](input).outcome.replaceAll("_", "");
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
    const said = Object.entries(await native.outcomes(name)).map(([outcome, count]) => [outcome.toLowerCase(), count]);
    const [one, other] = [[...counts].sort(), said.sort()].map((sorted) => JSON.stringify(sorted));
    if (one !== other) throw new Error(`the package and native Rust differ on ${name}: ${one} and ${other}`);
  }
}
