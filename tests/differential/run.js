// Takes random walks through a stock oidc-provider and through its profile, and lists every divergence:
//   node run.js [--walks 3000] [--seed 1]
//   node run.js --walk '[{"do":"authorize","client":"web","request":{"response_type":"code","scope":"openid"}}]'
import { parseArgs } from "node:util";
import { Differential } from "./differential.js";

const { values: options } = parseArgs({
  options: { walks: { type: "string", default: "3000" }, seed: { type: "string", default: "1" }, walk: { type: "string" } },
});
const number = (name) => {
  const value = Number(options[name]);
  if (!Number.isSafeInteger(value) || value < 0) throw new TypeError(`--${name} is a whole number, not ${options[name]}`);
  return value;
};

const show = ({ at, stock, profile, kind, refusal }) => `  ${at}: oidc-provider ${JSON.stringify(stock)}, profile ${JSON.stringify(profile)}`
  + `${kind === null ? "" : ` (${kind})`}${refusal === null ? "" : `; its log says: ${refusal}`}`;

const differential = await Differential.start();
let isGood = true;
try {
  if (options.walk !== undefined) {
    const found = await differential.divergences(JSON.parse(options.walk));
    for (const one of found) console.log(`step ${one.step + 1}, ${one.do}\n${show(one)}`);
    console.log(found.length === 0 ? "no divergence" : `${found.length} divergences`);
    isGood = found.every(({ kind }) => kind !== null);
  } else {
    isGood = await all(number("walks"), number("seed"));
  }
} finally {
  await differential.stop();
}
process.exitCode = isGood ? 0 : 1;

async function all(walks, seed) {
  const stale = await differential.stale();
  for (const { id, why } of stale) console.log(`divergences.json: ${id} ${why}`);
  const progress = (done) => console.error(`differential: ${done} of ${walks} walks`);
  const { steps, parted, counts, unknown } = await differential.walk({ walks, seed, progress });
  for (const { walk, found, times } of unknown) {
    console.log(`\nnot in divergences.json, ${times} ${times === 1 ? "walk" : "walks"}; the shortest:\n  node run.js --walk '${JSON.stringify(walk)}'`);
    for (const one of found) console.log(show(one));
  }
  console.log(`\n${walks} walks of seed ${seed}, ${steps} steps; ${parted} walks ended at a known divergence:`);
  for (const [id, count] of counts) console.log(`  ${String(count).padStart(6)}  ${id}`);
  console.log(`${unknown.length} unknown, ${stale.length} no longer so`);
  return unknown.length === 0 && stale.length === 0;
}
