// The store and the helpers among the samples, where a server cannot be made to show them from outside.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { Policy } from "grantwise";

const { Bounded, escape } = await import(new URL("./node_modules/grantwise/samples/http.mjs", import.meta.url));
const { Conflict, Store } = await import(new URL("./node_modules/grantwise/samples/store.mjs", import.meta.url));

const NOW = 1_700_000_000;
const token = (more = {}) => ({ client_id: "calendar", sub: "alice", status: "active", scope: "openid", ...more });
const storing = (kind, record, links) => ({ effect: "store", kind, record, ...(links ? { links } : {}) });
const statuses = async (store, ...secrets) =>
  Promise.all(secrets.map(async (secret) => (await store.find("refresh_token", secret))?.status));

/** A store with these refresh tokens, the oldest first. */
async function filled(...secrets) {
  const store = new Store();
  for (const secret of secrets) await store.execute([storing("refresh_token", token())], { refresh_token: secret });
  return store;
}

test("below its limit nothing ends, above it the oldest do", async () => {
  const end = (keep_newest) => ({ effect: "end", kind: "refresh_token", where: { sub: "alice" }, set: { status: "revoked" }, keep_newest });
  for (const [kept, expected] of [[5, "active active active"], [3, "active active active"], [1, "revoked revoked active"], [0, "revoked revoked revoked"]]) {
    const store = await filled("a", "b", "c");
    await store.execute([end(kept)]);
    assert.equal((await statuses(store, "a", "b", "c")).join(" "), expected, `${kept} kept`);
  }
});

test("a policy's limit of refresh tokens, through its decisions", async () => {
  const policy = Policy.profile("oauth2", { max_refresh_tokens_per_client_and_user: 2 });
  const store = await filled("a", "b", "c");
  await store.execute(policy.event({ event: "issue_refresh_token", sub: "alice", client_id: "calendar", now: NOW }).effects);
  assert.deepEqual(await statuses(store, "a", "b", "c"), ["revoked", "active", "active"]);
});

test("a refresh token that stays good until its successor is used: two are left, whoever comes back", async () => {
  const policy = Policy.profile("oauth2", { refresh_token_rotation: "until_successor_used", reused_refresh_token_ends: "nothing" });
  const client = { client_id: "calendar", redirect_uris: ["https://calendar.example/cb"], grant_types: ["authorization_code", "refresh_token"] };
  const store = new Store();
  const first = {
    v: 1, kind: "refresh_token", client_id: "calendar", application_type: "web", client_type: "confidential", sub: "alice", sid: "s1",
    family: "code-1", grant_id: null, scope: "api", binding: "offline", status: "active", auth_time: NOW, basis: null, issued_at: NOW,
    authorized_at: NOW, expires_at: null, last_used_at: null, superseded_at: null,
  };
  await store.execute([storing("refresh_token", first)], { refresh_token: "a" });
  const refresh = async (used, minted) => {
    const request = { grant_type: "refresh_token", refresh_token: used };
    const decision = policy.refresh({ request, client, client_authenticated: true, refresh_token: await store.find("refresh_token", used), now: NOW + 1 });
    await store.execute(decision.effects, { access_token: `of ${minted}`, refresh_token: minted });
    return decision.outcome;
  };
  assert.equal(await refresh("a", "b"), "tokens");
  assert.equal(await refresh("a", "c"), "tokens");
  assert.deepEqual(await statuses(store, "a", "b", "c"), ["active", "superseded", "active"]);
  assert.equal(await refresh("c", "d"), "tokens");
  assert.deepEqual(await statuses(store, "a", "b", "c", "d"), ["superseded", "superseded", "active", "active"]);
  assert.equal(await refresh("a", "e"), "error");
  assert.deepEqual(await statuses(store, "c", "d"), ["active", "active"]);
});

test("a grant takes the place of the one with the same client, user and grant_id, and of no other", async () => {
  const store = new Store();
  const grant = (more) => storing("grant", { client_id: "calendar", sub: "alice", scope: "openid", status: "active", ...more });
  for (const more of [{}, { sub: "bob" }, { client_id: "photos" }, { grant_id: "g1" }, { grant_id: "g2" }]) await store.execute([grant(more)]);
  assert.equal(store.rows.length, 5);
  await store.execute([grant({ scope: "openid email" })]);
  await store.execute([grant({ grant_id: "g1", scope: "openid email" })]);
  assert.equal(store.rows.length, 5);
  assert.equal((await store.one("grant", { client_id: "calendar", sub: "alice", grant_id: undefined })).scope, "openid email");
  assert.equal((await store.one("grant", { grant_id: "g1" })).scope, "openid email");
  assert.equal((await store.one("grant", { sub: "bob" })).scope, "openid");
  await store.execute([{ effect: "remove", kind: "grant", where: { sub: "alice" } }]);
  assert.equal(store.rows.length, 1);
});

test("links name the records that were stored together", async () => {
  const store = new Store();
  await store.execute([
    storing("grant", { client_id: "calendar", sub: "alice", scope: "openid", status: "active" }),
    storing("code", token(), { grant_id: "grant" }),
    storing("access_token", token(), { family: "code", grant_id: "grant" }),
  ], { code: "c", access_token: "a" });
  const [grant, code, access] = [await store.one("grant", {}), await store.find("code", "c"), await store.find("access_token", "a")];
  assert.ok(grant.grant_id && code.id);
  assert.deepEqual([code.grant_id, access.grant_id, access.family], [grant.grant_id, grant.grant_id, code.id]);
});

test("who is second to consume has changed nothing", async () => {
  const store = await filled("a", "b");
  const { id } = await store.find("refresh_token", "a");
  const effects = [
    storing("grant", { client_id: "calendar", sub: "alice", scope: "openid", status: "active" }),
    { effect: "end", kind: "refresh_token", where: { sub: "alice" }, set: { status: "revoked" }, keep_newest: 1 },
    { effect: "consume", kind: "refresh_token", where: { id }, set: { status: "superseded" } },
    storing("refresh_token", token()),
  ];
  await assert.rejects(store.execute(effects, { refresh_token: "new" }), Conflict);
  assert.deepEqual([store.rows.length, ...await statuses(store, "a", "b", "new")], [2, "active", "active", undefined]);
  // A secret that was not minted is a fault of the server, and stores nothing, either.
  await assert.rejects(store.execute([effects[0], effects[3]], {}), /no refresh_token was minted/);
  assert.equal(store.rows.length, 2);
  await store.execute([effects[2], effects[3]], { refresh_token: "new" });
  assert.deepEqual(await statuses(store, "a", "new"), ["superseded", "active"]);
});

test("a secret is found by itself, not by what is stored of it", async () => {
  const store = await filled("a");
  assert.ok(await store.find("refresh_token", "a"));
  for (const encoding of ["hex", "base64", "base64url", "latin1"]) {
    assert.equal(await store.find("refresh_token", createHash("sha256").update("a").digest(encoding)), null);
  }
  for (const secret of ["", null, undefined]) assert.equal(await store.find("refresh_token", secret), null);
  assert.equal(await store.find("access_token", "a"), null);
  const kept = await filled("the secret itself");
  assert.ok(!JSON.stringify([kept.rows, await kept.find("refresh_token", "the secret itself")]).includes("the secret itself"));
  // What was given out is a copy.
  (await store.find("refresh_token", "a")).status = "revoked";
  assert.equal((await store.find("refresh_token", "a")).status, "active");
});

test("patterns of scopes match as the schema of the records says", async () => {
  const end = (pattern) => ({ effect: "end", kind: "refresh_token", where: { any_scope_matches: [pattern] }, set: { status: "revoked" } });
  for (const [pattern, ended] of [["https://mail.google.com/**", true], ["https://mail.google.com/", true], ["https://*/", true], ["*", true],
    ["https://*", false], ["https://mail?google.com/", false], ["mail", false], ["**", true]]) {
    const store = new Store();
    await store.execute([storing("refresh_token", token({ scope: "openid https://mail.google.com/" }))], { refresh_token: "a" });
    await store.execute([end(pattern)]);
    assert.deepEqual(await statuses(store, "a"), [ended ? "revoked" : "active"], pattern);
  }
});

test("what is over is forgotten; what a thief may present again is kept for a day longer", async () => {
  const store = new Store();
  const records = { live: { expires_at: NOW + 1 }, over: { expires_at: NOW - 1 }, replaced: { expires_at: NOW - 1, status: "superseded" }, endless: { expires_at: null } };
  for (const [secret, more] of Object.entries(records)) await store.execute([storing("refresh_token", token(more))], { refresh_token: secret });
  const left = async () => (await statuses(store, ...Object.keys(records))).map((status) => status !== undefined);
  store.prune(NOW);
  assert.deepEqual(await left(), [true, false, true, true]);
  store.prune(NOW + 90_000);
  assert.deepEqual(await left(), [false, false, false, true]);
  assert.equal(store.rows.length, 1);
});

test("a bounded map forgets the oldest, and what is too old", (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: NOW });
  const map = new Bounded(3, 10);
  for (const key of ["a", "b", "c", "d"]) map.set(key, key);
  assert.deepEqual(["a", "b", "c", "d"].map((key) => map.get(key)), [undefined, "b", "c", "d"]);
  map.set("b", "again"); // the newest now
  map.set("e", "e");
  assert.deepEqual([map.size, map.get("c"), map.get("b")], [3, undefined, "again"]);
  assert.deepEqual([map.take("b"), map.take("b"), map.get("b")], ["again", undefined, undefined]);
  context.mock.timers.tick(10_000);
  assert.equal(map.get("e"), undefined);
  map.set("f", "f");
  assert.equal(map.size, 1);
  for (let key = 0; key < 1000; key += 1) map.set(key, key);
  assert.equal(map.size, 3);
});

test("text is text in a page and in an attribute", () => {
  assert.equal(escape(`<a href="x" title='y'>&amp;`), "&#60;a href=&#34;x&#34; title=&#39;y&#39;&#62;&#38;amp;");
});
