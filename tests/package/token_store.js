// Records in arrays, and the effects of decisions executed on them: what a database does in one transaction.
import assert from "node:assert/strict";

/** What `consume` throws when it matches no live record: another call was faster. */
export class Conflict extends Error {}

const PREFIXES = { code: "CODE", access_token: "AT", refresh_token: "RT", grant: "G" };

export class Store {
  /** Codes and tokens as `{ kind, record }`, oldest first. */
  entries = [];
  grants = [];
  #counts = {};

  find(id) {
    return this.entries.find((entry) => entry.record.id === id)?.record ?? null;
  }

  /**
   * Gives every record that a decision stores its id, once per decision: an effect that is executed again
   * stores nothing new. Where grants are addressed, a new grant gets an id. What is linked to another record of the
   * decision learns its id.
   */
  named(effects, { addressed = false } = {}) {
    const given = {};
    return effects.map((effect) => {
      if (effect.effect !== "store") return effect;
      const record = structuredClone(effect.record);
      if (effect.kind === "grant") {
        if (addressed && record.grant_id === undefined) {
          given.grant = record.grant_id = this.#next("grant");
        }
      } else {
        given[effect.kind] = record.id = this.#next(effect.kind);
        for (const [member, other] of Object.entries(effect.links ?? {})) {
          assert.ok(given[other], `nothing gave an id to the ${other}`);
          record[member] = given[other];
        }
      }
      return { ...effect, record };
    });
  }

  #next(kind) {
    this.#counts[kind] = (this.#counts[kind] ?? 0) + 1;
    return `${PREFIXES[kind]}${this.#counts[kind]}`;
  }

  /** Executes named effects in their order: all of them, or none. */
  execute(effects) {
    const before = { entries: this.entries, grants: this.grants };
    this.entries = structuredClone(this.entries);
    this.grants = structuredClone(this.grants);
    try {
      const stored = effects.filter(({ effect }) => effect === "store").map(({ record }) => record.id);
      for (const effect of effects) this.#execute(effect, stored);
    } catch (error) {
      Object.assign(this, before);
      throw error;
    }
  }

  /** Both at once, for a decision that is executed once. */
  apply(effects, options) {
    this.execute(this.named(effects, options));
  }

  #execute({ effect, kind, record, where, set, spare, keep_newest: spared = 0 }, stored) {
    const chosen = () => this.entries.filter((entry) => entry.kind === kind && matches(entry.record, where));
    const live = () => chosen().filter((entry) => entry.record.status === "active");
    const change = (entries) => entries.forEach((entry) => Object.assign(entry.record, set));
    switch (`${effect} ${kind}`) {
      case "store grant": {
        const same = (known) => ["client_id", "sub", "sid", "grant_id"].every((name) => known[name] === record[name]);
        this.grants = [...this.grants.filter((known) => !same(known)), structuredClone(record)];
        break;
      }
      case "store code":
      case "store access_token":
      case "store refresh_token":
        // A record that is there already stays as it is (ON CONFLICT DO NOTHING).
        if (this.find(record.id) === null) this.entries.push({ kind, record: structuredClone(record) });
        break;
      case "consume code":
      case "consume refresh_token": {
        const hit = live();
        if (hit.length !== 1) throw new Conflict(`${kind} ${where.id} was not there to consume`);
        change(hit);
        break;
      }
      case "update grant":
        for (const grant of this.grants) if (matches(grant, where)) Object.assign(grant, set);
        break;
      case "update refresh_token":
        change(chosen());
        break;
      case "supersede refresh_token":
        change(live().filter((entry) => ![spare, ...stored].includes(entry.record.id)));
        break;
      case "end code":
      case "end access_token":
      case "end refresh_token": {
        // What the same decision stores is not meant, should it be there already.
        const hit = spared > 0 ? live() : live().filter((entry) => !stored.includes(entry.record.id));
        change(hit.slice(0, Math.max(0, hit.length - spared)));
        break;
      }
      case "remove grant":
        this.grants = this.grants.filter((grant) => !matches(grant, where));
        break;
      case "end session":
        break; // Sessions are kept elsewhere.
      default:
        assert.fail(`unknown effect: ${effect} ${kind}`);
    }
  }
}

function matches(record, where) {
  return Object.entries(where).every(([name, wanted]) =>
    name === "any_scope_matches"
      ? record.scope.split(" ").some((scope) => wanted.some((pattern) => glob(pattern).test(scope)))
      : record[name] === wanted);
}

const glob = (pattern) =>
  new RegExp(`^${pattern.split(/(\*\*?)/).map((part) => ({ "*": "[^/]*", "**": ".*" })[part] ?? escaped(part)).join("")}$`);
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
