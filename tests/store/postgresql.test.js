// A real server of PostgreSQL, which the test starts: many processes and connections, and a server that goes away.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import pg from "pg";
import { emptied } from "./backends.js";
import { Server } from "./postgresql.js";
import { killed, migrateAtOnce, nothingHalfDone, race } from "./processes.js";
import { suite } from "./store.test.js";
import { NOW, OPTIONS, ONLINE, Policy, codeOf, exchanged, openStore, policy, refreshed, signedIn, sql, statusOf } from "./support.js";

const server = new Server();
const pools = new Set();

/** A pool, and what a test asks beside it. */
function opened(max = 8) {
  const pool = new pg.Pool({ ...server.address, max });
  pool.on("error", () => {}); // of a connection that nobody uses, when the server goes away
  pools.add(pool);
  return { pool, query: async (text) => (await pool.query(text)).rows };
}

const onServer = (title, work) => test(title, async () => {
  const { pool, query } = opened();
  await emptied(query);
  try {
    await work({ pool, query });
  } finally {
    pools.delete(pool);
    await pool.end();
  }
});

describe("a server of PostgreSQL", { concurrency: false }, () => {
  before(() => server.start());
  after(async () => {
    await Promise.all([...pools].map((pool) => pool.end()));
    await server.remove();
  });

  suite({
    name: "PostgreSQL, a pool",
    async open() {
      const { pool, query } = opened();
      await emptied(query);
      return { backend: sql(pool), query, close: () => { pools.delete(pool); return pool.end(); } };
    },
  });

  suite({
    name: "PostgreSQL, one connection",
    async open() {
      const connection = new pg.Client(server.address);
      await connection.connect();
      let last; // it takes one query after the other
      const query = (text) => (last = Promise.resolve(last).then(async () => (await connection.query(text)).rows));
      await emptied(query);
      return { backend: sql(connection), query, close: () => connection.end() };
    },
  });

  onServer("many processes make the tables at once", () => migrateAtOnce({ postgresql: server.address }));
  onServer("of many processes one wins, and the replays end what it got", ({ pool }) => race({ postgresql: server.address }, sql(pool)));
  onServer("processes that are killed lose nothing, and leave nothing half done", ({ pool, query }) =>
    killed({ postgresql: server.address }, sql(pool), query));

  // The one reads the session and stores tokens; the other ends the session and the tokens that it finds.
  onServer("a session that ends while many codes are redeemed leaves nothing that is bound to it", async ({ pool }) => {
    const store = await openStore(Policy.profile("aol"), sql(pool), OPTIONS);
    for (let round = 0; round < 10; round += 1) {
      const { caller, session } = await signedIn(store);
      const codes = [];
      for (let turn = 0; turn < 6; turn += 1) codes.push(await codeOf(store, { caller, request: ONLINE }));
      const results = await Promise.all([
        ...codes.slice(0, 3).map((code) => exchanged(store, code)),
        store.event({ event: "logout", session: { sid: session.sid, sub: "alice" }, now: NOW + 1 }),
        ...codes.slice(3).map((code) => exchanged(store, code)),
      ]);
      for (const { minted } of results) {
        if (minted.refresh_token !== undefined) assert.equal(await statusOf(store, minted.refresh_token, "refresh_token"), "revoked");
      }
    }
  });

  // The replay ends a family to which a refresh adds a token at the same time.
  onServer("a replay while its tokens are refreshed leaves none of them alive", async ({ pool }) => {
    const store = await openStore(policy, sql(pool), OPTIONS);
    for (let round = 0; round < 10; round += 1) {
      const code = await codeOf(store);
      const first = await exchanged(store, code);
      const [second] = await Promise.all([refreshed(store, first.minted.refresh_token), exchanged(store, code)]);
      for (const { refresh_token } of [first.minted, second.minted]) {
        if (refresh_token !== undefined) assert.ok(["revoked", "superseded"].includes(await statusOf(store, refresh_token, "refresh_token")));
      }
    }
  });

  onServer("sweeps on several nodes at once", async ({ pool }) => {
    const store = await openStore(Policy.profile("aol"), sql(pool), OPTIONS);
    const tokens = [];
    for (let turn = 0; turn < 10; turn += 1) {
      const { caller } = await signedIn(store, { sub: `user ${turn}`, expires_at: NOW + 100 });
      tokens.push((await exchanged(store, await codeOf(store, { caller, request: ONLINE }))).minted.refresh_token);
    }
    await Promise.all([1, 2, 3, 4].map(() => store.sweep(NOW + 100)));
    for (const token of tokens) assert.equal(await statusOf(store, token, "refresh_token", NOW + 10), "expired");
  });

  onServer("a connection that is lost in the middle of a decision", async ({ pool, query }) => {
    const store = await openStore(policy, sql(pool), OPTIONS);
    const code = await codeOf(store);
    for (const when of ["BEGIN", "UPDATE", "INSERT"]) {
      const cut = between(pool, { when, then: ({ pid }) => query(`SELECT pg_terminate_backend(${pid})`) });
      const weak = await openStore(policy, sql(cut), OPTIONS);
      cut.armed = true;
      await assert.rejects(exchanged(weak, code), { name: "StoreError", code: "unavailable" }, when);
      assert.equal(await statusOf(store, code, "code"), "active");
    }
    await nothingHalfDone(query);
    assert.equal((await exchanged(store, code)).decision.outcome, "tokens");
  });

  // What a driver throws when nobody answers: itself, the system, and the server while it goes away.
  const LOST = [undefined, "EPIPE", "EPERM", "ECONNRESET", "ETIMEDOUT", "CONNECTION_CLOSED", "08006", "08007", "57P01", "40003"];

  for (const code of LOST) {
    // Its own transaction was committed, and it does not know: it is no replay when it looks again.
    onServer(`the answer to a COMMIT is lost (${code ?? "no code"}), and the decision was stored`, ({ pool, query }) =>
      lostAnswer({ pool, query, cut: { code, isStored: true } }));

    onServer(`the answer to a COMMIT is lost (${code ?? "no code"}), and the decision was not stored`, ({ pool, query }) =>
      lostAnswer({ pool, query, cut: { code, isStored: false } }));
  }

  onServer("a connection ends before its COMMIT, and the decision was not stored", async ({ pool, query }) => {
    let once = true;
    const then = async ({ pid }) => {
      if (once) await query(`SELECT pg_terminate_backend(${pid})`);
      once = false;
    };
    await lostAnswer({ pool, query, cut: { then } });
  });

  // It said no, and the transaction is undone: nothing is looked up, and nothing is done again.
  onServer("a server that refuses a COMMIT", async ({ pool, query }) => {
    const store = await openStore(policy, sql(pool), OPTIONS);
    const code = await codeOf(store);
    const cut = between(pool, { when: "COMMIT", then: () => {}, lost: { code: "53100", isStored: false } });
    const weak = await openStore(policy, sql(cut), OPTIONS);
    cut.armed = true;
    await assert.rejects(exchanged(weak, code), { name: "StoreError", code: "unavailable", message: /nothing was stored/ });
    assert.equal(await statusOf(store, code, "code"), "active");
    await nothingHalfDone(query);
  });

  onServer("a server that crashes: an error until it is back, and then what was acknowledged", async ({ pool, query }) => {
    const store = await openStore(policy, sql(pool), { ...OPTIONS, patience_s: 0 });
    const { minted } = await exchanged(store, await codeOf(store));
    const code = await codeOf(store);
    await server.stop("SIGQUIT");
    try {
      await assert.rejects(exchanged(store, code), { name: "StoreError", code: "unavailable" });
      await assert.rejects(store.status(minted.access_token, { now: NOW + 1 }), { name: "StoreError", code: "unavailable" });
      await assert.rejects(openStore(policy, sql(pool), { migrate: false }), { name: "StoreError", code: "unavailable" });
    } finally {
      await server.start();
    }
    assert.equal(await statusOf(store, minted.refresh_token, "refresh_token"), "active");
    assert.equal((await exchanged(store, code)).decision.outcome, "tokens");
    await nothingHalfDone(query);
  });
});

/** A code is redeemed once, whatever became of the answer to its COMMIT, and its tokens are alive. */
async function lostAnswer({ pool, query, cut: { code, isStored, then = () => {} } }) {
  const store = await openStore(policy, sql(pool), OPTIONS);
  const given = await codeOf(store);
  const cut = between(pool, { when: "COMMIT", then, lost: isStored === undefined ? null : { code, isStored, once: true } });
  const weak = await openStore(policy, sql(cut), OPTIONS);
  cut.armed = true;
  const { decision, minted } = await exchanged(weak, given);
  assert.equal(decision.outcome, "tokens");
  for (const kind of ["refresh_token", "access_token"]) assert.equal(await statusOf(store, minted[kind], kind), "active");
  await nothingHalfDone(query);
}

/**
 * A pool between: once it is `armed`, something happens before a statement, or its answer is `lost`: an error with this code,
 * after the statement was carried out, or in place of it.
 */
function between(pool, { when, then, lost = null }) {
  return {
    armed: false,
    totalCount: 0,
    query: (...asked) => pool.query(...asked),
    async connect() {
      const connection = await pool.connect();
      const { rows: [who] } = await connection.query("SELECT pg_backend_pid() AS pid");
      return {
        query: async (text, values) => {
          const now = this.armed && text.startsWith(when);
          if (now) await then(who);
          if (!now || lost === null) return connection.query(text, values);
          if (lost.once) this.armed = false;
          if (lost.isStored) await connection.query(text, values);
          throw Object.assign(new Error("Connection terminated unexpectedly"), lost.code === undefined ? {} : { code: lost.code });
        },
        on: (...args) => connection.on(...args),
        off: (...args) => connection.off(...args),
        release: (error) => connection.release(error),
      };
    },
  };
}
