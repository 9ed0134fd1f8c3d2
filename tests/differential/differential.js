// The two sides beside each other, over many walks.
import { readFileSync } from "node:fs";
import { hangUp } from "./browser.js";
import { clock } from "./clock.js";
import { Policy, Profile, profiles } from "./profile.js";
import { KINDS } from "./recognise.js";
import { runWalk } from "./run_walk.js";
import { startServer } from "./server.js";
import { shortest } from "./shrink.js";
import { walkOf } from "./walks.js";

export const known = JSON.parse(readFileSync(new URL("divergences.json", import.meta.url))).divergences;

export { Policy, profiles };

/** So many walks are shrunk of each unknown kind. */
const SHRUNK = 1;

export class Differential {
  #server;
  #profile;

  /** `overrides` turn knobs of the profile. */
  static async start(overrides = {}) {
    clock.stop();
    const differential = new Differential();
    differential.#server = await startServer();
    differential.#profile = new Profile(overrides);
    return differential;
  }

  async stop() {
    hangUp();
    await this.#server.stop();
  }

  async divergences(walk) {
    return (await this.#run(walk)).found;
  }

  #run(walk) {
    return runWalk(walk, { server: this.#server, profile: this.#profile });
  }

  /** Kinds of the list that do not show in their own walk any more, and what is in one list of the two alone. */
  async stale() {
    const stale = [];
    for (const { id, walk } of known) {
      if (KINDS[id] === undefined) stale.push({ id, why: "is not recognised; recognise.js has no such kind" });
      else if (!(await this.divergences(walk)).some(({ kind }) => kind === id)) stale.push({ id, why: "no longer shows in its walk; take it out" });
    }
    for (const id of Object.keys(KINDS)) if (!known.some((entry) => entry.id === id)) stale.push({ id, why: "is not listed" });
    return stale;
  }

  /** The number of the first walk with a divergence that is not listed; null where there is none. */
  async noticed({ walks, seed }) {
    for (let number = 0; number < walks; number += 1) {
      if ((await this.divergences(walkOf(seed, number))).some(({ kind }) => kind === null)) return number;
    }
    return null;
  }

  async walk({ walks, seed, progress = () => {} }) {
    const counts = new Map(known.map(({ id }) => [id, 0]));
    const unknown = new Map();
    let [steps, parted] = [0, 0];
    for (let number = 0; number < walks; number += 1) {
      if (number > 0 && number % 500 === 0) progress(number);
      const walk = walkOf(seed, number);
      const { found, taken } = await this.#run(walk);
      steps += taken;
      if (found.some(({ kind }) => kind !== null && !KINDS[kind].goesOn)) parted += 1;
      for (const kind of new Set(found.map((one) => one.kind))) if (kind !== null) counts.set(kind, counts.get(kind) + 1);
      const first = found.find(({ kind }) => kind === null);
      if (first !== undefined) await this.#note(unknown, walk, first);
    }
    return { steps, parted, counts, unknown: [...unknown.values()] };
  }

  /** Walks with the same divergence count together; the first is shrunk. */
  async #note(unknown, walk, first) {
    const key = sameness(first);
    const noted = unknown.get(key);
    if (noted !== undefined && noted.times >= SHRUNK) {
      noted.times += 1;
      return;
    }
    const shows = async (candidate) => {
      const other = (await this.divergences(candidate)).find(({ kind }) => kind === null);
      return other !== undefined && sameness(other) === key;
    };
    const short = await shortest(walk, shows);
    unknown.set(key, { walk: short, found: await this.divergences(short), times: 1 });
  }
}

/** What is the same in walks that diverge in the same way: where, in what, and why the server refused. */
function sameness({ do: step, at, stock, profile, refusal }) {
  const place = at.replace(/ \d+ of .*/, "");
  const values = place === "pages" ? "" : JSON.stringify([stock, profile].map((value) => (typeof value === "object" && value !== null ? "..." : value)));
  return [step, place, values, refusal].join(" | ");
}
