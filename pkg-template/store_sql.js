// Records in a database. What a database is asked is `query(text, values)` and a transaction; the rest is told apart here.
import { Conflict, Failed, StoreError, Uncertain } from "./store_errors.js";
import { MIGRATIONS, SCHEMA_TABLE } from "./store_schema.js";
import { Records } from "./store_statements.js";
import { connectionOf } from "./store_connections.js";

/**
 * Where `openStore` keeps its records: `node:sqlite`, better-sqlite3, PGlite, a `Pool` or a `Client` of `pg`, or whatever has
 * `query(text, values)` and `transaction(work)`.
 */
export function sql(client) {
  const connection = connectionOf(client);
  return {
    read: (work) => told(connection, "read", () => connection.read((query) => work(new Records(query)))),
    transaction: (work) => told(connection, "write", () => connection.transaction((query) => work(new Records(query)))),
    migrate: (now) => migrate(connection, now),
    check: () => told(connection, "read", () => connection.read(async (query) => {
      const version = await versionIn(query).catch((error) => {
        if (!connection.isMissing(error.cause)) throw error;
        throw new StoreError("not_migrated", "The tables of the store are not there; open it once with `migrate`", error.cause);
      });
      if (version < MIGRATIONS.length) throw new StoreError("not_migrated", `The tables have version ${version}; open it once with \`migrate\``);
      refuseNewer(version);
    })),
  };
}

/** What the database says, in the words of the store. */
async function told(connection, doing, work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    if (connection.isConflict(error.cause)) throw new Conflict("Another transaction was faster", { cause: error.cause });
    throw new StoreError("unavailable", `The database could not ${doing} (${error.message}); nothing was stored`, error.cause);
  }
}

async function versionIn(query) {
  const { rows } = await query("SELECT max(version) AS version FROM grantwise_schema", []);
  return Number(rows[0]?.version ?? 0);
}

function refuseNewer(version) {
  if (version > MIGRATIONS.length) {
    throw new StoreError("newer_schema", `The tables have version ${version}, and this version of Grantwise knows ${MIGRATIONS.length}`);
  }
}

/**
 * Brings the tables to the newest version: each step in one transaction together with its number, so that one that was
 * interrupted left nothing. Of several processes one does it, and the others find it done.
 */
async function migrate(connection, now) {
  const patience = Date.now() + 60_000;
  for (;;) {
    try {
      const done = await connection.transaction(async (query) => {
        await query(SCHEMA_TABLE, []);
        const version = await versionIn(query);
        refuseNewer(version);
        if (version === MIGRATIONS.length) return true;
        // Another process that does the same fails here, and looks again.
        await query("INSERT INTO grantwise_schema (version, applied_at) VALUES ($1, $2)", [version + 1, now]);
        for (const statement of MIGRATIONS[version]) await query(statement, []);
        return false;
      });
      if (done) return;
    } catch (error) {
      if (error instanceof StoreError) throw error;
      const again = error instanceof Uncertain || connection.isConflict(error.cause) || connection.isAlreadyThere(error.cause);
      if (!again || Date.now() > patience) {
        throw new StoreError("unavailable", `The tables could not be made (${error.message}); nothing of this step was`, error.cause ?? error);
      }
      await new Promise((resolve) => { setTimeout(resolve, 20 + 80 * Math.random()); });
    }
  }
}
