// What the clock has ended is ended in the records, too, and what has been over for long is forgotten.
import { carryOut, prepare } from "./store_effects.js";
import { sessionOf } from "./store_sessions.js";
import { recordIn } from "./store_statements.js";

/** So many rows in one transaction: none is long, however much there is to do. */
const BATCH = 200;

/** How many were ended and forgotten. Several nodes may do it at once. */
export async function sweep({ policy, backend, retried }, now, keep_s) {
  const done = { sessions: 0, tokens: 0, codes: 0, forgotten: 0 };
  const transaction = (work) => retried(() => backend.transaction(work));
  const all = async (work) => {
    let sum = 0;
    for (;;) {
      const count = await transaction(work);
      sum += count;
      if (count < BATCH) return sum;
    }
  };
  done.sessions = await all((records) => sessions(policy, records, now));
  for (const kind of ["access_token", "refresh_token"]) done.tokens += await all((records) => tokens(policy, records, kind, now));
  done.codes = await all((records) => codes(records, now));
  for (const kind of ["code", "access_token", "refresh_token", "session"]) {
    done.forgotten += await all((records) => records.forget(kind, now - keep_s, BATCH));
  }
  done.forgotten += await all((records) => records.forget("page", now, BATCH));
  return done;
}

/** A session whose time is over times out, which ends what the policy says. */
async function sessions(policy, records, now) {
  const rows = await records.due("session", now, BATCH);
  for (const row of rows) {
    const { sid, sub } = recordIn("session", row);
    const { effects } = policy.event({ event: "session_timeout", session: { sid, sub }, now });
    await carryOut(records, effects, prepare(effects, { hashes: {}, now, dueAt: () => null }));
    await records.change("session", { id: row.id }, { status: "ended", ended_at: now, due_at: null });
  }
  return rows.length;
}

/** A policy may give more time than it did when the token was stored; then it is looked at again when that is over. */
async function tokens(policy, records, kind, now) {
  const rows = await records.due(kind, now, BATCH);
  for (const row of rows) {
    const record = recordIn(kind, row);
    const [held = null] = record.sid ? await records.find("session", { id: record.sid }) : [];
    const session = held === null ? null : sessionOf(recordIn("session", held), now);
    const { alive, status, expires_in } = policy.status(record, { session, now });
    const set = alive ? { due_at: expires_in === null ? null : now + expires_in }
      : { status: status === "revoked" ? "revoked" : "expired", ended_at: now, due_at: null };
    await records.change(kind, { id: row.id }, set, { active: true });
  }
  return rows.length;
}

/** A code has no word for it: what it says of its end is enough, and it is forgotten in time. */
async function codes(records, now) {
  const rows = await records.due("code", now, BATCH);
  for (const { id } of rows) await records.change("code", { id }, { ended_at: now, due_at: null }, { active: true });
  return rows.length;
}
