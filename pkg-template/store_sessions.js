// Sessions and pages in progress. Both belong to a caller, whom a secret in a cookie names; only its hash is stored.
import { carryOut, prepare } from "./store_effects.js";
import { Conflict, StoreError } from "./store_errors.js";
import { hashOf, newId, secret } from "./store_secrets.js";
import { recordIn, rowOf } from "./store_statements.js";

/** A stored session as a policy reads it; null when it is over. */
export function sessionOf(record, now) {
  if (record === null || record.status !== "active") return null;
  if (typeof record.expires_at === "number" && record.expires_at <= now) return null;
  const { status, ...session } = record;
  return session;
}

/**
 * Somebody signed in. The session of before goes on where it is the same user's; where it is not, it ends with what a switch
 * of accounts ends. The caller's secret is a new one, so that one which was known before the sign-in is worth nothing.
 */
export async function startSession({ policy, backend }, { sub, auth_time, expires_at, accounts, caller }, now) {
  const fresh = secret();
  const [hash, before] = [await hashOf(fresh), caller ? await hashOf(caller) : null];
  const session = await backend.transaction(async (records) => {
    const [row = null] = before === null ? [] : await records.find("session", { hash: before });
    const old = row === null ? null : sessionOf(recordIn("session", row), now);
    if (old?.sub === sub) {
      const goesOn = { ...old, auth_time, expires_at, ...(accounts === undefined ? {} : { accounts }) };
      const { id, ...changed } = rowOf("session", old.sid, { ...goesOn, status: "active" }, { hash, due_at: expires_at ?? null });
      await records.change("session", { id }, changed);
      return goesOn;
    }
    if (old !== null) {
      const { effects } = policy.event({ event: "switch_account", session: { sid: old.sid, sub: old.sub }, now });
      await carryOut(records, effects, prepare(effects, { hashes: {}, now, dueAt: () => null }));
    }
    const made = { sid: newId(), sub, auth_time, ...(expires_at === undefined ? {} : { expires_at }), ...(accounts === undefined ? {} : { accounts }) };
    await records.insert("session", rowOf("session", made.sid, { ...made, status: "active" }, { hash, due_at: expires_at ?? null }));
    return made;
  });
  return { session, caller: fresh };
}

/** Keeps what a page is about under an id that nobody can guess. The page carries the id alone. */
export async function keepPage(records, { id, caller, page: { shown, ...page }, expires_at }) {
  if (shown !== null) page.shown = { ...shown, interaction: undefined }; // it is a secret, and comes with the answer
  const row = rowOf("page", await hashOf(id), { caller: await hashOf(caller), status: "active", expires_at, page }, { ended_at: expires_at });
  await records.insert("page", row);
}

/** The page of an id, once, for the caller for whom it was drawn; null for everybody else and ever after. */
export async function takePage(backend, { interaction, caller }, now) {
  if (!interaction || !caller) return null;
  const [id, hash] = [await hashOf(interaction), await hashOf(caller)];
  return backend.transaction(async (records) => {
    const [row = null] = await records.find("page", { id });
    if (row === null || row.caller !== hash || row.expires_at <= now) return null;
    if (await records.remove("page", { id }) !== 1) throw new Conflict("The page was answered a moment ago");
    const { shown, ...page } = recordIn("page", row).page;
    return { ...page, shown: shown === undefined ? null : { ...shown, interaction }, interaction };
  });
}

/** Once more where another transaction was faster. */
export async function again(patience_s, work) {
  const patience = Date.now() + 1000 * patience_s;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      if (Date.now() > patience) throw new StoreError("busy", "Others were faster again and again; nothing was stored", error);
      await new Promise((resolve) => { setTimeout(resolve, 50 * Math.random()); });
    }
  }
}
