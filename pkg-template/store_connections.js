// The drivers: how each is asked, how a transaction begins and ends, and what its errors mean.
import { Conflict, StoreError, Uncertain } from "./store_errors.js";
import { Queue } from "./store_queue.js";

/**
 * `read(work)` and `transaction(work)` call `work(query)`; `meaning(error)` is `conflict` where the same again may succeed,
 * `database` for every other failure of the database, and null for what comes from elsewhere.
 */
export function connectionOf(client) {
  const has = (...names) => client !== null && typeof client === "object" && names.every((name) => typeof client[name] === "function");
  if (has("prepare", "exec")) return sqlite(client);
  if (has("query", "transaction")) return transactional(client);
  if (has("query", "connect") && "totalCount" in client) return pool(client);
  if (has("query", "connect")) return single(client);
  throw new StoreError("unknown_client", "sql() takes a SQLite database, PGlite, a Pool or Client of pg, or { query, transaction }");
}

// == SQLite ==

/** SQLite has one connection, and one writer: a transaction takes its turn when it begins, in the file and in the process. */
function sqlite(database) {
  const queue = new Queue();
  const statements = new Map();
  // Who waits for the writer of another process waits in the loop of decisions, not here, where everything else would wait, too.
  pragma(database, "busy_timeout = 100");
  pragma(database, "journal_mode = WAL");
  pragma(database, "synchronous = FULL"); // durable when COMMIT returns
  const query = async (text, values) => {
    let statement = statements.get(text);
    if (statement === undefined) {
      // Values by their place: what `$2` stands for is handed over where it stands.
      const order = [];
      const prepared = database.prepare(text.replace(/\$(\d+)/g, (_, number) => { order.push(Number(number) - 1); return "?"; }));
      statement = { prepared, order, reads: /^\s*(SELECT|EXPLAIN)/i.test(text) };
      if (/^\s*(SELECT|INSERT|UPDATE|DELETE)/i.test(text)) statements.set(text, statement);
    }
    const given = statement.order.map((place) => values[place]);
    if (statement.reads) return { rows: statement.prepared.all(...given), changes: 0 };
    return { rows: [], changes: Number(statement.prepared.run(...given).changes) };
  };
  return {
    // Its own statements alone: what another transaction of this connection has not finished is not read.
    read: (work) => queue.run(() => work(query)),
    transaction: (work) => queue.run(async () => {
      database.exec("BEGIN IMMEDIATE");
      try {
        const result = await work(query);
        database.exec("COMMIT");
        return result;
      } catch (error) {
        // After some failures, such as a full disk, SQLite has ended it by itself.
        try {
          database.exec("ROLLBACK");
        } catch (second) {
          if (!/no transaction/i.test(String(second?.message))) throw new StoreError("unavailable", "A transaction could not be undone", error);
        }
        throw error;
      }
    }),
    meaning: (error) => {
      const code = String(error?.code ?? "");
      if (!code.startsWith("SQLITE_") && code !== "ERR_SQLITE_ERROR" && !/database connection is not open|database is not open/.test(error?.message ?? "")) {
        return null;
      }
      const primary = typeof error.errcode === "number" ? error.errcode & 0xff : code;
      return primary === 5 || primary === 6 || /^SQLITE_(BUSY|LOCKED)/.test(code) ? "conflict" : "database";
    },
    isAlreadyThere: (error) => /already exists/.test(error?.message ?? ""),
  };
}

/** `journal_mode` is kept in the file: where it is busy, another process sets it, or did. */
function pragma(database, setting) {
  try {
    database.exec(`PRAGMA ${setting}`);
  } catch (error) {
    if (!/locked|busy/i.test(error?.message ?? "")) throw error;
  }
}

// == PostgreSQL and what speaks its protocol ==

const rowsOf = ({ rows, rowCount, affectedRows }) => ({ rows: rows ?? [], changes: Number(rowCount ?? affectedRows ?? 0) });
const asked = (client) => async (text, values) => rowsOf(await client.query(text, values));
const BEGIN = "BEGIN ISOLATION LEVEL SERIALIZABLE";

/** SQLSTATE: five letters or digits, from the server itself. */
const stateOf = (error) => (/^[0-9A-Z]{5}$/.test(error?.code ?? "") ? error.code : null);

const postgresql = {
  meaning: (error) => {
    const state = stateOf(error);
    // A serialization failure, a deadlock, and a row that another transaction stored at the same time.
    if (state === "40001" || state === "40P01" || state === "23505") return "conflict";
    const lost = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH)/.test(error?.code ?? "")
      || /connection|terminated|closed|client was closed|timeout/i.test(error?.message ?? "");
    return state !== null || lost ? "database" : null;
  },
  // Two that make the same table at once: one is told so by an index of the catalogue.
  isAlreadyThere: (error) => ["42P07", "42710", "23505"].includes(stateOf(error)),
};

/** One transaction on a connection that nobody else uses meanwhile. */
async function onConnection(client, work) {
  const query = asked(client);
  await client.query(BEGIN);
  let result;
  try {
    result = await work(query);
  } catch (error) {
    await client.query("ROLLBACK"); // on a connection that was lost it throws, and nobody is given that one again
    throw error;
  }
  let answer;
  try {
    answer = await client.query("COMMIT");
  } catch (error) {
    const state = stateOf(error);
    // The server said no. Where it could not say anything any more, nobody knows.
    if (state !== null && !/^(08|57P|40003)/.test(state)) throw error;
    throw new Uncertain("The answer to a COMMIT was lost", { cause: error });
  }
  if (answer?.command === "ROLLBACK") throw new StoreError("unavailable", "The database undid the transaction");
  return result;
}

/** `Pool` of pg: a connection for each transaction. One that failed is not given to anybody again. */
function pool(client) {
  return {
    ...postgresql,
    read: (work) => work(asked(client)),
    transaction: async (work) => {
      const connection = await client.connect();
      let broken = null;
      const onError = (error) => { broken = error; };
      connection.on?.("error", onError);
      try {
        return await onConnection(connection, work);
      } catch (error) {
        if (!(error instanceof Conflict) && postgresql.meaning(error) !== "conflict") broken ??= error;
        throw error;
      } finally {
        connection.off?.("error", onError);
        connection.release(broken ?? undefined);
      }
    },
  };
}

/** `Client` of pg: one connection, one transaction at a time. */
function single(client) {
  const queue = new Queue();
  return {
    ...postgresql,
    read: (work) => queue.run(() => work(asked(client))),
    transaction: (work) => queue.run(() => onConnection(client, work)),
  };
}

/** PGlite, and what else begins and ends its transactions itself. */
function transactional(client) {
  return {
    ...postgresql,
    ...(client.meaning === undefined ? {} : { meaning: client.meaning }),
    read: (work) => work(asked(client)),
    transaction: (work) => client.transaction((transaction) => work(asked(transaction))),
  };
}
