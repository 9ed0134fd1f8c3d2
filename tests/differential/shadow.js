// What the adapter's shadow says of the same walks, beside what the differential finds: `node shadow.js [--walks 300] [--seed 1]`.
// Each line is one way in which they agree or not: the kinds that the walks show, and what the shadow reported meanwhile.
import { parseArgs } from "node:util";
import { hangUp } from "./browser.js";
import { clock } from "./clock.js";
import { Profile, imported, policies } from "./profile.js";
import { runWalk } from "./run_walk.js";
import { startServer } from "./server.js";
import { walkOf } from "./walks.js";

const { createAdapter, memory } = await imported("oidc-provider.js");
const { values: { walks, seed } } = parseArgs({ options: { walks: { type: "string", default: "300" }, seed: { type: "string", default: "1" } } });

clock.stop();
let adapter;
let reported = [];
const server = await startServer({
  beside(configuration, oidc) {
    adapter = createAdapter(policies(), { mode: "shadow", oidc, configuration, records: memory(), report: (one) => reported.push(one) });
    return adapter;
  },
});
const profile = new Profile();

const brief = ({ kind, error, operation, differs, server: of, policy }) => (kind === "difference"
  ? `${operation} ${differs.map((name) => `${name} ${JSON.stringify(of[name])}/${JSON.stringify(policy[name])}`).join(", ")}` : `${kind}: ${error?.message}`);
const tally = new Map();
for (let number = 0; number < Number(walks); number += 1) {
  const walk = walkOf(Number(seed), number);
  reported = [];
  const { found, taken } = await runWalk(walk, { server, profile });
  await adapter.settled();
  const kinds = [...new Set(found.map(({ kind }) => kind ?? "unknown"))].join(", ") || "nothing";
  const line = `walks: ${kinds}; shadow: ${[...new Set(reported.map(brief))].join("; ") || "nothing"}`;
  const noted = tally.get(line) ?? { times: 0, walk: walk.slice(0, taken) };
  tally.set(line, { ...noted, times: noted.times + 1 });
}
hangUp();
await server.stop();

for (const [line, { times, walk }] of [...tally].sort(([, one], [, other]) => other.times - one.times)) {
  console.log(`${times}  ${line}`);
  if (line.startsWith("walks: nothing") && !line.endsWith("shadow: nothing")) console.log(`   ${JSON.stringify(walk)}`);
}
console.log(JSON.stringify(adapter.counts));
