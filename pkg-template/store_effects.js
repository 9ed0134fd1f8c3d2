// What each effect of a decision does to the records. Whatever is not in the tables here is refused before anything is done.
import { Conflict, StoreError } from "./store_errors.js";
import { newId } from "./store_secrets.js";
import { KINDS } from "./store_schema.js";
import { recordIn, rowOf } from "./store_statements.js";

/** By the effect and the kind of record. */
const EFFECTS = {
  "store grant": storeGrant,
  "store code": storeSecret,
  "store access_token": storeSecret,
  "store refresh_token": storeSecret,
  "consume code": consume,
  "consume refresh_token": consume,
  "supersede refresh_token": supersede,
  "update grant": update,
  "update refresh_token": update,
  "end grant": end,
  "end code": end,
  "end access_token": end,
  "end refresh_token": end,
  "end session": end,
  "remove grant": remove,
};

const MEMBERS = new Set(["effect", "kind", "record", "links", "where", "set", "keep_newest", "spare", "rule"]);
const LINKED = new Set(["code", "grant"]);

/** Carries out the effects of a decision in their order, within one transaction. `prepared` is what `prepare` made of them. */
export async function carryOut(records, effects, prepared) {
  for (const effect of effects) await EFFECTS[`${effect.effect} ${effect.kind}`](records, effect, prepared);
}

/**
 * What is known before the transaction: that every effect is one that is carried out here, and an id for each new record, unless
 * it was given one.
 * `hashes` has that of each secret that was minted, `dueAt` says when the clock alone ends a record.
 */
export function prepare(effects, { hashes, now, dueAt, given = {} }) {
  const ids = { ...given };
  for (const effect of effects) {
    check(effect);
    const { kind, record, links = {} } = effect;
    if (effect.effect === "store" && kind !== "grant") {
      ids[kind] ??= newId();
      if (hashes[kind] === undefined) throw new StoreError("not_minted", `The decision stores a ${kind}, and none was minted`);
    }
    if (effect.effect === "store" && kind === "grant" && record.grant_id) ids.grant = record.grant_id;
    if (Object.values(links).includes("grant")) ids.grant ??= newId();
  }
  return { ids, hashes, now, dueAt };
}

function check(effect) {
  const refuse = (what) => { throw new StoreError("unknown_effect", `This version of the store cannot carry out ${what}`); };
  const { effect: name, kind, where, set, record, links = {} } = effect;
  if (!Object.hasOwn(EFFECTS, `${name} ${kind}`)) refuse(`${name} of a ${kind}`);
  for (const member of Object.keys(effect)) if (!MEMBERS.has(member)) refuse(`the member ${member} of ${name}`);
  for (const other of Object.values(links)) if (!LINKED.has(other)) refuse(`a link to a ${other}`);
  if (name === "store") {
    if (typeof record !== "object" || record === null) refuse("a record that is none");
    return;
  }
  if (typeof where !== "object" || where === null || Object.keys(where).length === 0) refuse("a filter that matches everything");
  for (const [member, value] of Object.entries(where)) {
    const known = member === "any_scope_matches" ? Array.isArray(value) && value.every((one) => typeof one === "string")
      : (member === "id" || member === KINDS[kind].named || Object.hasOwn(KINDS[kind].members, member)) && isPlain(value);
    if (!known) refuse(`the filter ${member} of a ${kind}`);
  }
  if (name === "supersede" && typeof effect.spare !== "string") refuse("supersede without the one that it spares");
  if (name !== "remove" && (typeof set !== "object" || set === null || Object.keys(set).length === 0)) refuse(`${name} without change`);
}

const isPlain = (value) => ["string", "number", "boolean"].includes(typeof value);

/** Members of the filter as columns. */
function columns(kind, { any_scope_matches, ...where }) {
  const named = KINDS[kind].named;
  return Object.fromEntries(Object.entries(where).map(([name, value]) => [name === named ? "id" : name, value]));
}

/** The rows that a filter matches. Patterns of scopes are not for a database: they are few rows of one user. */
async function matching(records, kind, where, options) {
  const rows = await records.find(kind, columns(kind, where), options);
  const patterns = where.any_scope_matches?.map(glob);
  if (patterns === undefined) return rows;
  return rows.filter((row) => (row.scope ?? "").split(" ").some((scope) => patterns.some((pattern) => pattern.test(scope))));
}

/** `*` stands for any characters but `/`, `**` for any characters. */
const glob = (pattern) => new RegExp(`^${pattern.split("**").map((part) => part.split("*")
  .map((text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join("[^/]*")).join(".*")}$`, "s");

/** Members of the record that get the id of another record of this decision. */
const linked = (links = {}, ids) => Object.fromEntries(Object.entries(links).map(([member, other]) => {
  if (ids[other] === undefined) throw new StoreError("unknown_effect", `The decision links to a ${other}, and stores none`);
  return [member, ids[other]];
}));

async function storeSecret(records, { kind, record, links }, { ids, hashes, dueAt }) {
  const named = { ...record, ...linked(links, ids) };
  const due_at = dueAt(kind, { ...named, id: ids[kind] });
  await records.insert(kind, rowOf(kind, ids[kind], named, { hash: hashes[kind], due_at }));
}

/** A grant takes the place of the one of the same client, user and id, and of the same session where it has one. */
async function storeGrant(records, { kind, record }, { ids }) {
  const named = ids.grant === undefined ? record : { ...record, grant_id: ids.grant };
  const { client_id, sub, grant_id = null, sid = null } = named;
  const id = JSON.stringify([client_id, sub, grant_id, sid]);
  await records.remove(kind, { id });
  await records.insert(kind, rowOf(kind, id, named));
}

async function consume(records, { kind, where, set }, { now }) {
  const used = await records.change(kind, columns(kind, where), { ...set, ended_at: now }, { active: true });
  if (used !== 1) throw new Conflict(`${used} records to use up`);
}

async function update(records, { kind, where, set }, { dueAt }) {
  const { members } = KINDS[kind];
  const isSimple = where.any_scope_matches === undefined
    && Object.keys(set).every((name) => Object.hasOwn(members, name) && members[name] !== "BIGINT");
  if (isSimple) return void await records.change(kind, columns(kind, where), set);
  for (const row of await matching(records, kind, where)) {
    const record = { ...recordIn(kind, row), ...set };
    const { id, ...changed } = rowOf(kind, row.id, record, { due_at: dueAt(kind, record) });
    await records.change(kind, { id }, changed);
  }
}

async function end(records, { kind, where, set, keep_newest = 0 }, { ids, now }) {
  const active = !Object.hasOwn(where, "status");
  const changed = { ...set, ended_at: now };
  if (keep_newest === 0 && where.any_scope_matches === undefined) {
    return void await records.change(kind, columns(kind, where), changed, { active });
  }
  const rows = await matching(records, kind, where, { active, ...(keep_newest > 0 ? { newest: "issued_at" } : {}) });
  // What this decision stored is the newest, whatever the clocks of other nodes say.
  const own = rows.filter((row) => row.id === ids[kind]);
  const ended = [...own, ...rows.filter((row) => row.id !== ids[kind])].slice(keep_newest);
  for (const { id } of ended) await records.change(kind, { id }, changed, { active });
}

/** All that match, but for the one with the id `spare` and the one that this decision stores. */
async function supersede(records, { kind, where, set, spare }, { ids, now }) {
  for (const { id } of await matching(records, kind, where, { active: true })) {
    if (id !== spare && id !== ids[kind]) await records.change(kind, { id }, { ...set, ended_at: now }, { active: true });
  }
}

async function remove(records, { kind, where }) {
  if (where.any_scope_matches === undefined) return void await records.remove(kind, columns(kind, where));
  for (const { id } of await matching(records, kind, where)) await records.remove(kind, { id });
}
