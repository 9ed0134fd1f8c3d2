// What a transaction of the store takes, beside the same statements with the same values sent without it. `--write FILE` puts
// the table into a document; `--count` says how many of each are measured.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { Server } from "./postgresql.js";
import { NOW, ONLINE, OPTIONS, Policy, codeOf, exchanged, folder, openStore, refreshed, signedIn, sql } from "./support.js";

const { values: options } = parseArgs({ options: { count: { type: "string", default: "300" }, write: { type: "string" } } });
const COUNT = Number(options.count);
const OTHERS = [0, 100_000];
const place = folder();
const server = new Server();
const policy = Policy.profile("aol", { refresh_token_rotation: "all", access_token_lifetime_s: 600 });

/** Two databases of a kind: on one the store works, and what it sends is noted; the other is sent the same. */
const KINDS = {
  async SQLite() {
    const [first, second] = ["a", "b"].map((name) => new DatabaseSync(join(place, `${name}${Math.random()}.db`)));
    for (const database of [first, second]) database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    const log = [];
    const client = {
      exec: (text) => { log.push({ text }); return first.exec(text); },
      prepare: (text) => {
        const statement = first.prepare(text);
        return Object.fromEntries(["all", "run"].map((how) => [how, (...values) => { log.push({ text, values, how }); return statement[how](...values); }]));
      },
    };
    const prepared = new Map();
    const send = ({ text, values, how }) => {
      if (how === undefined) return second.exec(text);
      if (!prepared.has(text)) prepared.set(text, second.prepare(text));
      return prepared.get(text)[how](...values);
    };
    return { client, log, send, fill: async (text) => [first, second].forEach((database) => database.exec(text)), series: SERIES_SQLITE, close: () => [first, second].forEach((database) => database.close()) };
  },
  async PGlite() {
    const [first, second] = [await PGlite.create(), await PGlite.create()];
    const log = [];
    const noted = (client) => ({ query: (text, values) => { log.push({ text, values }); return client.query(text, values); } });
    const client = {
      ...noted(first),
      transaction: async (work) => {
        log.push({ text: "BEGIN" });
        const result = await first.transaction((inner) => work(noted(inner)));
        log.push({ text: "COMMIT" });
        return result;
      },
    };
    return {
      client, log, send: ({ text, values }) => second.query(text, values), series: SERIES_POSTGRESQL,
      fill: async (text) => { for (const database of [first, second]) await database.exec(text); },
      close: async () => { for (const database of [first, second]) await database.close(); },
    };
  },
  async PostgreSQL() {
    const admin = new pg.Client(server.address);
    await admin.connect();
    const made = [];
    for (const name of ["a", "b"]) {
      const database = `bench_${name}_${Math.floor(Math.random() * 1e9)}`;
      await admin.query(`CREATE DATABASE ${database}`);
      const connection = new pg.Client({ ...server.address, database });
      await connection.connect();
      made.push(connection);
    }
    await admin.end();
    const [first, second] = made;
    const log = [];
    const client = { connect() {}, query: (text, values) => { log.push({ text, values }); return first.query(text, values); } };
    return {
      client, log, send: ({ text, values }) => second.query(text, values), series: SERIES_POSTGRESQL,
      fill: async (text) => { for (const connection of made) await connection.query(text); },
      close: async () => { for (const connection of made) await connection.end(); },
    };
  },
};

const SERIES_SQLITE = "WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < COUNT)";
const SERIES_POSTGRESQL = "WITH series AS (SELECT n FROM generate_series(1, COUNT) AS n)";
const filling = (series, count, kind) => `INSERT INTO grantwise_${kind}s (id, client_id, sub, sid, family, binding, status, issued_at, hash, due_at, rest) `
  + `${series.replace("COUNT", count)} SELECT 'o' || n, 'photos', 'user ' || n, 's' || n, 'f' || n, 'session', 'active', ${NOW}, 'h' || n, ${NOW + 10 ** 6} + n, '{}' FROM series`;

const statements = {};
const median = (times) => times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)];
const microseconds = () => Number(process.hrtime.bigint() / 1000n);

async function measured(kind, others) {
  const { client, log, send, fill, series, close } = await KINDS[kind]();
  const store = await openStore(policy, sql(client), OPTIONS);
  for (const entry of log.splice(0)) await send(entry);
  if (others > 0) for (const name of ["refresh_token", "access_token"]) await fill(filling(series, others, name));
  await fill("ANALYZE");
  const rows = { exchange: [[], []], refresh: [[], []], logout: [[], []] };
  for (let round = 0; round < COUNT; round += 1) {
    const { caller, session } = await signedIn(store, { sub: `alice ${round}` });
    const code = await codeOf(store, { caller, request: ONLINE });
    for (const entry of log.splice(0)) await send(entry);
    let minted;
    const acts = {
      exchange: async () => { ({ minted } = await exchanged(store, code)); },
      refresh: () => refreshed(store, minted.refresh_token),
      logout: () => store.event({ event: "logout", session: { sid: session.sid, sub: session.sub }, now: NOW + 3 }),
    };
    for (const [name, act] of Object.entries(acts)) {
      const [begin, [ours, theirs]] = [microseconds(), rows[name]];
      await act();
      const middle = microseconds();
      statements[name] = log.length;
      for (const entry of log) await send(entry);
      ours.push(middle - begin);
      theirs.push(microseconds() - middle);
      log.length = 0;
    }
  }
  await close();
  return Object.fromEntries(Object.entries(rows).map(([name, both]) => [name, both.map(median)]));
}

await server.start();
const lines = ["| database | other records | exchange | its statements | refresh | its statements | logout | its statements |", "|---|--:|--:|--:|--:|--:|--:|--:|"];
for (const kind of Object.keys(KINDS)) {
  for (const others of OTHERS) {
    const all = await measured(kind, others);
    const cells = ["exchange", "refresh", "logout"].flatMap((name) => all[name].map((time) => (time / 1000).toFixed(2)));
    lines.push(`| ${kind} | ${(2 * others).toLocaleString("en")} | ${cells.join(" | ")} |`);
    console.log(lines.at(-1));
  }
}
await server.remove();
rmSync(place, { recursive: true });

const table = `${lines.join("\n")}\n\nMilliseconds, the median of ${COUNT}, one after the other; on PostgreSQL ${statements.exchange}, ${statements.refresh} and ${statements.logout} statements, BEGIN and COMMIT among them; Node ${process.version.slice(1)}, ${cpus()[0].model.trim()}.`;
console.log(table);
if (options.write) {
  const [BEGIN, END] = ["<!-- times: begin. `cargo xtask bench --store` writes this table. -->", "<!-- times: end -->"];
  const text = readFileSync(options.write, "utf8");
  const [before, rest] = text.split(BEGIN);
  if (rest === undefined || !rest.includes(END)) throw new Error(`${options.write} has no place for the table`);
  writeFileSync(options.write, `${before}${BEGIN}\n${table}\n${END}${rest.split(END)[1]}`);
}
