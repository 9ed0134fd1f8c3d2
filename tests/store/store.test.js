// What the store does, the same on every backend.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { backends } from "./backends.js";
import {
  NOW, ONLINE, OPTIONS, Policy, REQUEST, StoreError, client, codeOf, effects, exchanged, known, openStore, policy, refreshed, schema, signedIn, statusOf,
} from "./support.js";

/** The tests of one backend; the server of PostgreSQL has them, too. */
export function suite({ name, open }) {
  const on = (title, work, asked = policy, options = {}) => test(title, async () => {
    const { backend, query, close } = await open();
    try {
      await work(await openStore(asked, backend, { ...OPTIONS, now: () => NOW, ...options }), query, backend);
    } finally {
      await close();
    }
  });

  describe(name, { concurrency: false }, () => {
    on("an approval, an exchange, a refresh and a logout", async (store) => {
      const { caller, session } = await signedIn(store);
      const code = await codeOf(store, { caller });
      const first = await exchanged(store, code);
      assert.equal(first.decision.outcome, "tokens", first.decision.summary);
      assert.deepEqual(Object.keys(first.minted).sort(), ["access_token", "id_token", "refresh_token"]);
      const second = await refreshed(store, first.minted.refresh_token);
      assert.equal(second.decision.outcome, "tokens", second.decision.summary);
      assert.equal(await statusOf(store, first.minted.refresh_token, "refresh_token"), "superseded");
      assert.equal(await statusOf(store, second.minted.refresh_token, "refresh_token"), "active");
      assert.equal(await statusOf(store, code, "code"), "used");
      await store.event({ event: "logout", session: { sid: session.sid, sub: "alice" }, now: NOW + 3 });
      assert.equal(await store.session(caller, { now: NOW + 3 }), null);
      // Offline access outlives the session, and the consent does, too.
      assert.equal(await statusOf(store, second.minted.refresh_token, "refresh_token"), "active");
      const again = await store.authorize({
        request: REQUEST.replace("&prompt=consent", ""), client, caller: (await signedIn(store)).caller, now: NOW + 4,
      });
      assert.equal(again.decision.outcome, "issue");
    });

    on("tokens of a session end with it", async (store) => {
      const { caller, session } = await signedIn(store);
      const { minted } = await exchanged(store, await codeOf(store, { caller, request: ONLINE }));
      assert.equal(await statusOf(store, minted.refresh_token, "refresh_token"), "active");
      await store.event({ event: "logout", session: { sid: session.sid, sub: "alice" }, now: NOW + 2 });
      for (const kind of ["refresh_token", "access_token"]) assert.equal(await statusOf(store, minted[kind], kind), "revoked");
      const { decision } = await refreshed(store, minted.refresh_token, { now: NOW + 3 });
      assert.deepEqual([decision.error.code, decision.response.status], ["invalid_grant", 400]);
    }, Policy.profile("aol"));

    on("a code that is used twice ends what it gave, and a refresh token that was replaced does, too", async (store) => {
      const code = await codeOf(store);
      const { minted } = await exchanged(store, code);
      const replay = await exchanged(store, code);
      assert.deepEqual([replay.decision.error.code, replay.minted], ["invalid_grant", {}]);
      for (const kind of ["refresh_token", "access_token"]) assert.equal(await statusOf(store, minted[kind], kind), "revoked");

      const other = (await exchanged(store, await codeOf(store))).minted;
      const successor = (await refreshed(store, other.refresh_token)).minted;
      assert.equal((await refreshed(store, other.refresh_token)).decision.error.code, "invalid_grant");
      for (const kind of ["refresh_token", "access_token"]) assert.equal(await statusOf(store, successor[kind], kind), "revoked");
    });

    on("of many that exchange one code at once, one gets tokens, and the replays end them", async (store) => {
      const code = await codeOf(store);
      const all = await Promise.all(Array.from({ length: 8 }, () => exchanged(store, code)));
      const winners = all.filter(({ decision }) => decision.outcome === "tokens");
      assert.equal(winners.length, 1);
      assert.equal(await statusOf(store, winners[0].minted.refresh_token, "refresh_token"), "revoked");
    });

    on("of many that refresh with one token at once, one gets tokens, and the reuse ends them", async (store) => {
      const { minted } = await exchanged(store, await codeOf(store));
      const all = await Promise.all(Array.from({ length: 8 }, () => refreshed(store, minted.refresh_token)));
      const winners = all.filter(({ decision }) => decision.outcome === "tokens");
      assert.equal(winners.length, 1);
      assert.equal(await statusOf(store, winners[0].minted.refresh_token, "refresh_token"), "revoked");
    });

    on("a session that ends while a code is redeemed leaves nothing that is bound to it", async (store) => {
      for (let round = 0; round < 5; round += 1) {
        const { caller, session } = await signedIn(store);
        const code = await codeOf(store, { caller, request: ONLINE });
        const [{ minted }] = await Promise.all([
          exchanged(store, code), store.event({ event: "logout", session: { sid: session.sid, sub: "alice" }, now: NOW + 1 }),
        ]);
        if (minted.refresh_token !== undefined) assert.equal(await statusOf(store, minted.refresh_token, "refresh_token"), "revoked");
      }
    }, Policy.profile("aol"));

    // Between the reading and the transaction there is time, above all where a key signs that is somewhere else.
    on("a session that ends while tokens are minted gives none that outlive it", async (store, query, backend) => {
      const { caller, session } = await signedIn(store);
      const code = await codeOf(store, { caller, request: ONLINE });
      const minting = [];
      const slow = await openStore(store.policy, backend, {
        ...OPTIONS,
        mint: {
          ...OPTIONS.mint,
          async refresh_token() {
            if (minting.length === 0) await store.event({ event: "logout", session: { sid: session.sid, sub: "alice" }, now: NOW + 1 });
            minting.push(`token ${minting.length}`);
            return minting.at(-1);
          },
        },
      });
      const { minted } = await exchanged(slow, code);
      assert.ok(minting.length > 0);
      assert.equal(await statusOf(store, "token 0", "refresh_token"), "unknown"); // it was decided anew
      if (minted.refresh_token !== undefined) assert.notEqual(await statusOf(store, minted.refresh_token, "refresh_token"), "active");
    }, Policy.profile("aol"));

    on("what is used up already is not used up again, and rolls back what came before it", async (store, query, backend) => {
      const code = await codeOf(store);
      const { id } = (await store.status(code, { kind: "code", now: NOW })).record;
      await exchanged(store, code);
      const twice = [
        { effect: "remove", kind: "grant", where: { sub: "alice" }, rule: "r" },
        { effect: "consume", kind: "code", where: { id, status: "active" }, set: { status: "used" }, rule: "r" },
      ];
      const prepared = effects.prepare(twice, { hashes: {}, now: NOW, dueAt: () => null });
      await assert.rejects(backend.transaction((records) => effects.carryOut(records, twice, prepared)), /0 records to use up/);
      assert.equal((await backend.read((records) => records.find("grant", { sub: "alice" }))).length, 1);
    });

    on("a page is answered once, in time, by the browser that it was drawn for", async (store) => {
      const { caller } = await signedIn(store);
      const thief = (await signedIn(store, { sub: "mallory" })).caller;
      const { decision, interaction } = await store.authorize({ request: REQUEST, client, caller });
      assert.equal(decision.outcome, "consent");
      assert.equal(decision.consent.interaction, interaction);
      assert.equal(await store.takePage({ interaction, caller: thief }), null);
      assert.equal(await store.takePage({ interaction: `${interaction}x`, caller }), null);
      assert.equal(await store.takePage({ interaction, caller, now: NOW + 600 }), null);
      assert.equal(await store.takePage({ interaction: null, caller }), null);
      const taken = await Promise.all([1, 2, 3].map(() => store.takePage({ interaction, caller })));
      assert.equal(taken.filter((page) => page !== null).length, 1);
      const page = taken.find((one) => one !== null);
      assert.deepEqual([page.shown, page.outcome, page.interaction], [decision.consent, "consent", interaction]);
      // An answer to a page that is drawn again counts for that one only.
      const again = await store.authorize({ page, answer: null, client, caller });
      assert.equal(again.decision.outcome, "consent");
      assert.notEqual(again.interaction, interaction);
    });

    on("who signs in gets a secret that nobody knew, and goes on where the page was", async (store) => {
      const before = "what the browser had before";
      const first = await store.authorize({ request: REQUEST, client, caller: before });
      assert.equal(first.decision.outcome, "login");
      const page = await store.takePage({ interaction: first.interaction, caller: before });
      const { caller, session } = await signedIn(store, { auth_time: NOW, caller: before });
      assert.notEqual(caller, before);
      assert.equal(await store.session(before), null);
      assert.deepEqual(await store.session(caller), session);
      const second = await store.authorize({ page, answer: { result: "done" }, client, caller });
      assert.equal(second.decision.outcome, "consent", second.decision.summary);
      assert.equal(await store.takePage({ interaction: second.interaction, caller: before }), null);

      // The same user again: the session goes on under another secret. Another user: it ends.
      const same = await signedIn(store, { caller, auth_time: NOW });
      assert.equal(same.session.sid, session.sid);
      assert.equal(await store.session(caller), null);
      const other = await signedIn(store, { caller: same.caller, sub: "bob" });
      assert.notEqual(other.session.sid, session.sid);
      assert.equal(await store.session(same.caller), null);
    });

    on("a revocation ends a token, and an unknown one is none", async (store) => {
      const { minted } = await exchanged(store, await codeOf(store));
      const revoke = (token) => store.revoke({ ...known, request: { token }, now: NOW + 2 });
      assert.equal((await revoke("nobody's")).decision.response.status, 200);
      assert.equal((await revoke(minted.refresh_token)).decision.response.status, 200);
      for (const kind of ["refresh_token", "access_token"]) assert.equal(await statusOf(store, minted[kind], kind), "revoked");
      assert.equal(await statusOf(store, "nobody's", "access_token"), "unknown");
    });

    on("a user takes a client's access back: tokens and consent are gone", async (store) => {
      const { caller } = await signedIn(store);
      const { minted } = await exchanged(store, await codeOf(store, { caller }));
      await store.event({ event: "user_revokes_app", sub: "alice", client_id: "calendar", now: NOW + 2 });
      assert.equal(await statusOf(store, minted.refresh_token, "refresh_token"), "revoked");
      const asked = await store.authorize({ request: REQUEST.replace("&prompt=consent", ""), client, caller, now: NOW + 3 });
      assert.equal(asked.decision.outcome, "consent");
    });

    on("the newest tokens are kept, of one second, too", async (store) => {
      const tokens = [];
      for (let round = 0; round < 4; round += 1) tokens.push((await exchanged(store, await codeOf(store))).minted.refresh_token);
      const statuses = await Promise.all(tokens.map((token) => statusOf(store, token, "refresh_token")));
      assert.deepEqual(statuses, ["revoked", "revoked", "active", "active"]);
    }, Policy.profile("openid-core", { max_refresh_tokens_per_client_and_user: 2 }));

    on("a refresh token that is presented again supersedes its other successors", async (store) => {
      const { refresh_token } = (await exchanged(store, await codeOf(store))).minted;
      const second = (await refreshed(store, refresh_token)).minted.refresh_token;
      const third = (await refreshed(store, refresh_token)).minted.refresh_token;
      const statuses = await Promise.all([refresh_token, second, third].map((token) => statusOf(store, token, "refresh_token")));
      assert.deepEqual(statuses, ["active", "superseded", "active"]);
    }, Policy.profile("openid-core", { refresh_token_rotation: "until_successor_used" }));

    on("a client that acts for itself gets an access token without a user", async (store) => {
      const own = { ...client, grant_types: ["client_credentials"] };
      const { decision, minted } = await store.exchange({ request: { grant_type: "client_credentials" }, client: own, client_authenticated: true, now: NOW });
      assert.equal(decision.outcome, "tokens", decision.summary);
      assert.deepEqual(Object.keys(minted), ["access_token"]);
      assert.equal(await statusOf(store, minted.access_token, "access_token"), "active");
      assert.equal((await store.sweep(NOW + 600)).tokens, 1);
    });

    on("a sweep ends what the clock and sessions have ended, and forgets what is long over", async (store, query) => {
      const { caller, session } = await signedIn(store, { expires_at: NOW + 100 });
      const { minted } = await exchanged(store, await codeOf(store, { caller, request: ONLINE }));
      await store.authorize({ request: REQUEST, client, caller });
      assert.deepEqual(await store.sweep(NOW + 50), { sessions: 0, tokens: 0, codes: 0, forgotten: 0 });
      assert.equal((await store.sweep(NOW + 100)).sessions, 1);
      assert.equal(await store.session(caller, { now: NOW + 100 }), null);
      assert.equal(session.expires_at, NOW + 100);
      // The clock is set back: what was ended stays so.
      assert.equal(await statusOf(store, minted.refresh_token, "refresh_token", NOW + 10), "expired");
      const { forgotten } = await store.sweep(NOW + 40 * 86_400);
      assert.ok(forgotten >= 5, `${forgotten}`);
      assert.equal(await statusOf(store, minted.refresh_token, "refresh_token"), "unknown");
      if (query !== null) {
        for (const kind of ["code", "access_token", "refresh_token", "session", "page"]) {
          assert.equal((await query(`SELECT * FROM ${schema.KINDS[kind].table}`)).length, 0, kind);
        }
      }
    }, Policy.profile("aol"));

    on("a sweep ends a refresh token that nobody used", async (store) => {
      const { minted } = await exchanged(store, await codeOf(store));
      const later = NOW + 1 + 1000;
      const { refresh_token } = minted;
      // Its use moves the end.
      await refreshed(store, refresh_token, { now: NOW + 500 });
      assert.equal((await store.sweep(later)).tokens, 1); // the first access token alone
      assert.equal(await statusOf(store, refresh_token, "refresh_token", later), "active");
      await store.sweep(NOW + 1500);
      assert.equal(await statusOf(store, refresh_token, "refresh_token", NOW + 600), "expired");
    }, Policy.profile("openid-core", { offline_refresh_token_idle_lifetime_s: 1000, access_token_lifetime_s: 600, refresh_token_rotation: "off" }));

    on("a clock that was set back: no error, and no longer life", async (store) => {
      const { minted } = await exchanged(store, await codeOf(store));
      const early = await refreshed(store, minted.refresh_token, { now: NOW - 100 });
      assert.equal(early.decision.outcome, "tokens");
      const { record } = await store.status(early.minted.access_token, { now: NOW + 1 });
      assert.equal(record.issued_at, NOW + 1); // not before what it comes from
      // By hours somebody's clock is wrong.
      await assert.rejects(refreshed(store, early.minted.refresh_token, { now: NOW - 7200 }), { code: "contradiction" });
      assert.equal(await statusOf(store, early.minted.refresh_token, "refresh_token"), "active");
    });

    on("no secret is stored", async (store, query) => {
      const { caller } = await signedIn(store);
      const code = await codeOf(store, { caller });
      const { minted } = await exchanged(store, code);
      const { interaction } = await store.authorize({ request: REQUEST, client, caller });
      if (query === null) return;
      const tables = await Promise.all(Object.values(schema.KINDS).map(({ table }) => query(`SELECT * FROM ${table}`)));
      assert.ok(tables.every((rows) => rows.length > 0));
      const all = JSON.stringify(tables, (name, value) => (typeof value === "bigint" ? Number(value) : value));
      for (const secret of [caller, code, minted.access_token, minted.refresh_token, interaction]) assert.ok(!all.includes(secret));
    });

    on("what the server mints is what is stored; what it does not mint is an error, and nothing happens", async (store, query, backend) => {
      const code = await codeOf(store);
      const own = await openStore(policy, backend, {
        ...OPTIONS, mint: { access_token: (decision) => `jwt of ${decision.access_token.scope}`, id_token: ({ id_token }, { access_token }) => `${id_token.sub} ${access_token}` },
      });
      const lacking = await openStore(policy, backend, { ...OPTIONS, mint: {} });
      await assert.rejects(exchanged(lacking, code), { name: "StoreError", code: "not_minted" });
      const failing = await openStore(policy, backend, { ...OPTIONS, mint: { id_token: () => { throw new Error("no key"); } } });
      await assert.rejects(exchanged(failing, code), /no key/);
      const { minted } = await exchanged(own, code);
      assert.match(minted.access_token, /^jwt of openid/);
      assert.equal(minted.id_token, `alice ${minted.access_token}`);
      assert.equal(await statusOf(store, minted.access_token, "access_token"), "active");
    });

    on("a verifier is checked with the stored challenge", async (store) => {
      const request = `${REQUEST}&code_challenge=${"c".repeat(43)}&code_challenge_method=S256`;
      const code = await codeOf(store, { request });
      const seen = [];
      const verified = (fits) => exchanged(store, code, {
        request: { grant_type: "authorization_code", code, redirect_uri: client.redirect_uris[0], code_verifier: "v".repeat(43) },
        code_verifier_matches: (record) => { seen.push(record.code_challenge); return fits; },
      });
      assert.equal((await verified(false)).decision.error.code, "invalid_grant");
      assert.equal((await verified(true)).decision.outcome, "tokens");
      assert.deepEqual(new Set(seen), new Set(["c".repeat(43)]));
    });

    on("grants that are addressed get an id, and are managed by it", async (store) => {
      const request = `${REQUEST}&grant_management_action=create`;
      const { minted, decision } = await exchanged(store, await codeOf(store, { request }));
      const { grant_id } = decision.response.body;
      assert.ok(grant_id);
      const managed = (method, scope) => store.manageGrant({ method, grant_id, client_id: "calendar", scope, now: NOW + 2 });
      assert.equal((await managed("GET", "grant_management_query")).decision.response.status, 200);
      assert.equal((await managed("DELETE", "grant_management_revoke")).decision.response.status, 204);
      assert.equal((await managed("GET", "grant_management_query")).decision.response.status, 404);
      assert.equal(await statusOf(store, minted.refresh_token, "refresh_token"), "revoked");
    }, Policy.profile("grant-management"));

    if (name !== "memory") {
      on("a record of another version, and one that cannot be read, are errors and no tokens", async (store, query, backend) => {
        const code = await codeOf(store);
        const rest = async (change) => backend.transaction(async (records) => {
          const [row] = await records.find("code", { sub: "alice" });
          await records.change("code", { id: row.id }, { rest: change(row.rest) });
        });
        await rest((text) => text.replace('"v":1', '"v":2'));
        await assert.rejects(exchanged(store, code), { name: "GrantwiseError" });
        await rest((text) => text.slice(1));
        await assert.rejects(exchanged(store, code), { name: "StoreError", code: "broken_record" });
        await rest((text) => `{${text}`.replace('"v":2', '"v":1'));
        assert.equal((await exchanged(store, code)).decision.outcome, "tokens");
      });

      on("tables of a newer version are left alone", async (store, query, backend) => {
        await backend.migrate(NOW);
        await backend.check();
        await query("INSERT INTO grantwise_schema (version, applied_at) VALUES (99, 0) RETURNING version");
        for (const migrate of [true, false]) {
          await assert.rejects(openStore(policy, backend, { migrate }), { name: "StoreError", code: "newer_schema" });
        }
      });

      test("tables that are not there are an error where nobody makes them", async () => {
        const { backend, close } = await open();
        await assert.rejects(openStore(policy, backend, { migrate: false }), { name: "StoreError", code: "not_migrated" });
        await close();
      });
    }
  });
}

if (process.argv[1] === import.meta.filename) for (const backend of backends) suite(backend);

test("sql() refuses what is no database", async () => {
  const { sql } = await import("./support.js");
  for (const what of [null, {}, "file.db", { query() {} }]) assert.throws(() => sql(what), StoreError);
});
