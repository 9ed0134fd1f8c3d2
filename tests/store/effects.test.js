// Every effect that a decision of any profile asks for is one that the store carries out, and is found by an index.
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { PGlite } from "@electric-sql/pglite";
import { everyEffect } from "./every_effect.js";
import { NOW, effects as carriedOut, memory, openStore, policy, schema, sql, statements } from "./support.js";

const shapes = everyEffect();
let minted = 0;
const prepared = (effects) => {
  minted += 1;
  const hashes = { code: `c${minted}`, access_token: `a${minted}`, refresh_token: `r${minted}` };
  return carriedOut.prepare(effects, { hashes, now: NOW, dueAt: () => null });
};

test("decisions have many effects, and each can be carried out", () => {
  assert.ok(shapes.size >= 20, [...shapes.keys()].join("\n"));
  for (const [shape, effect] of shapes) assert.doesNotThrow(() => prepared([effect]), shape);
});

// One of another version of the policy: nothing of the decision is carried out, not even what is known.
test("an effect that is not known is refused before anything happens", async () => {
  const end = { effect: "end", kind: "refresh_token", where: { sub: "alice" }, set: { status: "revoked" }, rule: "r" };
  const wrong = [
    { ...end, effect: "forget" }, { ...end, kind: "device" }, { ...end, effect: "consume", kind: "access_token" }, { ...end, where: {} },
    { ...end, where: undefined }, { ...end, where: { speling: "x" } }, { ...end, where: { sub: null } }, { ...end, where: { sub: ["alice"] } },
    { ...end, where: { hash: "x" } }, { ...end, where: { any_scope_matches: "x" } }, { ...end, set: {} }, { ...end, set: undefined },
    { ...end, only_if: true }, { ...end, kind: "__proto__" }, { effect: "store", kind: "code", record: null, rule: "r" },
    { effect: "store", kind: "code", record: {}, links: { family: "session" }, rule: "r" },
  ];
  assert.doesNotThrow(() => prepared([end]));
  for (const effect of wrong) {
    assert.throws(() => prepared([end, effect]), { name: "StoreError", code: "unknown_effect" }, JSON.stringify(effect));
  }
  // Through a decision: nothing was stored, and nothing is minted for anybody.
  const backend = memory();
  const newer = {
    settings: policy.settings, status: policy.status.bind(policy),
    event: () => ({ effects: [end, { ...end, effect: "forget" }], response: null }),
  };
  const store = await openStore(newer, backend);
  await backend.transaction((records) => records.insert("refresh_token", statements.rowOf("refresh_token", "x", { sub: "alice", status: "active" })));
  await assert.rejects(store.event({ event: "logout" }), { code: "unknown_effect" });
  assert.equal((await backend.read((records) => records.find("refresh_token", { id: "x" })))[0].status, "active");
});

test("patterns of scopes match as the schema of the records says", async () => {
  for (const [pattern, ended] of [["https://mail.google.com/**", true], ["https://mail.google.com/", true], ["https://*/", true], ["*", true],
    ["https://*", false], ["https://mail?google.com/", false], ["mail", false], ["**", true]]) {
    const backend = memory();
    await backend.transaction(async (records) => {
      await records.insert("refresh_token", statements.rowOf("refresh_token", "x", { sub: "alice", status: "active", scope: "openid https://mail.google.com/" }));
      const effects = [{ effect: "end", kind: "refresh_token", where: { sub: "alice", any_scope_matches: [pattern] }, set: { status: "revoked" }, rule: "r" }];
      await carriedOut.carryOut(records, effects, prepared(effects));
    });
    const [{ status }] = await backend.read((records) => records.find("refresh_token", { id: "x" }));
    assert.equal(status, ended ? "revoked" : "active", pattern);
  }
});

/** Every statement that the store sends, in all that it does: each shape of effect, each reading, and the sweep. */
async function sent(backend) {
  const store = await openStore(policy, backend);
  const transaction = (work) => backend.transaction(work);
  for (const effect of shapes.values()) {
    try {
      await transaction((records) => carriedOut.carryOut(records, [effect], prepared([effect])));
    } catch (error) {
      if (!/to use up|links to/.test(error.message)) throw error;
    }
  }
  await backend.read(async (records) => {
    for (const kind of ["code", "access_token", "refresh_token", "session"]) await records.find(kind, { hash: "x" }, { limit: 1 });
    await records.find("session", { id: "x" }, { limit: 1 });
    await records.find("page", { id: "x" });
    await records.find("grant", { grant_id: "x" }, { limit: 1 });
    await records.find("grant", { sub: "x", client_id: "x" }, { newest: "granted_at", limit: 1 });
    await records.find("grant", { sub: "x", client_id: "x", sid: "x" }, { newest: "granted_at", limit: 1 });
  });
  await store.sweep(NOW);
}

const RECORDED = /^(SELECT|UPDATE|DELETE)/;
const withoutVersion = (texts) => [...texts].filter((text) => !text.includes("grantwise_schema"));

test("SQLite finds by an index whatever a filter asks for", async () => {
  const database = new DatabaseSync(":memory:");
  const texts = new Set();
  const recording = { exec: (text) => database.exec(text), prepare: (text) => { if (RECORDED.test(text)) texts.add(text); return database.prepare(text); } };
  await sent(sql(recording));
  assert.ok(withoutVersion(texts).length > 30, `${texts.size}`);
  for (const text of withoutVersion(texts)) {
    const values = [...text.matchAll(/\?/g)].map(() => null);
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...values).map(({ detail }) => detail).join("; ");
    assert.doesNotMatch(plan, /SCAN/, `${text}\n${plan}`);
  }
  // If it cannot fail, it is no test.
  const scanned = database.prepare("EXPLAIN QUERY PLAN SELECT * FROM grantwise_codes WHERE scope = 'x'").all();
  assert.match(scanned[0].detail, /SCAN/);
});

test("PostgreSQL has an index for whatever a filter asks for", async () => {
  const database = await PGlite.create();
  const texts = new Set();
  const through = (client) => ({ query: (text, values) => { if (RECORDED.test(text)) texts.add(text); return client.query(text, values); } });
  await sent(sql({ ...through(database), transaction: (work) => database.transaction((inner) => work(through(inner))) }));
  assert.ok(withoutVersion(texts).length > 30, `${texts.size}`);
  // On few rows it would look at all of them; without that way it does so only where there is no index.
  await database.exec("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan");
  const planOf = async (text) => {
    const types = [...text.matchAll(/\$(\d+)/g)].map(() => "NULL");
    await database.exec(`PREPARE asked AS ${text}`);
    const { rows } = await database.query(`EXPLAIN EXECUTE asked${types.length === 0 ? "" : `(${types.join(", ")})`}`);
    await database.exec("DEALLOCATE asked");
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  };
  for (const text of withoutVersion(texts)) assert.doesNotMatch(await planOf(text), /Seq Scan/, text);
  assert.match(await planOf("SELECT * FROM grantwise_codes WHERE scope = $1"), /Seq Scan/);
  await database.close();
});

test("every column of an index is one of its kind", () => {
  for (const [kind, { indexes }] of Object.entries(schema.KINDS)) {
    for (const column of indexes.flat()) assert.ok(Object.hasOwn(schema.columnsOf(kind), column), `${kind} ${column}`);
  }
});
