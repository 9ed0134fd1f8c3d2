// The simulation: stories told in full, the same story every time, and strict steps.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { GrantwiseError, Policy } from "grantwise";
import * as simulation from "grantwise/simulation";
import { SCENARIOS, play } from "./token_scenarios.js";

const { Simulation } = simulation;
const require = createRequire(import.meta.url);

const START = 1_700_000_000;
const CLIENT = {
  client_id: "calendar",
  redirect_uris: ["https://calendar.example/cb"],
  grant_types: ["authorization_code", "refresh_token"],
};
const OFFLINE = { response_type: "code", scope: "openid offline_access", prompt: "consent" };
const begin = (profile = "openid-core", options = {}) => new Simulation(Policy.profile(profile), { client: CLIENT, ...options });

/** How everything stands after a step: `RT1 active`. */
const standing = (moment) => moment.lives.map((life) => `${life.name} ${life.status}`);
const life = (moment, name) => moment.lives.find((life) => life.name === name);

/** Plays a story whose lines are `[step, what is expected]`. */
function story(simulation, lines) {
  for (const [index, [step, expected]] of lines.entries()) {
    const moment = simulation.step(step);
    const { result, issued, ended, lives = standing(moment), screens = [], at = moment.at } = expected;
    assert.deepEqual(
      { n: moment.n, step: moment.step, at: moment.at - START, result: moment.result, screens: moment.screens, issued: moment.issued, ended: moment.ended, lives: standing(moment) },
      { n: index + 1, step, at: expected.at ?? at - START, result, screens, issued: issued ?? [], ended: ended ?? [], lives },
      JSON.stringify(step),
    );
  }
  return simulation.timeline;
}

test("AOL: the access tokens shrink with the session, and end with it", () => {
  const timeline = story(begin("aol", { session: { remaining: 5400 } }), [
    [{ action: "authorize", params: { response_type: "code", scope: "openid email" } },
      { at: 0, result: "code", screens: ["consent"], issued: ["CODE1"], lives: ["CODE1 active"] }],
    [{ action: "exchange", code: "CODE1" },
      { at: 0, result: "tokens", issued: ["AT1", "RT1", "ID1"], ended: ["CODE1"], lives: ["CODE1 used", "AT1 active", "RT1 active", "ID1 active"] }],
    [{ action: "advance_clock", seconds: 3600 },
      { at: 3600, result: "ok", ended: ["AT1"], lives: ["CODE1 used", "AT1 expired", "RT1 active", "ID1 active"] }],
    [{ action: "refresh", refresh_token: "RT1" },
      { at: 3600, result: "tokens", issued: ["AT2"], lives: ["CODE1 used", "AT1 expired", "RT1 active", "ID1 active", "AT2 active"] }],
    [{ action: "advance_clock", seconds: 1800 },
      { at: 5400, result: "ok", ended: ["RT1", "AT2"], lives: ["CODE1 used", "AT1 expired", "RT1 expired", "ID1 active", "AT2 expired"] }],
    [{ action: "refresh", refresh_token: "RT1" },
      { at: 5400, result: "error", lives: ["CODE1 used", "AT1 expired", "RT1 expired", "ID1 active", "AT2 expired"] }],
  ]);
  const [, exchanged, , refreshed, over, refused] = timeline;
  assert.deepEqual([exchanged.decision.access_token.expires_in, refreshed.decision.access_token.expires_in], [3600, 1800]);
  assert.equal(life(exchanged, "AT1").expires_at, START + 3600);
  assert.equal(life(refreshed, "AT2").expires_at, START + 5400);
  assert.equal(life(refreshed, "RT1").binding, "session");
  assert.equal(over.session, null);
  assert.equal(life(over, "AT1").ended_at, START + 3600, "the clock ended the first one, earlier");
  assert.equal(life(over, "RT1").ended_at, START + 5400);
  assert.match(life(over, "RT1").because, /session/);
  assert.equal(refused.decision.error.code, "invalid_grant");
  assert.doesNotMatch(life(over, "AT1").because, /refresh token/i, "an access token expired, and no refresh token");
});

test("a rotated refresh token is presented again: the whole family ends", () => {
  const client = { ...CLIENT, token_endpoint_auth_method: "none" };
  const PKCE = { code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", code_challenge_method: "S256" };
  const timeline = story(begin("security-bcp", { client }), [
    [{ action: "authorize", params: { ...OFFLINE, ...PKCE } }, { result: "code", screens: ["consent"], issued: ["CODE1"], lives: ["CODE1 active"] }],
    [{ action: "exchange", code: "CODE1" },
      { result: "tokens", issued: ["AT1", "RT1", "ID1"], ended: ["CODE1"], lives: ["CODE1 used", "AT1 active", "RT1 active", "ID1 active"] }],
    [{ action: "refresh", refresh_token: "RT1" },
      { result: "tokens", issued: ["AT2", "RT2"], ended: ["RT1"], lives: ["CODE1 used", "AT1 active", "RT1 superseded", "ID1 active", "AT2 active", "RT2 active"] }],
    [{ action: "refresh", refresh_token: "RT1" },
      { result: "error", ended: ["RT2", "AT1", "AT2"], lives: ["CODE1 used", "AT1 revoked", "RT1 superseded", "ID1 active", "AT2 revoked", "RT2 revoked"] }],
    [{ action: "refresh", refresh_token: "RT2" },
      { result: "error", lives: ["CODE1 used", "AT1 revoked", "RT1 superseded", "ID1 active", "AT2 revoked", "RT2 revoked"] }],
  ]);
  const [, , rotated, reused] = timeline;
  assert.equal(rotated.decision.refresh_token.rotation, "replaced");
  assert.deepEqual(reused.decision.trace.map((entry) => entry.rule), ["refresh.reused"]);
  assert.deepEqual(reused.decision.effects.map(({ effect, kind, where, rule }) => [effect, kind, where, rule]), [
    ["end", "refresh_token", { family: "CODE1" }, "refresh.reused"],
    ["end", "access_token", { family: "CODE1" }, "refresh.reused"],
  ]);
  assert.match(life(reused, "RT2").because, /presented again/);
});

test("a code is replayed: what it gave is revoked", () => {
  const timeline = story(begin(), [
    [{ action: "authorize", params: OFFLINE }, { result: "code", screens: ["consent"], issued: ["CODE1"], lives: ["CODE1 active"] }],
    [{ action: "exchange", code: "CODE1" },
      { result: "tokens", issued: ["AT1", "RT1", "ID1"], ended: ["CODE1"], lives: ["CODE1 used", "AT1 active", "RT1 active", "ID1 active"] }],
    [{ action: "exchange", code: "CODE1" },
      { result: "error", ended: ["RT1", "AT1"], lives: ["CODE1 used", "AT1 revoked", "RT1 revoked", "ID1 active"] }],
    [{ action: "refresh", refresh_token: "RT1" }, { result: "error", lives: ["CODE1 used", "AT1 revoked", "RT1 revoked", "ID1 active"] }],
    [{ action: "api_call", token: "AT1" }, { result: "error", lives: ["CODE1 used", "AT1 revoked", "RT1 revoked", "ID1 active"] }],
  ]);
  const replayed = timeline[2];
  assert.equal(replayed.decision.error.code, "invalid_grant");
  assert.deepEqual(replayed.decision.trace.map((entry) => entry.rule), ["code.replayed"]);
  assert.deepEqual(replayed.grants.map((grant) => grant.first_code_exchanged), [true]);
  assert.match(life(replayed, "RT1").because, /used once/);
});

test("the same steps tell the same story", () => {
  for (const scenario of SCENARIOS.filter((_, index) => index % 7 === 0)) {
    const [first, second] = [play(scenario), play(scenario)];
    assert.deepEqual(first.timeline, second.timeline, scenario.name);
  }
});

test("two simulations know nothing of each other", () => {
  const [one, other] = [begin(), begin()];
  one.step({ action: "authorize", params: OFFLINE });
  assert.equal(other.timeline.length, 0);
  assert.deepEqual(other.step({ action: "authorize", params: OFFLINE }).issued, ["CODE1"]);
});

test("neither the timeline nor its moments can be changed", () => {
  const simulation = begin();
  const moment = simulation.step({ action: "authorize", params: OFFLINE });
  const { timeline } = simulation;
  assert.equal(timeline[0], moment);
  for (const value of [timeline, moment, moment.lives, moment.lives[0], moment.decision.effects[0].record, moment.grants[0], moment.step.params]) {
    assert.ok(Object.isFrozen(value));
  }
  assert.throws(() => timeline.push(moment), TypeError);
  assert.throws(() => { moment.lives[0].status = "revoked"; }, TypeError);
  simulation.step({ action: "logout" });
  assert.equal(timeline.length, 1, "what was handed out does not grow");
  assert.equal(simulation.timeline.length, 2);
});

test("the step that was given is not changed, and can be changed afterwards", () => {
  const simulation = begin();
  const step = { action: "authorize", params: { ...OFFLINE } };
  const before = structuredClone(step);
  const moment = simulation.step(step);
  assert.deepEqual(step, before);
  step.params.scope = "email";
  assert.equal(moment.step.params.scope, OFFLINE.scope);
});

function refuses(act, code, path) {
  assert.throws(act, (error) => {
    assert.ok(error instanceof GrantwiseError, `not a GrantwiseError: ${error?.stack ?? error}`);
    assert.deepEqual([error.code, error.path], [code, path], error.message);
    return true;
  });
}

/** A simulation in which CODE1, AT1, RT1 and ID1 are there. */
function exchanged() {
  const simulation = begin();
  simulation.step({ action: "authorize", params: OFFLINE });
  simulation.step({ action: "exchange", code: "CODE1" });
  return simulation;
}

test("an unknown or incomplete step is refused with its place", () => {
  const simulation = exchanged();
  for (const [step, code, path] of [
    [{ action: "nope" }, "wrong_value", "step.action"],
    [{}, "missing_key", "step.action"],
    [null, "wrong_type", "step"],
    ["logout", "wrong_type", "step"],
    [{ action: "logout", sid: "s1" }, "unknown_key", "step.sid"],
    [{ action: "exchange" }, "missing_key", "step.code"],
    [{ action: "exchange", code: 1 }, "wrong_type", "step.code"],
    [{ action: "refresh" }, "missing_key", "step.refresh_token"],
    [{ action: "authorize", params: { scope: 1 } }, "wrong_type", "step.params.scope"],
    [{ action: "authorize", params: OFFLINE, person: { consent: "perhaps" } }, "wrong_value", "step.person.consent"],
    [{ action: "authorize", params: OFFLINE, person: { mood: "good" } }, "unknown_key", "step.person.mood"],
    [{ action: "advance_clock" }, "missing_key", "step.seconds"],
    [{ action: "advance_clock", seconds: -1 }, "wrong_value", "step.seconds"],
    [{ action: "advance_clock", seconds: 2 ** 53 - 1 }, "wrong_value", "step.seconds"],
    [{ action: "condition_withdrawn" }, "missing_key", "step.basis"],
  ]) {
    refuses(() => simulation.step(step), code, path);
  }
});

test("a name that was never issued is refused with its place", () => {
  const simulation = exchanged();
  for (const [step, path] of [
    [{ action: "exchange", code: "CODE2" }, "step.code"],
    [{ action: "exchange", code: "CODE1", existing_grant: "RT2" }, "step.existing_grant"],
    [{ action: "refresh", refresh_token: "RT2" }, "step.refresh_token"],
    [{ action: "revoke", token: "AT2" }, "step.token"],
    [{ action: "api_call", token: "" }, "step.token"],
  ]) {
    refuses(() => simulation.step(step), "wrong_value", path);
  }
});

test("a name of something else is refused with its place, or by the server", () => {
  const simulation = exchanged();
  for (const [step, path] of [
    [{ action: "exchange", code: "RT1" }, "step.code"],
    [{ action: "exchange", code: "ID1" }, "step.code"],
    [{ action: "refresh", refresh_token: "CODE1" }, "step.refresh_token"],
    [{ action: "refresh", refresh_token: "AT1" }, "step.refresh_token"],
    [{ action: "revoke", token: "CODE1" }, "step.token"],
    [{ action: "revoke", token: "ID1" }, "step.token"],
    [{ action: "api_call", token: "RT1" }, "step.token"],
    [{ action: "api_call", token: "CODE1" }, "step.token"],
    [{ action: "api_call", token: "ID1" }, "step.token"],
  ]) {
    let moment;
    try {
      moment = simulation.step(step);
    } catch (error) {
      assert.ok(error instanceof GrantwiseError, String(error?.stack));
      assert.equal(error.path, path, JSON.stringify(step));
      continue;
    }
    assert.equal(moment.result, "error", `${JSON.stringify(step)}: ${moment.summary}`);
  }
});

test("a step that is refused leaves no trace", () => {
  const [spoilt, clean] = [exchanged(), exchanged()];
  for (const step of [{ action: "nope" }, { action: "refresh", refresh_token: "RT9" }, { action: "exchange", code: "RT1" }, { action: "advance_clock", seconds: 2 ** 53 - 1 }]) {
    assert.throws(() => spoilt.step(step), GrantwiseError);
  }
  assert.deepEqual(spoilt.timeline, clean.timeline);
  const step = { action: "refresh", refresh_token: "RT1" };
  assert.deepEqual(spoilt.step(step), clean.step(step));
  assert.equal(spoilt.timeline.at(-1).n, spoilt.timeline.length);
});

test("the world that a simulation starts in is read strictly", () => {
  refuses(() => begin("openid-core", { clients: [] }), "unknown_key", "options.clients");
  refuses(() => new Simulation(Policy.profile("openid-core"), {}), "missing_key", "options.client");
  refuses(() => new Simulation(Policy.profile("openid-core")), "wrong_type", "options");
  refuses(() => begin("openid-core", { session: { remaning: 1 } }), "unknown_key", "options.session.remaning");
  refuses(() => begin("openid-core", { session: { remaining: -1 } }), "wrong_value", "options.session.remaining");
  refuses(() => begin("openid-core", { now: "today" }), "wrong_type", "options.now");
  refuses(() => begin("openid-core", { grant: { scope: "openid", ofline: true } }), "unknown_key", "options.grant.ofline");
  refuses(() => begin("openid-core", { conditions: [{ basis: "contract" }] }), "missing_key", "options.conditions[0].permits_offline");
  refuses(() => begin("openid-core", { circumstances: { launch: "both" } }), "wrong_value", "options.circumstances.launch");
  refuses(() => begin("openid-core", { trust: { firstparty: true } }), "unknown_key", "options.trust.firstparty");
});

test("ESM and CommonJS share one instance", async () => {
  const common = require("grantwise/simulation");
  assert.deepEqual(Object.keys(simulation).sort(), ["Simulation", "ready"]);
  assert.deepEqual(Object.keys(common).sort(), ["Simulation", "ready"]);
  assert.equal(common.Simulation, Simulation);
  assert.equal(await simulation.ready(), undefined);
  // Its errors are those of the main entry, and it takes a policy of either.
  const policy = require("grantwise").Policy.profile("openid-core");
  refuses(() => new common.Simulation(policy, { client: CLIENT }).step({ action: "nope" }), "wrong_value", "step.action");
});
