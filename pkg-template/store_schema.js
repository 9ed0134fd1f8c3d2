// What is stored of each kind of record: columns for what filters and the clock ask for, and the rest as text.

const TEXT = "TEXT";
const WHOLE = "BIGINT"; // seconds; the INTEGER of PostgreSQL ends in the year 2038
const FLAG = "SMALLINT"; // 0 or 1: SQLite has nothing else

/** Columns that are no member of a record: they belong to the store. */
const OWN = { hash: TEXT, due_at: WHOLE, ended_at: WHOLE };

const TOKEN = {
  client_id: TEXT, sub: TEXT, sid: TEXT, family: TEXT, grant_id: TEXT, binding: TEXT, application_type: TEXT, client_type: TEXT,
  auth: TEXT, basis: TEXT, scope: TEXT, status: TEXT, issued_at: WHOLE, expires_at: WHOLE, last_used_at: WHOLE, superseded_at: WHOLE,
};
const TOKEN_INDEXES = [["sub", "client_id"], ["client_id", "grant_id"], ["sid"], ["family"], ["basis"]];

/**
 * The kinds of records. `members` are the columns that a filter of an effect may ask for; `indexes` has one for whatever
 * an effect filters by. `named`: the record has its id as a member, under this name.
 */
export const KINDS = {
  grant: {
    table: "grantwise_grants",
    named: null,
    members: {
      client_id: TEXT, sub: TEXT, sid: TEXT, grant_id: TEXT, redirect_uri: TEXT, basis: TEXT, scope: TEXT, status: TEXT,
      granted_at: WHOLE, expires_at: WHOLE, first_code_exchanged: FLAG,
    },
    indexes: [["sub", "client_id"], ["grant_id"], ["client_id"], ["sid"]],
  },
  code: {
    table: "grantwise_codes",
    named: "id",
    members: {
      client_id: TEXT, sub: TEXT, sid: TEXT, grant_id: TEXT, redirect_uri: TEXT, basis: TEXT, scope: TEXT, status: TEXT,
      issued_at: WHOLE, expires_at: WHOLE,
    },
    indexes: [["sub", "client_id"], ["client_id", "grant_id"], ["sid"], ["basis"]],
  },
  access_token: { table: "grantwise_access_tokens", named: "id", members: TOKEN, indexes: TOKEN_INDEXES },
  refresh_token: { table: "grantwise_refresh_tokens", named: "id", members: TOKEN, indexes: TOKEN_INDEXES },
  session: {
    table: "grantwise_sessions",
    named: "sid",
    members: { sub: TEXT, status: TEXT, auth_time: WHOLE, expires_at: WHOLE },
    indexes: [["sub"]],
  },
  page: {
    table: "grantwise_pages",
    named: null,
    members: { caller: TEXT, status: TEXT, expires_at: WHOLE },
    indexes: [],
  },
};

const COLUMNS = Object.fromEntries(Object.entries(KINDS).map(([kind, { members }]) => [kind, { id: TEXT, ...members, ...OWN, rest: TEXT }]));

/** The type of every column of a kind. */
export const columnsOf = (kind) => COLUMNS[kind];

export const isFlag = (kind, column) => KINDS[kind].members[column] === FLAG;
export const isWhole = (kind, column) => columnsOf(kind)[column] === WHOLE;

/** A record as a row: what has a column, and the rest. A member that is null is as good as absent. */
export function rowOf(kind, id, record, own = {}) {
  const { members, named } = KINDS[kind];
  const row = { id, ...own };
  const rest = {};
  for (const [name, value] of Object.entries(record)) {
    if (name === named || value === null || value === undefined) continue;
    if (Object.hasOwn(members, name)) row[name] = value;
    else rest[name] = value;
  }
  row.rest = JSON.stringify(rest);
  return row;
}

/** A row as the record that it was. */
export function recordOf(kind, row) {
  const { members, named } = KINDS[kind];
  const record = named === null ? {} : { [named]: row.id };
  for (const name of Object.keys(members)) if (row[name] !== null && row[name] !== undefined) record[name] = row[name];
  return Object.assign(record, JSON.parse(row.rest));
}

/** The version of the tables that this file describes. A new one is one more list of statements, and none is changed. */
export const MIGRATIONS = [Object.keys(KINDS).flatMap((kind) => {
  const { table, indexes } = KINDS[kind];
  const columns = Object.entries(columnsOf(kind)).map(([name, type]) =>
    `${name} ${type}${name === "id" ? " PRIMARY KEY" : name === "rest" || name === "status" ? " NOT NULL" : ""}`);
  const index = (columnNames, more = "") =>
    `CREATE INDEX ${table}_${columnNames.join("_")} ON ${table} (${columnNames.join(", ")})${more}`;
  return [
    `CREATE TABLE ${table} (${columns.join(", ")})`,
    `CREATE UNIQUE INDEX ${table}_hash ON ${table} (hash)`,
    ...indexes.map((names) => index(names)),
    // What the clock ends, and what has been over for long.
    index(["due_at"], " WHERE status = 'active'"),
    index(["ended_at"]),
  ];
})];

/** The table that says how far the migrations have come. */
export const SCHEMA_TABLE = "CREATE TABLE IF NOT EXISTS grantwise_schema (version BIGINT PRIMARY KEY, applied_at BIGINT NOT NULL)";
