// Reads the records, decides, carries out the effects: one transaction for each decision, and once more where another was faster.
import { carryOut, prepare } from "./store_effects.js";
import { Conflict, StoreError, Uncertain } from "./store_errors.js";
import { hashOf, secret } from "./store_secrets.js";
import { recordIn } from "./store_statements.js";

/** Times that a record says, to see whether it comes from the future. */
const TIMES = ["issued_at", "authorized_at", "last_used_at", "superseded_at", "auth_time", "granted_at"];

/** What a decision read, so that it can be read again. */
class Reading {
  #records;
  seen = [];

  constructor(records) {
    this.#records = records;
  }

  /** The one row that has these columns, the newest where there are several; null where there is none. */
  async one(kind, where, options = {}) {
    const [row = null] = await this.#records.find(kind, where, { limit: 1, ...options });
    this.seen.push({ kind, where, options, text: JSON.stringify(row) });
    return row;
  }

  async record(kind, where, options) {
    const row = await this.one(kind, where, options);
    return row === null ? null : recordIn(kind, row);
  }

  async isStillSo(records) {
    for (const { kind, where, options, text } of this.seen) {
      const [row = null] = await records.find(kind, where, { limit: 1, ...options });
      if (JSON.stringify(row) !== text) return false;
    }
    return true;
  }
}

export class Decisions {
  #policy;
  #backend;
  #options;

  constructor(policy, backend, { mint = {}, now, patience_s = 30, clock_step_s = 300 }) {
    this.#policy = policy;
    this.#backend = backend;
    this.#options = { mint, now, patience_s, clock_step_s };
  }

  now() {
    return this.#options.now?.() ?? Math.floor(Date.now() / 1000);
  }

  /**
   * `read(reading)` gives what `decide(found, now)` needs. Nothing is locked while it is decided and minted; the transaction
   * begins by looking whether what was read is still so.
   */
  async decided({ now: given, read, decide }) {
    const patience = Date.now() + 1000 * this.#options.patience_s;
    const uncertain = []; // attempts of which nobody knows yet whether they were stored
    for (let attempt = 0; ; attempt += 1) {
      let prepared = null;
      try {
        let reading;
        const found = await this.#backend.read(async (records) => {
          reading = new Reading(records);
          return read(reading);
        });
        // Its own retry is no replay: the ids that were given out say whether it was stored. This is looked at after the records
        // were read, for a COMMIT whose answer was lost may still be under way: what was read of it, is found here, too.
        for (const earlier of uncertain) if (await this.#isStored(earlier.ids)) return earlier.result;
        const now = this.#notBefore(given ?? this.now(), Object.values(found));
        const decision = decide(found, now);
        const minted = await this.#mint(decision);
        const hashes = {};
        for (const [name, value] of Object.entries(minted)) if (name !== "id_token") hashes[name] = await hashOf(value);
        prepared = prepare(decision.effects, { hashes, now, dueAt: this.#dueAt(now) });
        prepared.result = { decision, minted };
        if (decision.effects.length > 0) {
          await this.#backend.transaction(async (records) => {
            if (!await reading.isStillSo(records)) throw new Conflict("What was decided on has changed");
            await carryOut(records, decision.effects, prepared);
          });
        }
        return prepared.result;
      } catch (error) {
        const isOpen = uncertain.length > 0 && error.code === "unavailable"; // and the database cannot be asked just now
        if (error instanceof Uncertain) uncertain.push(prepared);
        else if (!(error instanceof Conflict || isOpen)) throw error;
        if (Date.now() > patience) {
          throw uncertain.length > 0 ? new StoreError("uncertain", "The database did not say whether it stored the decision", error)
            : new StoreError("busy", "Others were faster again and again; nothing was stored", error);
        }
        await pause(attempt);
      }
    }
  }

  /** Whether an attempt stored what it gave these ids to. One that gave none out is harmless to do again. */
  async #isStored(ids) {
    const kind = ["access_token", "refresh_token", "code"].find((name) => ids[name] !== undefined);
    if (kind === undefined) return false;
    return this.#backend.read(async (records) => (await records.find(kind, { id: ids[kind] })).length > 0);
  }

  /**
   * A clock that was set back a little would find records of the future: the newest of them says how late it is at least. By
   * more than `clock_step_s` somebody's clock is wrong, and the decision says so.
   */
  #notBefore(now, found) {
    const times = found.filter((one) => typeof one === "object" && one !== null)
      .flatMap((record) => TIMES.map((name) => record[name]).filter((time) => typeof time === "number"));
    const latest = Math.max(now, ...times);
    return latest - now <= this.#options.clock_step_s ? latest : now;
  }

  /** What the decision names, each drawn at random unless `mint` makes it. */
  async #mint(decision) {
    const { mint } = this.#options;
    const minted = {};
    const names = decision.response?.mint ?? [];
    for (const name of [...names].sort((one, other) => Number(one === "id_token") - Number(other === "id_token"))) {
      if (mint[name] === undefined && name === "id_token") {
        throw new StoreError("not_minted", "The decision names an ID Token; mint.id_token has to sign it");
      }
      minted[name] = mint[name] === undefined ? secret() : await mint[name](decision, { ...minted });
      if (typeof minted[name] !== "string" || minted[name] === "") throw new StoreError("not_minted", `mint.${name} gave no text`);
    }
    return minted;
  }

  /** When the clock alone ends a record, while its session lives. */
  #dueAt(now) {
    return (kind, record) => {
      if (kind === "grant" || kind === "session") return null;
      const { sid, sub } = record;
      const session = sub === undefined || sub === null ? null : { ...(sid ? { sid } : {}), sub, auth_time: record.auth_time ?? record.issued_at };
      const { expires_in } = this.#policy.status(record, { session, now });
      return expires_in === null ? record.expires_at ?? null : now + expires_in;
    };
  }
}

/** Longer from time to time, and never as long as another that waits, too. */
function pause(attempt) {
  return new Promise((resolve) => { setTimeout(resolve, Math.random() * Math.min(500, 2 ** attempt * 5)); });
}
