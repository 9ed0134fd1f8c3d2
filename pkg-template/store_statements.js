// The records of one transaction, in SQL that SQLite, PostgreSQL and CockroachDB understand alike.
import { StoreError } from "./store_errors.js";
import { KINDS, columnsOf, isFlag, isWhole, recordOf, rowOf } from "./store_schema.js";

const texts = new Map();

/** A statement is written once: databases and drivers keep what they prepared by its text. */
function written(key, write) {
  let text = texts.get(key);
  if (text === undefined) texts.set(key, (text = write()));
  return text;
}

/** A condition for each column; the values follow in the order of the columns. */
const conditions = (columns, first = 1) => columns.map((column, at) => `${column} = $${first + at}`);

/** Flags are numbers in every database. */
const toDatabase = (value) => (typeof value === "boolean" ? Number(value) : value ?? null);

function toRow(kind, row) {
  const read = {};
  for (const [name, value] of Object.entries(row)) {
    // PostgreSQL hands BIGINT over as text, or as a BigInt.
    read[name] = value === null ? null : isFlag(kind, name) ? Number(value) === 1 : isWhole(kind, name) ? Number(value) : value;
  }
  return read;
}

/** Reads and changes records through `query(text, values)`. */
export class Records {
  #query;

  constructor(query) {
    this.#query = query;
  }

  /** The rows that have these columns, the newest first where `newest` names a column. */
  async find(kind, where, { active = false, newest = null, limit = null } = {}) {
    const columns = Object.keys(where);
    const text = written(`find ${kind} ${columns} ${active} ${newest} ${limit}`, () => {
      const wanted = [...conditions(columns), ...(active ? ["status = 'active'"] : [])];
      return `SELECT ${Object.keys(columnsOf(kind)).join(", ")} FROM ${KINDS[kind].table} WHERE ${wanted.join(" AND ")}`
        + `${newest === null ? "" : ` ORDER BY ${newest} DESC, id DESC`}${limit === null ? "" : ` LIMIT ${limit}`}`;
    });
    return this.#rows(kind, text, Object.values(where));
  }

  /** The live rows that the clock ends by now, the first ones. */
  async due(kind, now, limit) {
    const text = written(`due ${kind} ${limit}`, () =>
      `SELECT ${Object.keys(columnsOf(kind)).join(", ")} FROM ${KINDS[kind].table} `
      + `WHERE status = 'active' AND due_at <= $1 ORDER BY due_at LIMIT ${limit}`);
    return this.#rows(kind, text, [now]);
  }

  async #rows(kind, text, values) {
    const { rows } = await this.#query(text, values.map(toDatabase));
    return rows.map((row) => toRow(kind, row));
  }

  async insert(kind, row) {
    const columns = Object.keys(columnsOf(kind));
    const text = written(`insert ${kind}`, () => `INSERT INTO ${KINDS[kind].table} (${columns.join(", ")}) `
      + `VALUES (${columns.map((column, at) => `$${at + 1}`).join(", ")})`);
    await this.#query(text, columns.map((column) => toDatabase(row[column])));
  }

  /** Gives the matching rows other values, and says how many there were. */
  async change(kind, where, set, { active = false } = {}) {
    const [columns, changed] = [Object.keys(where), Object.keys(set)];
    const text = written(`change ${kind} ${columns} ${changed} ${active}`, () => {
      const wanted = [...conditions(columns, changed.length + 1), ...(active ? ["status = 'active'"] : [])];
      return `UPDATE ${KINDS[kind].table} SET ${conditions(changed).join(", ")} WHERE ${wanted.join(" AND ")}`;
    });
    return (await this.#query(text, [...Object.values(set), ...Object.values(where)].map(toDatabase))).changes;
  }

  async remove(kind, where) {
    const columns = Object.keys(where);
    const text = written(`remove ${kind} ${columns}`, () =>
      `DELETE FROM ${KINDS[kind].table} WHERE ${conditions(columns).join(" AND ")}`);
    return (await this.#query(text, Object.values(where).map(toDatabase))).changes;
  }

  /** Forgets what ended before then, so many at a time. */
  async forget(kind, before, limit) {
    const { table } = KINDS[kind];
    const text = written(`forget ${kind} ${limit}`, () =>
      `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE ended_at < $1 LIMIT ${limit})`);
    return (await this.#query(text, [before])).changes;
  }
}

/** A row's record. Text that is none of JSON was written by somebody else. */
export function recordIn(kind, row) {
  try {
    return recordOf(kind, row);
  } catch (cause) {
    throw new StoreError("broken_record", `A stored ${kind} cannot be read`, cause);
  }
}

export { rowOf };
