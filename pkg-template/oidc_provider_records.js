// The adapter's own records, in a backend of grantwise/store. Codes and tokens have the ids that oidc-provider gave them.
import { carryOut, prepare } from "./store_effects.js";
import { Conflict } from "./store_errors.js";
import { recordIn } from "./store_statements.js";
import { sweep } from "./store_sweep.js";

/** Kinds of records whose end ends something at the server, with its model. */
export const MODELS = { code: "AuthorizationCode", access_token: "AccessToken", refresh_token: "RefreshToken" };

export class Records {
  #backend;
  #ready;
  #isReady = false;

  constructor(backend) {
    this.#backend = backend;
  }

  /** Brings the tables to their version, once; a failure is tried again with the next call. */
  ready() {
    this.#ready ??= this.#backend.migrate(Math.floor(Date.now() / 1000)).then(() => { this.#isReady = true; }, (error) => {
      this.#ready = undefined;
      throw error;
    });
    return this.#ready;
  }

  /** The newest record with these members, with the text by which it is known again; null where there is none. */
  async find(kind, where, { newest = null } = {}) {
    if (!this.#isReady) await this.ready();
    const options = newest === null ? { limit: 1 } : { limit: 1, newest };
    const [row = null] = await this.#backend.read((records) => records.find(kind, where, options));
    return { kind, where, options, text: JSON.stringify(row), record: row === null ? null : recordIn(kind, row) };
  }

  /**
   * Carries out effects in one transaction, new records under these ids. `seen` is what the decision was made from: where another
   * call changed it meanwhile nothing is stored, and a Conflict says so. Returns what ended, for the server to end it, too.
   */
  async carryOut(effects, { ids = {}, seen = [], at }) {
    if (effects.length === 0) return [];
    if (!this.#isReady) await this.ready();
    const prepared = prepare(effects, { given: ids, hashes: ids, now: at, dueAt: (kind, record) => record.expires_at ?? null });
    prepared.hashes = {}; // the id says which one it is
    return this.#backend.transaction(async (records) => {
      for (const { kind, where, options, text } of seen) {
        const [row = null] = await records.find(kind, where, options);
        if (JSON.stringify(row) !== text) throw new Conflict(`another call changed a ${kind}`);
      }
      const live = [];
      for (const effect of effects) {
        if (!["end", "supersede"].includes(effect.effect) || MODELS[effect.kind] === undefined) continue;
        const { any_scope_matches, ...where } = effect.where;
        for (const { id } of await records.find(effect.kind, where, { active: true })) live.push({ kind: effect.kind, id });
      }
      await carryOut(records, effects, prepared);
      const ended = [];
      for (const { kind, id } of live) {
        const [row = null] = await records.find(kind, { id }, { limit: 1 });
        if (row?.status !== "active") ended.push({ kind, id, superseded: row?.status === "superseded" });
      }
      return ended;
    });
  }

  async sweep(policy, at, keep_s) {
    await this.ready();
    return sweep({ policy, backend: this.#backend, retried: (work) => work() }, at, keep_s);
  }
}

/** Ends at the server what ended in the records. A token that was replaced stays, so that who presents it is noticed. */
export async function endAtServer(provider, ended) {
  for (const { kind, id, superseded } of ended) {
    const token = await provider[MODELS[kind]].find(id, { ignoreExpiration: true, ignoreSessionBinding: true });
    if (token === undefined) continue;
    if (superseded) await token.consume();
    else await token.destroy();
  }
}
