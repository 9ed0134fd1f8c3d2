// The bench. `cargo xtask bench` calls it:
//
//     node --expose-gc main.js --package FOLDER [--native PROGRAM] [--peers] [--quick] [--only ID,ID]
//                              [--clock wall|processor] [--rounds N] [--json | --write FILE]
//     node --expose-gc main.js --package FOLDER --memory

import { parseArgs } from "node:util";
import { disagreements } from "./agreement.js";
import { entry } from "./entry.js";
import { handwrittenRows } from "./handwritten_rows.js";
import { CONFIGURATION, PROFILE, fingerprint, makeInputs } from "./inputs.js";
import { interleaved, measureWith } from "./measure.js";
import { nativeRows } from "./native_rows.js";
import { packageRows } from "./package_rows.js";
import { asJson, asText } from "./report.js";

const { values: options } = parseArgs({
  options: {
    package: { type: "string" },
    native: { type: "string" },
    peers: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    memory: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    write: { type: "string" },
    only: { type: "string" },
    clock: { type: "string", default: "wall" },
    rounds: { type: "string" },
  },
});

/** How much is done; the fewest inputs that the figures in the documentation may rest on are 2,000. */
const SIZES = options.quick
  ? { inputs: 48, rounds: 2, warmUp: 1, shortest: 0 }
  : { inputs: 2048, rounds: Number(options.rounds ?? 15), warmUp: 3, shortest: 50e6 };

await bench();

async function bench() {
  measureWith(options.clock);
  const api = await import(entry(options.package));
  say(`making ${SIZES.inputs} inputs`);
  const inputs = makeInputs({ policy: api.Policy.profile(PROFILE, CONFIGURATION), count: SIZES.inputs });

  const { policy, rows: ofPackage } = packageRows(api, inputs);
  const { handwritten, rows: ofHandwritten } = handwrittenRows(inputs);
  const native = options.native === undefined ? null : nativeRows(options.native, inputs, options.clock);
  agree(policy, handwritten, inputs);
  await nativeAgrees(native, policy, inputs);

  const wanted = options.only?.split(",");
  const rows = [...(native?.rows ?? []), ...ofPackage, ...ofHandwritten]
    .filter(({ id }) => wanted === undefined || wanted.includes(id));
  const laps = await interleaved(rows, {
    ...SIZES,
    progress: (round, rounds) => say(round < 0 ? "warming up" : `round ${round + 1} of ${rounds}`),
  });
  native?.close();

  const results = { rows, laps, cold: [], sizes: {}, about: { inputs: SIZES.inputs, fingerprint: fingerprint(inputs) } };
  process.stdout.write(options.json ? asJson(results) : asText(results));
}

/** A comparison with something that decides otherwise would be none. */
function agree(policy, handwritten, { authorize }) {
  const differ = disagreements(policy, handwritten, authorize);
  if (differ.length > 0) {
    const [first] = differ;
    throw new Error(`the handwritten policy differs on ${differ.length} inputs, first here: ${JSON.stringify(first, null, 2)}`);
  }
}

async function nativeAgrees(native, policy, inputs) {
  if (native === null) return;
  for (const name of ["authorize", "exchange", "refresh", "event"]) {
    const counted = {};
    for (const input of inputs[name]) {
      // Rust writes the names of its values without underscores.
      const { outcome } = policy[name](input);
      const written = outcome.replaceAll("_", "");
      counted[written] = (counted[written] ?? 0) + 1;
    }
    const said = await native.outcomes(name);
    const lower = Object.fromEntries(Object.entries(said).map(([outcome, count]) => [outcome.toLowerCase(), count]));
    const sorted = (object) => JSON.stringify(Object.entries(object).sort());
    if (sorted(lower) !== sorted(counted)) {
      throw new Error(`native Rust and the package differ on ${name}: ${sorted(lower)} and ${sorted(counted)}`);
    }
  }
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
