// Two calls at once: one succeeds, the other one finds out. And whatever is executed twice does no harm.
//
// A retry is told from a replay by the server's own hands. Its decision gave every new record an id. When `consume`
// matches nothing, the server looks for those ids:
//   - they are stored: this very decision was executed before and only its answer got lost. It answers the same again.
//   - they are not: somebody else was faster. It loads the record again and decides again; the record says `used` or
//     `superseded` by now, and the decision is that of a replay.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Policy } from "grantwise";
import { CLIENT, NOW, input, query } from "./input.js";
import { SCENARIOS, play } from "./token_scenarios.js";
import { Conflict, Store } from "./token_store.js";

const SESSION = { sid: "s1", sub: "alice", auth_time: NOW - 60, expires_at: NOW + 28_800 };

/** A server with one code in its store. */
function server(profile, overrides) {
  const policy = Policy.profile(profile, overrides);
  const store = new Store();
  const asking = input({
    request: query({ scope: "openid email offline_access", prompt: "consent", access_type: "offline" }),
    session: SESSION,
    grant: null,
  });
  const answers = [{ screen: "consent", result: "approved", shown: policy.authorize(asking).consent }];
  const decision = policy.authorize({ ...asking, answers });
  assert.equal(decision.outcome, "issue");
  store.apply(decision.effects);
  const call = { client: CLIENT, client_authenticated: true, session: SESSION, now: NOW + 1 };
  const exchange = () => policy.exchange({
    ...call,
    request: { grant_type: "authorization_code", code: "secret", redirect_uri: "https://client.example/cb" },
    code: store.find("CODE1"),
  });
  const refresh = (id, now = NOW + 2) => policy.refresh({
    ...call, now, request: { grant_type: "refresh_token", refresh_token: "secret" }, refresh_token: store.find(id),
  });
  return { policy, store, exchange, refresh };
}

/** Executes a decision; when another call was faster, decides again. */
function settle(store, decision, again) {
  const effects = store.named(decision.effects);
  try {
    store.execute(effects);
    return decision;
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const own = effects.filter((effect) => effect.effect === "store").map((effect) => effect.record.id);
    if (own.length > 0 && own.every((id) => store.find(id) !== null)) return decision;
    return settle(store, again(), again);
  }
}

const statuses = (store) => Object.fromEntries(store.entries.map(({ record }) => [record.id, record.status]));
const rules = (decision) => decision.trace.map((entry) => entry.rule);

test("two exchanges of one code at once: one success, one replay that revokes what the first gave", () => {
  const { store, exchange } = server("security-bcp");
  // Both load the code before either of them writes.
  const [first, second] = [exchange(), exchange()];
  assert.deepEqual([first.outcome, second.outcome], ["tokens", "tokens"]);

  const winner = settle(store, first, exchange);
  assert.equal(winner.outcome, "tokens");
  assert.deepEqual(statuses(store), { CODE1: "used", AT1: "active", RT1: "active" });

  const loser = settle(store, second, exchange);
  assert.equal(loser.outcome, "error");
  assert.equal(loser.error.code, "invalid_grant");
  assert.deepEqual(rules(loser), ["code.replayed"]);
  assert.deepEqual(statuses(store), { CODE1: "used", AT1: "revoked", RT1: "revoked" });
});

test("two refreshes with one rotated token at once: one success, one reuse that ends the family", () => {
  const { store, exchange, refresh } = server("security-bcp", { refresh_token_rotation: "all" });
  settle(store, exchange(), exchange);
  const [first, second] = [refresh("RT1"), refresh("RT1")];
  assert.deepEqual([first.outcome, second.outcome], ["tokens", "tokens"]);
  const again = () => refresh("RT1");
  assert.equal(settle(store, first, again).outcome, "tokens");
  assert.deepEqual(statuses(store), { CODE1: "used", AT1: "active", RT1: "superseded", AT2: "active", RT2: "active" });
  const loser = settle(store, second, again);
  assert.equal(loser.error.code, "invalid_grant");
  assert.deepEqual(rules(loser), ["refresh.reused"]);
  assert.deepEqual(statuses(store), { CODE1: "used", AT1: "revoked", RT1: "superseded", AT2: "revoked", RT2: "revoked" });
});

test("within the grace, the slower one of two refreshes gets a token of its own", () => {
  const { store, exchange, refresh } = server("security-bcp", { refresh_token_rotation: "all", reuse_grace_s: 30 });
  settle(store, exchange(), exchange);
  const again = () => refresh("RT1");
  const [first, second] = [refresh("RT1"), refresh("RT1")];
  assert.equal(settle(store, first, again).outcome, "tokens");
  const slower = settle(store, second, again);
  assert.equal(slower.outcome, "tokens");
  assert.ok(rules(slower).includes("refresh.reused_in_grace"));
  assert.ok(store.entries.every(({ record }) => record.id === "RT1" || record.id === "CODE1" || record.status === "active"));
});

test("two refreshes at once with a token that stays good: the slower one's answer counts, and carrying it out again changes nothing", () => {
  const { store, exchange, refresh } = server("security-bcp", { refresh_token_rotation: "until_successor_used" });
  settle(store, exchange(), exchange);
  const [first, second] = [refresh("RT1"), refresh("RT1")];
  store.apply(first.effects);
  const effects = store.named(second.effects);
  store.execute(effects);
  const expected = { CODE1: "used", AT1: "active", RT1: "active", AT2: "active", RT2: "superseded", AT3: "active", RT3: "active" };
  assert.deepEqual(statuses(store), expected);
  store.execute(effects);
  assert.deepEqual(statuses(store), expected);
});

test("a retry of one's own exchange, whose answer got lost, is no replay", () => {
  const { store, exchange } = server("security-bcp");
  const decision = exchange();
  const effects = store.named(decision.effects);
  store.execute(effects);
  const before = structuredClone(store.entries);

  // The server does not know whether its transaction was committed, and executes the same effects again.
  assert.throws(() => store.execute(effects), Conflict);
  const own = effects.filter((effect) => effect.effect === "store").map((effect) => effect.record.id);
  assert.deepEqual(own, ["AT1", "RT1"]);
  assert.ok(own.every((id) => store.find(id).status === "active"), "its own records are there: it answers the same again");
  assert.deepEqual(store.entries, before);
});

test("a code that was revoked in between gives no token", () => {
  const { policy, store, exchange } = server("openid-core", { session_dead_at_exchange: "deny" });
  const decision = exchange();
  store.apply(policy.event({ event: "user_revokes_app", sub: "alice", client_id: "c1", now: NOW + 1 }).effects);
  const settled = settle(store, decision, exchange);
  assert.equal(settled.error.code, "invalid_grant");
  assert.deepEqual(statuses(store), { CODE1: "revoked" });
});

// Every third, which still has every flow, every profile and every kind of client.
const SOME = SCENARIOS.filter((_, index) => index % 3 === 0);

test(`executing the effects of any decision twice is harmless, in ${SOME.length} scenarios`, () => {
  let executed = 0;
  for (const scenario of SOME) {
    const store = new Store();
    const addressed = scenario.policy.settings.grant_model === "multiple";
    play(scenario, (moment) => {
      const effects = store.named(moment.decision?.effects ?? [], { addressed });
      store.execute(effects);
      const once = structuredClone([store.entries, store.grants]);
      try {
        store.execute(effects);
      } catch (error) {
        assert.ok(error instanceof Conflict, String(error?.stack));
        assert.ok(effects.some((effect) => effect.effect === "consume"), "only a consumed record can be missing");
      }
      assert.deepEqual([store.entries, store.grants], once, `${scenario.name}, step ${moment.n}`);
      executed += effects.length;

      // The simulation executes them in its own way, with the same result.
      const context = { session: moment.session, client: scenario.options.client, now: moment.at };
      for (const life of moment.lives.filter((life) => life.kind !== "id_token")) {
        const record = store.find(life.name);
        assert.ok(record, `${scenario.name}, step ${moment.n}: ${life.name}`);
        const { alive } = scenario.policy.status(record, context);
        assert.equal(alive, life.status === "active", `${scenario.name}, step ${moment.n}: ${life.name} is ${life.status}`);
      }
      assert.deepEqual(store.grants, moment.grants, `${scenario.name}, step ${moment.n}`);
    });
  }
  assert.ok(executed > SOME.length);
});
