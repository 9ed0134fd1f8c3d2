// The bench. `cargo xtask bench` calls it:
//
//     node --expose-gc main.js --package FOLDER [--native PROGRAM] [--peers] [--quick] [--only ID,ID]
//                              [--clock wall|processor] [--rounds N] [--json | --write FILE]
//     node --expose-gc main.js --package FOLDER --memory [--calls N]

import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { about } from "./about.js";
import { disagreements } from "./agreement.js";
import { coldStarts } from "./cold.js";
import { entry } from "./entry.js";
import { exploreRows, explorer, wholeSpace } from "./explore_rows.js";
import { growths } from "./growth.js";
import { handwrittenRows } from "./handwritten_rows.js";
import { CONFIGURATION, PROFILE, makeInputs } from "./inputs.js";
import { interleaved, measureWith } from "./measure.js";
import { memory, watchEngines } from "./memory.js";
import { nativeAgrees, nativeRows } from "./native_rows.js";
import { packageRows } from "./package_rows.js";
import { asJson, asMarkdown, write } from "./report.js";
import { sizes } from "./sizes.js";

const { values: options } = parseArgs({
  options: {
    package: { type: "string" },
    native: { type: "string" },
    peers: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    clock: { type: "string", default: "wall" },
    rounds: { type: "string" },
    json: { type: "boolean", default: false },
    write: { type: "string" },
    memory: { type: "boolean", default: false },
    calls: { type: "string", default: "10000000" },
  },
});

/** How much is done. Fewer than 2,000 inputs are no basis for a figure in the documentation. */
const EFFORT = options.quick
  ? { inputs: 48, rounds: 2, warmUp: 1, shortest: 0, whole: 1, cold: 1, growth: null }
  : { inputs: 2048, rounds: Number(options.rounds ?? 15), warmUp: 3, shortest: 50e6, whole: 5, cold: 15, growth: { repetitions: 5, least: 20e6 } };

measureWith(options.clock);
await (options.memory ? remember() : bench());

async function bench() {
  const { Policy, ...others } = await import(pathToFileURL(entry(options.package)));
  say(`making ${EFFORT.inputs} inputs`);
  const inputs = makeInputs({ policy: Policy.profile(PROFILE, CONFIGURATION), count: EFFORT.inputs });
  const { policy, rows: ofPackage } = packageRows({ Policy, ...others }, inputs);
  const { handwritten, rows: ofHandwritten } = handwrittenRows(inputs);
  const explore = await explorer(options.package);
  agree(policy, handwritten, inputs);
  const native = options.native === undefined ? null : nativeRows(options.native, inputs, options.clock);
  if (native !== null) await nativeAgrees(native, policy, inputs);

  const wanted = options.only?.split(",");
  const asked = ({ id }) => wanted === undefined || wanted.includes(id);
  const ofPeers = options.peers ? await (await import("./peers/index.js")).peerRows(policy, inputs) : [];
  const rows = [...(native?.rows ?? []), ...ofPackage, ...ofHandwritten, ...exploreRows(explore, policy, inputs), ...ofPeers].filter(asked);
  const laps = await interleaved(rows, {
    ...EFFORT,
    progress: (round, rounds) => say(round < 0 ? "warming up" : `round ${round + 1} of ${rounds}`),
  });
  native?.close();

  const whole = wanted === undefined;
  if (whole) say("cold starts");
  const cold = whole ? coldStarts(options.package, { peers: options.peers, rounds: EFFORT.cold, clock: options.clock }) : [];
  if (whole && EFFORT.growth !== null) say("growth");
  const growth = whole && EFFORT.growth !== null ? growths(Policy, EFFORT.growth) : [];
  if (whole) say("every situation");
  const space = whole ? await wholeSpace(explore, Policy, inputs, EFFORT.whole) : [];
  const results = {
    rows, laps, space, cold, growth, sizes: sizes(options.package), about: about({ ...options, inputs, rounds: EFFORT.rounds }),
  };
  if (options.json) {
    process.stdout.write(asJson(results));
  } else {
    process.stdout.write(asMarkdown(results));
    if (options.write !== undefined) write(options.write, results);
  }
}

/** A comparison with something that decides otherwise would be none. */
function agree(policy, handwritten, { authorize }) {
  const differ = disagreements(policy, handwritten, authorize);
  if (differ.length > 0) {
    const first = JSON.stringify(differ[0], null, 2);
    throw new Error(`the handwritten policy differs on ${differ.length} inputs, first here: ${first}`);
  }
}

/** The package is imported late, so that its engines can be watched. */
async function remember() {
  watchEngines();
  const { Policy } = await import(pathToFileURL(entry(options.package)));
  const policy = Policy.profile(PROFILE, CONFIGURATION);
  const inputs = makeInputs({ policy, count: 256 });
  memory(policy, inputs, { calls: Number(options.calls), intervals: 20, say: (line) => console.log(line) });
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
