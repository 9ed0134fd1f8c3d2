// Many processes on the same records: who is first, what is left when they are killed, who makes the tables.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { OPTIONS, codeOf, exchanged, openStore, policy, refreshed, schema, statusOf } from "./support.js";

/** A process of worker.js. `lines` has what it said. */
export function worker(where, mode) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "worker.js"), JSON.stringify({ ...where, mode })], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = [];
  let waiting = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(JSON.parse(line));
    for (const wake of waiting.splice(0)) wake();
  });
  const ended = new Promise((resolve) => { child.once("exit", () => { resolve(); for (const wake of waiting.splice(0)) wake(); }); });
  return {
    lines, child, ended,
    async said(count) {
      while (lines.length < count) {
        if (child.exitCode !== null) throw new Error(`a process ended after ${JSON.stringify(lines.at(-1))}`);
        await new Promise((resolve) => { waiting.push(resolve); });
      }
      return lines[count - 1];
    },
    ask(what) {
      child.stdin.write(`${JSON.stringify(what)}\n`);
      return this.said(lines.length + 1);
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Several processes make the tables at once; all of them find them made. */
export async function migrateAtOnce(where) {
  const all = Array.from({ length: 4 }, () => worker(where, "asked"));
  const said = await Promise.all(all.map((one) => one.said(1)));
  await Promise.all(all.map((one) => one.kill()));
  assert.deepEqual(said, all.map(() => ({ ready: true })));
}

/** One winner for each code and each token, whatever the others are told; and what the winner got is revoked by the replays. */
export async function race(where, backend) {
  const store = await openStore(policy, backend, OPTIONS);
  const all = Array.from({ length: 4 }, () => worker(where, "asked"));
  try {
    await Promise.all(all.map((one) => one.said(1)));
    for (let round = 0; round < 6; round += 1) {
      const code = await codeOf(store);
      await oneWins(store, all, { exchange: code });
      const { minted } = await exchanged(store, await codeOf(store));
      await oneWins(store, all, { refresh: minted.refresh_token });
    }
  } finally {
    await Promise.all(all.map((one) => one.kill()));
  }
}

async function oneWins(store, all, asked) {
  const answers = await Promise.all(all.map((one) => one.ask(asked)));
  const winners = answers.filter(({ outcome }) => outcome === "tokens");
  assert.equal(winners.length, 1, JSON.stringify(answers));
  assert.ok(answers.every(({ outcome, error }) => outcome === "tokens" || error === "invalid_grant"), JSON.stringify(answers));
  for (const kind of ["refresh_token", "access_token"]) assert.equal(await statusOf(store, winners[0].minted[kind], kind), "revoked");
}

/** Killed at any moment: what was acknowledged is there, and nothing is half done. `now and then` it goes on afterwards. */
export async function killed(where, backend, query) {
  const store = await openStore(policy, backend, OPTIONS);
  for (let round = 0; round < 5; round += 1) {
    const all = Array.from({ length: 3 }, () => worker(where, "busy"));
    await Promise.all(all.map((one) => one.said(3 + Math.floor(Math.random() * 20))));
    await new Promise((resolve) => { setTimeout(resolve, Math.random() * 30); });
    await Promise.all(all.map((one) => one.kill()));
    for (const { lines } of all) await acknowledged(store, lines);
    await nothingHalfDone(query);
  }
  assert.equal((await refreshed(store, (await exchanged(store, await codeOf(store))).minted.refresh_token)).decision.outcome, "tokens");
}

/** Each thing that was said is so, but for the last: what came after it may have been stored and not said. */
async function acknowledged(store, lines) {
  const { kinds, last } = { kinds: new Map(), last: lines.at(-1) };
  for (const { code, used, superseded, refresh_token, access_token } of lines) {
    if (code) kinds.set(code, ["code", "active"]);
    if (used) kinds.set(used, ["code", "used"]);
    if (superseded) kinds.set(superseded, ["refresh_token", "superseded"]);
    if (refresh_token) kinds.set(refresh_token, ["refresh_token", "active"]);
    if (access_token) kinds.set(access_token, ["access_token", "active"]);
  }
  const next = { active: new Set(["active", "used", "superseded"]) };
  const newest = new Set([last.code, last.refresh_token]);
  for (const [secret, [kind, status]] of kinds) {
    const found = await statusOf(store, secret, kind);
    assert.ok(found === status || (newest.has(secret) && next[status].has(found)), `${kind}: said ${status}, and is ${found}`);
  }
}

/** A used code gave tokens, one that is active none; a refresh token that was replaced has a successor. */
export async function nothingHalfDone(query) {
  const rows = async (kind, columns) => query(`SELECT ${columns} FROM ${schema.KINDS[kind].table}`);
  const [codes, refresh, access] = [await rows("code", "id, status"), await rows("refresh_token", "family, status"), await rows("access_token", "family")];
  const byFamily = (all) => {
    const map = new Map();
    for (const { family, status } of all) map.set(family, [...(map.get(family) ?? []), status]);
    return map;
  };
  const [refreshOf, accessOf] = [byFamily(refresh), byFamily(access)];
  assert.ok(codes.length > 0);
  for (const { id, status } of codes) {
    const [tokens, many] = [refreshOf.get(id) ?? [], (accessOf.get(id) ?? []).length];
    if (status === "active") assert.deepEqual([tokens, many], [[], 0]);
    if (status !== "used") continue;
    assert.equal(many, tokens.length); // an access token came with each refresh token
    const live = tokens.filter((one) => one !== "superseded");
    assert.equal(live.length, 1, `${tokens}`);
  }
}
