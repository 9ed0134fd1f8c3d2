// Every kind of place where a store keeps its records.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { PGlite } from "@electric-sql/pglite";
import Database from "better-sqlite3";
import { folder, memory, schema, sql } from "./support.js";

let pglite; // it takes seconds to start

/** No table of the store is left. */
export async function emptied(query) {
  for (const table of ["grantwise_schema", ...Object.values(schema.KINDS).map((kind) => kind.table)]) await query(`DROP TABLE IF EXISTS ${table}`);
}

/** `open()` gives `{ backend, query(text), close() }`; `query` is null where there is none. */
export const backends = [
  { name: "memory", open: async () => ({ backend: memory(), query: null, close() {} }) },
  { name: "node:sqlite", open: () => inFile((file) => new DatabaseSync(file)) },
  { name: "better-sqlite3", open: () => inFile((file) => new Database(file)) },
  {
    name: "PGlite",
    async open() {
      const database = await (pglite ??= PGlite.create());
      const query = async (text) => (await database.query(text)).rows;
      await emptied(query);
      return { backend: sql(database), query, close() {} };
    },
  },
];

/** A database in a file of its own. */
async function inFile(openFile) {
  const place = folder();
  const database = openFile(join(place, "grants.db"));
  return {
    backend: sql(database),
    query: async (text) => database.prepare(text).all(),
    close() {
      database.close();
      rmSync(place, { recursive: true });
    },
  };
}
