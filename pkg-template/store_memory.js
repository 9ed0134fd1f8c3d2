// Records in memory, for tests and examples. They end with the process.
import { columnsOf } from "./store_schema.js";
import { Queue } from "./store_queue.js";

/** Columns by which a row is found without looking at every other. */
const FOUND_BY = ["id", "hash", "sub", "sid", "family", "grant_id", "client_id", "basis"];

/** Where `openStore` keeps its records; each call is a memory of its own. */
export function memory() {
  const kinds = new Map();
  const tableOf = (kind) => {
    if (!kinds.has(kind)) kinds.set(kind, new Table(kind));
    return kinds.get(kind);
  };
  const queue = new Queue();
  const run = (work) => queue.run(async () => {
    const undo = [];
    try {
      return await work(new MemoryRecords(tableOf, undo));
    } catch (error) {
      for (const step of undo.reverse()) step();
      throw error;
    }
  });
  return { read: run, transaction: run, migrate: async () => {}, check: async () => {} };
}

/** Rows of one kind, the oldest first, and where to find them. */
class Table {
  rows = new Set();
  names;
  #found;

  constructor(kind) {
    const columns = columnsOf(kind);
    this.names = Object.keys(columns);
    this.#found = new Map(FOUND_BY.filter((column) => Object.hasOwn(columns, column)).map((column) => [column, new Map()]));
  }

  add(row) {
    this.rows.add(row);
    for (const [column, places] of this.#found) {
      const value = row[column] ?? null;
      if (value === null) continue;
      if (!places.has(value)) places.set(value, new Set());
      places.get(value).add(row);
    }
  }

  drop(row) {
    this.rows.delete(row);
    for (const [column, places] of this.#found) {
      const same = places.get(row[column] ?? null);
      same?.delete(row);
      if (same?.size === 0) places.delete(row[column]);
    }
  }

  matching(where, active) {
    const column = Object.keys(where).find((name) => this.#found.has(name));
    const candidates = column === undefined ? this.rows : this.#found.get(column).get(where[column]) ?? [];
    return [...candidates].filter((row) => (!active || row.status === "active")
      && Object.entries(where).every(([name, value]) => row[name] === value));
  }
}

/** What the statements of a database do. */
class MemoryRecords {
  #tableOf;
  #undo;

  constructor(tableOf, undo) {
    this.#tableOf = tableOf;
    this.#undo = undo;
  }

  async find(kind, where, { active = false, newest = null, limit = null } = {}) {
    const rows = this.#tableOf(kind).matching(where, active);
    if (newest !== null) rows.sort((one, other) => (other[newest] ?? 0) - (one[newest] ?? 0) || (one.id < other.id ? 1 : -1));
    return rows.slice(0, limit ?? rows.length).map((row) => ({ ...row }));
  }

  async due(kind, now, limit) {
    const rows = [...this.#tableOf(kind).rows].filter((row) => row.status === "active" && row.due_at !== null && row.due_at <= now);
    return rows.sort((one, other) => one.due_at - other.due_at).slice(0, limit).map((row) => ({ ...row }));
  }

  async insert(kind, given) {
    const table = this.#tableOf(kind);
    const row = {};
    for (const column of table.names) row[column] = given[column] ?? null;
    if (table.matching({ id: row.id }).length > 0 || (row.hash !== null && table.matching({ hash: row.hash }).length > 0)) {
      throw new Error(`there is such a ${kind} already`);
    }
    this.#add(table, row);
  }

  async change(kind, where, set, { active = false } = {}) {
    const table = this.#tableOf(kind);
    const rows = table.matching(where, active);
    for (const row of rows) {
      this.#drop(table, row);
      this.#add(table, { ...row, ...set });
    }
    return rows.length;
  }

  async remove(kind, where) {
    const table = this.#tableOf(kind);
    const rows = table.matching(where);
    for (const row of rows) this.#drop(table, row);
    return rows.length;
  }

  async forget(kind, before, limit) {
    const table = this.#tableOf(kind);
    const rows = [...table.rows].filter((row) => row.ended_at !== null && row.ended_at < before).slice(0, limit);
    for (const row of rows) this.#drop(table, row);
    return rows.length;
  }

  #add(table, row) {
    table.add(row);
    this.#undo.push(() => table.drop(row));
  }

  #drop(table, row) {
    table.drop(row);
    this.#undo.push(() => table.add(row));
  }
}
