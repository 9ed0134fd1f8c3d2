// The adapter's shadow beside the same walks: it reports what the differential finds, as far as it sees it, and nothing else.
//   node shadow.js [--walks 300] [--seed 1]
//   node shadow.js --walk '[{"do":"authorize","client":"web","request":{"response_type":"code","scope":"openid"}}]'
import { parseArgs } from "node:util";
import { hangUp } from "./browser.js";
import { clock } from "./clock.js";
import { imported } from "../built_package.js";
import { Profile, policies } from "./profile.js";
import { runWalk } from "./run_walk.js";
import { startServer } from "./server.js";
import { SHOWN, isHidden } from "./shadow_kinds.js";
import { shortest } from "./shrink.js";
import { walkOf } from "./walks.js";

const { createAdapter, memory } = await imported("oidc-provider.js");

export class Watched {
  #server;
  #adapter;
  #profile = new Profile();
  #reported = [];

  /** `overrides` turn knobs of the shadow's policy. */
  static async start(overrides = {}) {
    clock.stop();
    const watched = new Watched();
    watched.#server = await startServer({
      beside(configuration, oidc) {
        const report = (one) => watched.#reported.push(one);
        watched.#adapter = createAdapter(policies(overrides), { mode: "shadow", oidc, configuration, records: memory(), report });
        return watched.#adapter;
      },
    });
    return watched;
  }

  async stop() {
    hangUp();
    await this.#server.stop();
  }

  get counts() {
    return this.#adapter.counts;
  }

  async #reports() {
    await this.#adapter.settled();
    return this.#reported.splice(0);
  }

  /** What is wrong in a walk: a report of no kind that the differential finds there, and a kind that should be reported and is not. */
  async wrong(walk, seen = () => {}) {
    const { found, reported } = await runWalk(walk, { server: this.#server, profile: this.#profile, reports: () => this.#reports() });
    const isOf = (one, { step, report }) => one.step === step && report.kind === "difference" && SHOWN[one.kind]?.(report) === true;
    const unknown = reported.filter((entry) => !found.some((one) => isOf(one, entry))).map(({ step, report }) => ({ step, what: brief(report) }));
    const missed = found.filter((one) => SHOWN[one.kind] !== undefined && !isHidden(one) && !reported.some((entry) => isOf(one, entry)))
      .map(({ step, kind, at }) => ({ step, what: `${kind} is not reported (${at})` }));
    for (const one of found) if (reported.some((entry) => isOf(one, entry))) seen(one.kind);
    return [...unknown, ...missed];
  }

  /** Over so many walks; the first wrong one is shrunk. `kinds` says how often each was reported. */
  async walk({ walks, seed }) {
    const kinds = {};
    for (let number = 0; number < walks; number += 1) {
      const walk = walkOf(seed, number);
      const wrong = await this.wrong(walk, (kind) => { kinds[kind] = (kinds[kind] ?? 0) + 1; });
      if (wrong.length === 0) continue;
      const short = await shortest(walk, async (candidate) => (await this.wrong(candidate)).length > 0);
      return { kinds, wrong: { walk: JSON.stringify(short), found: await this.wrong(short) } };
    }
    return { kinds, wrong: null };
  }
}

function brief({ kind, error, operation, differs, server, policy }) {
  if (kind !== "difference") return `${kind}: ${error?.message}`;
  return `${operation}: ${differs.map((name) => `${name} ${JSON.stringify(server[name])}, policy ${JSON.stringify(policy[name])}`).join("; ")}`;
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { walks: { type: "string", default: "300" }, seed: { type: "string", default: "1" }, walk: { type: "string" } } });
  const watched = await Watched.start();
  const { kinds = {}, wrong } = values.walk === undefined ? await watched.walk({ walks: Number(values.walks), seed: Number(values.seed) })
    : { wrong: { walk: values.walk, found: await watched.wrong(JSON.parse(values.walk)) } };
  await watched.stop();
  for (const [kind, times] of Object.entries(kinds)) console.log(`  ${String(times).padStart(6)}  ${kind}`);
  for (const { step, what } of wrong?.found ?? []) console.log(`step ${step + 1}: ${what}\n  node shadow.js --walk '${wrong.walk}'`);
  console.log(JSON.stringify(watched.counts));
  process.exitCode = (wrong?.found.length ?? 0) === 0 && watched.counts.failed === 0 ? 0 : 1;
}
