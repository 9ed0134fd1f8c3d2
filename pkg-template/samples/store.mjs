// What an authorization server stores, and the effects of decisions carried out on it. This store is in memory; a
// database has a table for each kind, and carries out the effects of one decision in one transaction.
import { createHash, randomUUID } from "node:crypto";

/** Another call was faster: load the records again, and decide again. */
export class Conflict extends Error {}

/** A secret is stored as its hash, so that who reads the database cannot use it. Minted secrets need no salt. */
const hashed = (secret) => createHash("sha256").update(secret).digest("base64url");

export class Store {
  #rows = new Set(); // { kind, record, hash }, the oldest first
  #byHash = new Map();

  /** What is stored, the oldest first. */
  get rows() {
    return structuredClone([...this.#rows]);
  }

  /** The record of a secret, whatever its status; null where there is none. */
  async find(kind, secret) {
    const row = secret ? this.#byHash.get(hashed(secret)) : undefined;
    return row?.kind === kind ? structuredClone(row.record) : null;
  }

  /** The one record of a kind that has these members; null where there is none. A database has an index for it. */
  async one(kind, where) {
    const row = [...this.#rows].find((candidate) => candidate.kind === kind && matches(candidate.record, where));
    return row ? structuredClone(row.record) : null;
  }

  /** Keeps a record of the server's own, such as a session. */
  async put(kind, record) {
    this.#add({ kind, record: structuredClone(record), hash: null });
  }

  async forget(kind, where) {
    for (const row of this.#rows) if (row.kind === kind && matches(row.record, where)) this.#drop(row);
  }

  /** Carries out the effects of a decision in their order: all of them, or none. `minted` has the secrets by kind. */
  async execute(effects, minted = {}) {
    const undo = []; // Without `await` until the end, so that nobody sees half of it.
    try {
      const ids = newIds(effects);
      for (const effect of effects) this.#execute(effect, ids, minted, undo);
    } catch (error) {
      for (const step of undo.reverse()) step();
      throw error;
    }
  }

  #execute({ effect, kind, where, set, record, spare, links = {}, keep_newest = 0 }, ids, minted, undo) {
    const change = (rows) => {
      for (const row of rows) {
        const before = row.record;
        undo.push(() => { row.record = before; });
        row.record = { ...before, ...set };
      }
    };
    const remove = (rows) => {
      for (const row of rows) {
        this.#drop(row);
        undo.push(() => this.#add(row));
      }
    };
    const hit = where ? [...this.#rows].filter((row) => row.kind === kind && matches(row.record, where)) : [];
    const live = hit.filter((row) => row.record.status === "active");
    switch (effect) {
      case "store": {
        // `links` names the members that get the id of another record of this decision.
        const linked = Object.entries(links).map(([member, other]) => [member, ids[other]]);
        const named = { ...record, ...Object.fromEntries(linked) };
        if (kind === "grant") {
          if (ids.grant !== undefined) named.grant_id ??= ids.grant;
          // A user's grant to a client is one: the new one takes the place of the old one.
          const { client_id, sub, sid, grant_id } = named;
          remove([...this.#rows].filter((row) => row.kind === "grant" && matches(row.record, { client_id, sub, sid, grant_id })));
        } else {
          named.id = ids[kind];
          if (minted[kind] === undefined) throw new Error(`no ${kind} was minted`);
        }
        const row = { kind, record: named, hash: kind === "grant" ? null : hashed(minted[kind]) };
        this.#add(row);
        undo.push(() => this.#drop(row));
        break;
      }
      case "consume": // exactly one, or another call was faster
        if (live.length !== 1) throw new Conflict(`${live.length} records to consume`);
        change(live);
        break;
      case "end": // the live ones, but so many of the newest; there may be fewer of them
        // What this decision stores is not meant, but counts among the newest.
        change(live.slice(0, Math.max(0, live.length - keep_newest)).filter((row) => row.record.id !== ids[kind]));
        break;
      case "supersede": // all but the one that stays, and the one that this decision stores
        change(live.filter((row) => row.record.id !== spare && row.record.id !== ids[kind]));
        break;
      case "update":
        change(hit);
        break;
      case "remove":
        remove(hit);
        break;
      default:
        throw new Error(`unknown effect: ${effect}`);
    }
  }

  /**
   * Forgets what is over. A used code and a replaced refresh token are kept for a day longer: who presents one again has
   * stolen it, and the tokens that came from it are revoked.
   */
  prune(now) {
    for (const row of this.#rows) {
      const { expires_at, status } = row.record;
      const kept = status === "used" || status === "superseded" ? 86_400 : 0;
      if (typeof expires_at === "number" && expires_at + kept < now) this.#drop(row);
    }
  }

  #add(row) {
    this.#rows.add(row);
    if (row.hash !== null) this.#byHash.set(row.hash, row);
  }

  #drop(row) {
    this.#rows.delete(row);
    if (row.hash !== null) this.#byHash.delete(row.hash);
  }
}

/** An id for each record that a decision stores; a new grant gets one where grants are addressed. */
function newIds(effects) {
  const ids = {};
  for (const { effect, kind, links = {} } of effects) {
    if (effect === "store" && kind !== "grant") ids[kind] = randomUUID();
    if (Object.values(links).includes("grant")) {
      ids.grant = effects.find((other) => other.effect === "store" && other.kind === "grant")?.record.grant_id ?? randomUUID();
    }
  }
  return ids;
}

/** Every member of the filter equals the member of the record; a pattern has to match one of its scopes. */
function matches(record, where) {
  return Object.entries(where).every(([name, value]) => name === "any_scope_matches"
    ? value.some((pattern) => record.scope.split(" ").some((scope) => glob(pattern).test(scope)))
    : record[name] === value);
}

/** `*` stands for any characters but `/`, `**` for any characters. */
const glob = (pattern) => new RegExp(`^${pattern.split("**").map((part) => part.split("*")
  .map((text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join("[^/]*")).join(".*")}$`);
