// The drivers: how each is asked, how a transaction begins and ends, and what its errors mean.
import { Failed, StoreError, Uncertain, ofDriver } from "./store_errors.js";
import { Queue } from "./store_queue.js";

/**
 * `read(work)` and `transaction(work)` call `work(query)`. What the driver throws is a `Failed`; `isConflict` says of its cause
 * whether the same again may succeed, `isMissing` whether there is no such table, `isAlreadyThere` whether another made it.
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
  const prepared = (text) => {
    const known = statements.get(text);
    if (known !== undefined) return known;
    // Values by their place: what `$2` stands for is handed over where it stands.
    const order = [];
    const statement = database.prepare(text.replace(/\$(\d+)/g, (_, number) => { order.push(Number(number) - 1); return "?"; }));
    const made = { statement, order, reads: /^(SELECT|EXPLAIN)/.test(text) };
    if (/^(SELECT|INSERT|UPDATE|DELETE)/.test(text)) statements.set(text, made);
    return made;
  };
  const query = (text, values) => ofDriver(() => {
    const { statement, order, reads } = prepared(text);
    const given = order.map((place) => values[place]);
    return reads ? { rows: statement.all(...given), changes: 0 } : { rows: [], changes: Number(statement.run(...given).changes) };
  });
  const exec = (text) => ofDriver(() => database.exec(text));
  return {
    // Its own statements alone: what another transaction of this connection has not finished is not read.
    read: (work) => queue.run(() => work(query)),
    transaction: (work) => queue.run(async () => {
      await exec("BEGIN IMMEDIATE");
      try {
        const result = await work(query);
        await exec("COMMIT");
        return result;
      } catch (error) {
        // After some failures, such as a full disk, SQLite has ended it by itself.
        await exec("ROLLBACK").catch((second) => {
          if (!/no transaction/i.test(second.message)) throw second;
        });
        throw error;
      }
    }),
    // SQLITE_BUSY and SQLITE_LOCKED, as a number or as a word.
    isConflict: ({ code, errcode }) => /^SQLITE_(BUSY|LOCKED)/.test(String(code)) || [5, 6].includes(Number(errcode) & 0xff),
    isMissing: (error) => /no such table/.test(error?.message ?? ""),
    isAlreadyThere: () => false, // its transactions come one after the other
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
const asked = (client) => (text, values) => ofDriver(async () => rowsOf(await client.query(text, values)));

/**
 * SQLSTATE: five letters or digits, from the server itself. What the system says of a lost socket (`EPIPE`) has five, too; no
 * class of SQLSTATE begins with E. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const stateOf = (error) => (/^[0-9A-DF-Z][0-9A-Z]{4}$/.test(error?.code ?? "") ? error.code : null);

const postgresql = {
  // A serialization failure, a deadlock, and a row that another transaction stored at the same time.
  isConflict: (error) => ["40001", "40P01", "23505"].includes(stateOf(error)),
  isMissing: (error) => stateOf(error) === "42P01",
  // Two that make the same table at once: one is told so by an index of the catalogue.
  isAlreadyThere: (error) => ["42P07", "42710", "23505"].includes(stateOf(error)),
};

/** What a failed COMMIT means: the server said no, or it could say nothing any more, and nobody knows. */
function ofCommit(error) {
  const state = stateOf(error);
  if (state !== null && !/^(08|57P|40003)/.test(state)) return new Failed(error);
  return new Uncertain("The answer to a COMMIT was lost", { cause: error });
}

/** One transaction on a connection that nobody else uses meanwhile. */
async function onConnection(client, work) {
  const query = asked(client);
  await query("BEGIN ISOLATION LEVEL SERIALIZABLE");
  let result;
  try {
    result = await work(query);
  } catch (error) {
    await query("ROLLBACK"); // on a connection that was lost it throws, and nobody is given that one again
    throw error;
  }
  let answer;
  try {
    answer = await client.query("COMMIT");
  } catch (error) {
    throw ofCommit(error);
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
      const connection = await ofDriver(() => client.connect());
      let broken = null;
      const onError = (error) => { broken = error; };
      connection.on?.("error", onError);
      try {
        return await onConnection(connection, work);
      } catch (error) {
        if (error instanceof Uncertain || (error instanceof Failed && !postgresql.isConflict(error.cause))) broken ??= error;
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
    read: (work) => work(asked(client)),
    transaction: async (work) => {
      let [done, own] = [false, null];
      try {
        return await client.transaction(async (transaction) => {
          try {
            const result = await work(asked(transaction));
            done = true;
            return result;
          } catch (error) {
            own = error;
            throw error;
          }
        });
      } catch (error) {
        throw own ?? (done ? ofCommit(error) : new Failed(error));
      }
    },
  };
}
