// SQLite in a file that many processes work on, and that is not always well.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { killed, migrateAtOnce, race } from "./processes.js";
import { NOW, OPTIONS, codeOf, exchanged, folder, openStore, policy, refreshed, schema, signedIn, sql, statusOf } from "./support.js";

const onFile = (title, work) => test(title, async () => {
  const place = folder();
  const file = join(place, "grants.db");
  const database = new DatabaseSync(file);
  try {
    await work({ file, database, query: async (text) => database.prepare(text).all() });
  } finally {
    database.close();
    rmSync(place, { recursive: true });
  }
});

onFile("many processes make the tables at once", ({ file }) => migrateAtOnce({ sqlite: file }));
onFile("of many processes one wins, and the replays end what it got", ({ file, database }) => race({ sqlite: file }, sql(database)));
onFile("processes that are killed lose nothing, and leave nothing half done", ({ file, database, query }) =>
  killed({ sqlite: file }, sql(database), query));

onFile("a migration that was interrupted anywhere left nothing, and is done again", async ({ database, query }) => {
  const statements = schema.MIGRATIONS.flat().length + 3;
  for (let after = 0; after < statements; after += 1) {
    let left = after;
    const failing = {
      exec: (text) => database.exec(text),
      prepare: (text) => {
        left -= 1;
        if (left < 0) throw Object.assign(new Error("disk I/O error"), { code: "SQLITE_IOERR" });
        return database.prepare(text);
      },
    };
    await assert.rejects(openStore(policy, sql(failing), OPTIONS), { name: "StoreError", code: "unavailable" }, `${after}`);
    assert.deepEqual(await query("SELECT name FROM sqlite_master"), []);
  }
  await openStore(policy, sql(database), OPTIONS);
  assert.equal((await query("SELECT version FROM grantwise_schema")).length, schema.MIGRATIONS.length);
});

/** Everything that is stored, to see whether it changed. */
const everything = async (query) => JSON.stringify(await Promise.all(Object.values(schema.KINDS).map(({ table }) => query(`SELECT * FROM ${table} ORDER BY id`))));

onFile("a database that fails anywhere in a decision: an error, no token, nothing half done", async ({ database, query }) => {
  const store = await openStore(policy, sql(database), OPTIONS);
  for (const act of ["exchange", "refresh"]) {
    const code = await codeOf(store);
    const given = act === "exchange" ? code : (await exchanged(store, code)).minted.refresh_token;
    const before = await everything(query);
    for (let after = 0; ; after += 1) {
      let left = after;
      const fail = () => {
        left -= 1;
        if (left < 0) throw Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" });
      };
      const failing = {
        exec: (text) => { if (text.startsWith("COMMIT")) fail(); return database.exec(text); },
        prepare: (text) => {
          const statement = database.prepare(text);
          return { all: (...values) => { fail(); return statement.all(...values); }, run: (...values) => { fail(); return statement.run(...values); } };
        },
      };
      const backend = sql(failing);
      const weak = await openStore(policy, { ...backend, migrate: async () => {} }, OPTIONS);
      let answer;
      try {
        answer = act === "exchange" ? await exchanged(weak, given) : await refreshed(weak, given);
      } catch (error) {
        assert.deepEqual([error.name, error.code], ["StoreError", "unavailable"]);
        assert.equal(await everything(query), before, `${act}, after ${after}`);
        continue;
      }
      assert.equal(answer.decision.outcome, "tokens");
      assert.ok(after > 5, `${after}`);
      break;
    }
  }
});

onFile("a disk that is full", async ({ database, query }) => {
  const store = await openStore(policy, sql(database), OPTIONS);
  const { minted } = await exchanged(store, await codeOf(store));
  const { caller } = await signedIn(store);
  const codes = [];
  for (let round = 0; round < 100; round += 1) codes.push(await codeOf(store, { caller }));
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.exec(`PRAGMA max_page_count = ${database.prepare("PRAGMA page_count").get().page_count}`);
  let full = null;
  for (const code of codes) {
    const before = await everything(query);
    try {
      await exchanged(store, code);
    } catch (error) {
      full = error;
      assert.equal(await everything(query), before);
      break;
    }
  }
  assert.deepEqual([full?.name, full?.code, /full/.test(full?.message)], ["StoreError", "unavailable", true]);
  database.exec("PRAGMA max_page_count = 1000000");
  assert.equal((await refreshed(store, minted.refresh_token)).decision.outcome, "tokens");
});

onFile("a file that was closed", async ({ file }) => {
  const other = new DatabaseSync(file);
  const store = await openStore(policy, sql(other), OPTIONS);
  const code = await codeOf(store);
  other.close();
  await assert.rejects(exchanged(store, code), { name: "StoreError", code: "unavailable" });
});

onFile("while another process writes, a decision waits for its turn, and gives up in the end", async ({ file, database }) => {
  const store = await openStore(policy, sql(database), { ...OPTIONS, now: () => NOW });
  const code = await codeOf(store);
  const other = new DatabaseSync(file);
  other.exec("BEGIN IMMEDIATE");
  const impatient = await openStore(policy, { ...sql(database), migrate: async () => {} }, { ...OPTIONS, patience_s: 0 });
  await assert.rejects(exchanged(impatient, code), { name: "StoreError", code: "busy" });
  const waiting = exchanged(store, code);
  await new Promise((resolve) => { setTimeout(resolve, 200); });
  other.exec("COMMIT");
  other.close();
  const { decision, minted } = await waiting;
  assert.equal(decision.outcome, "tokens");
  assert.equal(await statusOf(store, minted.access_token, "access_token"), "active");
});
