// A process with a store of its own on records that others work on, too. What it was told is done when it says so.
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { OPTIONS, codeOf, exchanged, openStore, policy, refreshed, sql } from "./support.js";

const { sqlite, postgresql, mode } = JSON.parse(process.argv[2]);
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

const client = sqlite ? new DatabaseSync(sqlite) : new pg.Pool({ ...postgresql, max: 4 });
if (postgresql) client.on("error", () => {}); // of a connection that nobody uses
let store;
try {
  store = await openStore(policy, sql(client), OPTIONS);
} catch (error) {
  say({ error: `${error.code}: ${error.message}` });
  process.exit(1);
}
say({ ready: true });

if (mode === "asked") {
  // One line asks, one line answers.
  createInterface({ input: process.stdin }).on("line", async (line) => {
    const { exchange, refresh } = JSON.parse(line);
    try {
      const { decision, minted } = exchange ? await exchanged(store, exchange) : await refreshed(store, refresh);
      say({ outcome: decision.outcome, error: decision.error?.code ?? null, minted });
    } catch (error) {
      say({ outcome: "thrown", error: `${error.code} ${error.message}` });
    }
  });
} else {
  // On and on, until it is killed: what it says was acknowledged to a client.
  for (let round = 0; ; round += 1) {
    const code = await codeOf(store, { sub: `user ${process.pid}` });
    say({ code });
    let { minted } = await exchanged(store, code);
    say({ used: code, ...minted });
    for (let turn = 0; turn < 3; turn += 1) {
      const before = minted.refresh_token;
      ({ minted } = await refreshed(store, before));
      say({ superseded: before, ...minted });
    }
  }
}
