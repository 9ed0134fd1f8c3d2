// No call can harm the next one: whatever a caller hands over, the engine answers the next call as before, and holds no
// more memory than before.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { runInNewContext } from "node:vm";
import { CLIENT, NOW, input, query } from "./input.js";

const TIMES = 4000;
const folder = join(import.meta.dirname, "node_modules/grantwise");

// The engine keeps its memory to itself. It is caught here as the package is loaded, and `fails` makes it trap.
const instances = [];
const Original = WebAssembly.Instance;
let fails = 0;
WebAssembly.Instance = class extends Original {
  constructor(...rest) {
    super(...rest);
    instances.push(this);
    const call = (...given) => {
      if (fails > 0) {
        fails -= 1;
        throw new WebAssembly.RuntimeError("unreachable");
      }
      return this.exports.call(...given);
    };
    return { exports: { ...this.exports, memory: this.exports.memory, call } };
  }
};
const { Client, GrantwiseError, Policy, form, location, tokenResponse } = await import("grantwise");
const memory = () => instances.at(-1).exports.memory.buffer.byteLength;

const policy = Policy.profile("openid-core");
const SESSION = { sub: "alice", auth_time: NOW - 60 };
const PARAMETERS = Object.fromEntries(new URLSearchParams(query()));
const EXPECTED = policy.authorize(input());
assert.equal(EXPECTED.outcome, "issue");

const isUnharmed = () => assert.deepEqual(policy.authorize(input()), EXPECTED);

/** A call is misuse with this code at this place. */
function refuses(act, code, path) {
  assert.throws(act, (error) => {
    assert.ok(error instanceof GrantwiseError, `no GrantwiseError: ${error?.stack ?? error}`);
    assert.deepEqual([error.code, error.path], [code, path]);
    return true;
  });
}

/** Does something thousands of times; then a call is as it was, and memory has not grown since the first few. */
function isHarmless(act, times = TIMES) {
  for (let call = 0; call < 20; call += 1) act(call);
  const before = memory();
  for (let call = 0; call < times; call += 1) act(call);
  assert.equal(memory(), before, "memory grew");
  isUnharmed();
}

function throws() {
  throw new TypeError("a secret of the caller");
}

function revoked(target = {}) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const LOUD = ["get", "has", "ownKeys", "getPrototypeOf", "getOwnPropertyDescriptor"];
const loud = (target, traps = LOUD) => new Proxy(target, Object.fromEntries(traps.map((trap) => [trap, throws])));

class ThrowingParameters extends URLSearchParams {
  toString() {
    return throws();
  }
}

// ---- what throws when it is read ----

test("a revoked Proxy, wherever it stands", () => {
  isHarmless(() => refuses(() => policy.authorize(input({ session: revoked() })), "unreadable", "session"));
  isHarmless(() => refuses(() => policy.authorize(input({ session: revoked([]) })), "unreadable", "session"));
  isHarmless(() => refuses(() => policy.authorize(input({ answers: revoked([]) })), "unreadable", "answers"));
  isHarmless(() => refuses(() => policy.authorize(input({ client: revoked() })), "unreadable", "client"));
  isHarmless(() => refuses(() => policy.authorize(revoked()), "unreadable", ""));
  isHarmless(() => refuses(() => policy.authorize(input({ request: revoked() })), "unreadable", "request"));
  isHarmless(() => refuses(() => policy.status(revoked(), { now: NOW }), "unreadable", "record"));
  isHarmless(() => refuses(() => new Client(revoked()), "unreadable", "client"));
  isHarmless(() => refuses(() => Policy.profile("openid-core", revoked()), "unreadable", "overrides"));
  for (const send of [location, form, tokenResponse]) {
    isHarmless(() => assert.throws(() => send(revoked(), { code: "c" }), GrantwiseError), 500);
    isHarmless(() => assert.throws(() => send(EXPECTED, revoked()), GrantwiseError), 500);
  }
});

test("a list whose get throws", () => {
  for (const traps of [["get"], LOUD]) {
    isHarmless(() => refuses(() => policy.authorize(input({ conditions: loud([{}], traps) })), "unreadable", "conditions"));
  }
  isHarmless(() => assert.throws(
    () => policy.authorize(input({ request: { ...PARAMETERS, scope: loud(["openid"], ["get"]) } })),
    (error) => error instanceof GrantwiseError && error.code === "unreadable",
  ));
  const item = { get 0() { return throws(); }, length: 1, __proto__: Array.prototype };
  isHarmless(() => assert.throws(() => policy.authorize(input({ answers: item })), GrantwiseError));
});

test("an address that throws", () => {
  isHarmless(() => refuses(() => policy.authorize(input({ request: new ThrowingParameters(query()) })), "unreadable", "request"));
  const url = Object.assign(new URL(`https://as.example/?${query()}`), { toString: throws });
  isHarmless(() => refuses(() => policy.authorize(input({ request: url })), "unreadable", "request"));
});

test("what is thrown by the caller's own code is not passed on, and no text of it is in the error", () => {
  try {
    policy.authorize(input({ session: { ...SESSION, get sid() { return throws(); } } }));
    assert.fail("not refused");
  } catch (error) {
    assert.ok(error instanceof GrantwiseError);
    assert.equal(error.path, "session.sid");
    for (const text of [error.message, error.stack, String(error.cause)]) assert.ok(!text.includes("a secret of"), text);
  }
});

test("the error of a value that is no value does not repeat it", () => {
  for (const changes of [
    { session: { ...SESSION, sub: 4711_0815 } }, { session: { ...SESSION, auth_time: "4711_0815" } },
    { grant: { scope: "openid", status: "4711_0815" } }, { now: "4711_0815" },
    { answers: [{ screen: "4711_0815", result: "done" }] }, { client: { client_id: ["4711_0815"] } },
  ]) {
    assert.throws(() => policy.authorize(input(changes)), (error) =>
      error instanceof GrantwiseError && !/4711/.test(JSON.stringify([error.message, error.path, error.stack])));
  }
});

// ---- what answers differently, or calls the engine ----

test("a getter that calls the engine again", () => {
  const other = Policy.profile("google", { max_request_bytes: 64 });
  for (const act of [
    () => policy.authorize(input({ session: null, request: "client_id=c1" })),
    () => assert.throws(() => policy.authorize(input({ session: revoked() })), GrantwiseError),
    () => other.authorize(input()),
    () => Policy.profile("oauth2").release(),
    () => new Client(CLIENT).release(),
  ]) {
    // Each time that the input is read, the engine is used for something else: it is refused, and never mixed up.
    isHarmless(() => refuses(() => policy.authorize(reading("now", NOW, act)), "unreadable", ""), 300);
    // Only the first time: the input is read once more.
    isHarmless(() => {
      let first = true;
      const once = () => {
        if (first) act();
        first = false;
      };
      assert.deepEqual(policy.authorize(reading("session", SESSION, once)), EXPECTED);
    }, 300);
  }
});

test("a getter that releases what is asked, or what is handed in", () => {
  for (let time = 0; time < 200; time += 1) {
    const asked = Policy.profile("openid-core");
    let kept;
    refuses(() => asked.authorize(reading("session", SESSION, () => {
      asked.release();
      kept ??= Policy.profile("google");
    })), "released", "");
    const client = new Client(CLIENT);
    let other;
    const given = reading("session", SESSION, () => {
      client.release();
      other ??= new Client({ ...CLIENT, client_id: "c2" });
    });
    given.client = client;
    refuses(() => policy.authorize(given), "released", "");
    kept.release();
    other.release();
  }
  isUnharmed();
});

test("a getter that answers differently each time: one reading is decided on", () => {
  const answers = ["alice", 7, null, "\ud800", revoked(), "bob"];
  isHarmless((call) => {
    let turn = call;
    const session = { auth_time: NOW - 60, get sub() { return answers[turn++ % answers.length]; } };
    try {
      const decision = policy.authorize(input({ session }));
      assert.ok(["alice", "bob"].includes(decision.effects[0].record.sub));
    } catch (error) {
      assert.ok(error instanceof GrantwiseError, String(error?.stack));
      assert.equal(error.path, "session.sub");
    }
  });
});

test("a Proxy that says of its list what is no length", () => {
  for (const length of [-1, 1.5, Number.NaN, Infinity, 2 ** 53, "2", null, { valueOf: () => 2 }, 3n]) {
    const list = new Proxy([{ screen: "login", result: "done" }], {
      get: (target, name) => (name === "length" ? length : target[name] ?? target[0]),
    });
    isHarmless(() => refuses(() => policy.authorize(input({ answers: list })), "too_deep", "answers"), 200);
    isHarmless(() => assert.throws(
      () => policy.authorize(input({ request: { ...PARAMETERS, scope: list } })), GrantwiseError), 200);
  }
  let turn = 0;
  const growing = new Proxy([], { get: (_, name) => (name === "length" ? (turn += 1) ** 9 : "openid") });
  isHarmless(() => assert.throws(() => policy.authorize(input({ answers: growing })), GrantwiseError), 200);
});

// ---- large ----

/** An input of which reading one member does something. */
function reading(name, value, act) {
  return Object.defineProperty(input(), name, { enumerable: true, get() {
    act();
    return value;
  } });
}

/** The processor time of the fastest of a few, in milliseconds: other work on the machine does not count. */
function fastest(act, times = 5) {
  let best = Infinity;
  for (let time = 0; time < times; time += 1) {
    const before = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

test("requests beyond the limits are refused before anything in them is looked at", () => {
  const many = Object.fromEntries(Array.from({ length: 32_000 }, (_, index) => [`p${index}`, "x"]));
  const requests = [
    { ...PARAMETERS, ...many },
    `${query()}&${"a=b&".repeat(250_000)}`,
    `https://as.example/authorize?${query()}&x=${"x".repeat(1_000_000)}`,
    { ...PARAMETERS, state: "x".repeat(1_000_000) },
    { ...PARAMETERS, x: Array(32_000).fill("x") },
    { ...PARAMETERS, x: Array(9000).fill("x") },
    "é".repeat(500_000),
    "\ud800".repeat(500_000),
    new URLSearchParams(many),
  ];
  for (const request of requests) {
    const decide = () => policy.authorize(input({ request }));
    if (Array.isArray(request.x) && request.x.length > 10_000) {
      refuses(decide, "too_deep", "request.x");
      continue;
    }
    const decision = decide();
    assert.equal(decision.outcome, "error");
    assert.equal(decision.response, null, "nothing in it is looked at, not even where to answer");
    // The objects have to be listed; of a query, only the length is seen.
    const most = typeof request === "string" ? 2 : 60;
    const took = fastest(decide);
    assert.ok(took < most, `${took} ms`);
    isHarmless(decide, 50);
  }
});

test("limits are counted in bytes and in parameters, to the last one", () => {
  const small = Policy.profile("openid-core", { max_request_bytes: 200, max_request_parameters: 8 });
  const isTooLong = (request) => small.authorize(input({ request })).response === null;
  const base = query({ state: null });
  const filled = (letters) => `${base}&state=${"s".repeat(letters)}`;
  const most = 200 - filled(0).length;
  assert.equal(isTooLong(filled(most)), false);
  assert.equal(isTooLong(filled(most + 1)), true);
  assert.equal(isTooLong(filled(most - 1) + "é"), true, "a letter of two bytes counts as two");
  assert.equal(isTooLong(`${base}&a=1&b=1&c=1&d=1`), false);
  assert.equal(isTooLong(`${base}&a=1&b=1&c=1&d=1&e=1`), true);
  const address = "https://as.example/authorize?";
  assert.equal(isTooLong(`${address}${filled(most - address.length)}`), false);
  assert.equal(isTooLong(`${address}${filled(most - address.length + 1)}`), true, "the address before it is counted");
  const object = Object.fromEntries(new URLSearchParams(base));
  const size = Object.entries(object).reduce((sum, [name, value]) => sum + name.length + value.length + 2, 0);
  assert.equal(isTooLong({ ...object, state: "s".repeat(200 - size - 7) }), false);
  assert.equal(isTooLong({ ...object, state: "s".repeat(200 - size - 6) }), true);
  assert.equal(isTooLong({ ...object, state: `${"s".repeat(200 - size - 9)}é` }), false);
  assert.equal(isTooLong({ ...object, state: `${"s".repeat(200 - size - 8)}é` }), true);
  assert.equal(isTooLong({ ...object, a: ["1", "1", "1", "1"] }), false);
  assert.equal(isTooLong({ ...object, a: ["1", "1", "1", "1", "1"] }), true);
});

test("a stored grant of thousands of scopes, and thousands of parameters and scopes, take linear time", () => {
  const grants = [2000, 16_000].map((count) => ({ scope: `openid email ${Array.from({ length: count }, (_, index) => `s${index}`).join(" ")}` }));
  const roomy = Policy.profile("openid-core", { max_request_bytes: 1_000_000, max_request_parameters: 40_000 });
  const wide = [2000, 16_000].map((count) => query({ scope: Array.from({ length: count }, (_, index) => `s${index}`).join(" ") }));
  const many = [2000, 16_000].map((count) => ({ ...PARAMETERS, ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, "x"])) }));
  for (const [what, [few, more], decide] of [
    ["grant", grants, (grant) => policy.authorize(input({ grant }))],
    ["scopes", wide, (request) => roomy.authorize(input({ request }))],
    ["parameters", many, (request) => roomy.authorize(input({ request }))],
  ]) {
    const [short, long] = [few, more].map((one) => fastest(() => decide(one), 15));
    // Eight times as much takes 64 times as long where it is quadratic.
    assert.ok(long < short * 30 + 5, `${what}: ${short} ms, ${long} ms`);
    isHarmless(() => decide(more), 10);
  }
});

test("deep, cyclic and shared values are refused early", () => {
  let deep = {};
  for (let depth = 0; depth < 100_000; depth += 1) deep = { deep };
  const cyclic = { sub: "alice" };
  cyclic.auth_time = cyclic;
  const list = [];
  list.push(list);
  let shared = Array(10_000).fill(null);
  for (let level = 0; level < 6; level += 1) shared = Array(10_000).fill(shared);
  for (const value of [deep, cyclic, list, shared]) {
    for (const decide of [
      () => policy.authorize(input({ session: value })),
      () => policy.authorize(input({ answers: value })),
      () => policy.authorize(input({ client: value })),
      () => policy.authorize(input({ request: value })),
      () => policy.authorize(value),
      () => new Client(value),
      () => policy.status(value, { now: NOW }),
      () => policy.event(value),
      () => Policy.profile("openid-core", value),
      () => Policy.profile(value),
      () => location(value, value),
      () => form(EXPECTED, value),
    ]) {
      const took = fastest(() => assert.throws(decide, GrantwiseError), 1);
      assert.ok(took < 2000, `${took} ms`);
    }
  }
  isUnharmed();
});

test("more text than is read at once is refused, and leaves no memory behind", () => {
  const huge = "x".repeat(20_000_000);
  isHarmless(() => refuses(() => policy.authorize(input({ session: { ...SESSION, sub: huge } })), "too_deep", ""), 20);
  isHarmless(() => refuses(() => policy.authorize(input({ grant: { scope: "é".repeat(10_000_000) } })), "too_deep", ""), 5);
  const half = "x".repeat(600_000);
  isHarmless(() => refuses(() => policy.authorize(input({ session: { ...SESSION, sub: half, [half]: 1 } })), "unknown_key", `session.${half}`), 5);
  refuses(() => policy.authorize(input({ answers: Array(10_001).fill({ screen: "login", result: "done" }) })), "too_deep", "answers");
});

test("what is returned is the request's own text, also where the input is large and not ASCII", () => {
  const client = { ...CLIENT, client_name: "é".repeat(300_000) };
  for (const [letters, state] of [[10, "日本 é 😀"], [400_000, "日本 é 😀"], [400_000, "plain"]]) {
    const grant = { scope: `openid email ${"x".repeat(letters)}` };
    for (const request of [query({ state }), { ...PARAMETERS, state }]) {
      for (const given of [input({ request, grant }), input({ grant, client, request })]) {
        const decision = policy.authorize(given);
        assert.equal(decision.outcome, "issue");
        assert.equal(new URL(location(decision, { code: "c" })).searchParams.get("state"), state);
        assert.equal(decision.response.params?.state ?? state, state);
      }
    }
  }
  isUnharmed();
});

// ---- values of every kind ----

test("values that are no data are refused wherever they stand", () => {
  class Session {
    constructor() {
      Object.assign(this, SESSION);
    }
  }
  const kinds = [
    1n, Symbol("s"), () => {}, new Date(), new Map([["sub", "alice"]]), new Set(), new WeakMap(), /x/, new Error("e"),
    Promise.resolve(), new Session(), Object.create(SESSION), new Uint8Array(3), new ArrayBuffer(3), new Number(1),
    new String("alice"), Object.create(Object.create(null)), { __proto__: { sub: "alice" } }, document(), globalThis,
  ];
  for (const value of kinds) {
    for (const changes of [
      { session: value }, { session: { ...SESSION, sub: value } }, { session: { ...SESSION, auth_time: value } },
      { grant: value }, { client: value }, { answers: value }, { answers: [value] }, { conditions: [value] },
      { circumstances: value }, { now: value }, { request: value }, { request: { ...PARAMETERS, scope: value } },
      { request: { ...PARAMETERS, scope: [value] } }, { trust: value }, { interaction: value },
    ]) {
      assert.throws(() => policy.authorize(input(changes)), GrantwiseError, `${String(Object.keys(changes))} ${typeof value}`);
    }
    assert.throws(() => policy.authorize(value), GrantwiseError);
    assert.throws(() => Policy.profile("openid-core", value), GrantwiseError);
    assert.throws(() => Policy.profile(value), GrantwiseError);
    assert.throws(() => new Client(value), GrantwiseError);
    assert.throws(() => location(EXPECTED, value), GrantwiseError);
    assert.throws(() => location(value, { code: "c" }), GrantwiseError);
    assert.throws(() => form(EXPECTED, { code: "c" }, value), GrantwiseError);
    assert.throws(() => policy.status({ kind: value }, { now: NOW }), GrantwiseError);
  }
  isUnharmed();
});

/** What says of itself that it is something else. */
function document() {
  return {
    ...SESSION,
    get [Symbol.toStringTag]() { return "Array"; },
    constructor: Array,
    toString: throws, valueOf: throws, toJSON: throws, [Symbol.toPrimitive]: throws, [Symbol.iterator]: throws,
  };
}

test("numbers at their ends", () => {
  const decides = (auth_time) => policy.authorize(input({ session: { sub: "alice", auth_time } }));
  assert.deepEqual(decides(-0), decides(0));
  for (const value of [-1, Number.NaN, Infinity, -Infinity, 1e300, 5e-324, 1.5, 2 ** 53, NOW * 1000, NOW + 0.1]) {
    refuses(() => decides(value), "wrong_value", "session.auth_time");
  }
  refuses(() => policy.authorize(input({ now: 2 ** 53 })), "wrong_value", "now");
  refuses(() => policy.authorize(input({ session: { ...SESSION, accounts: 1e300 } })), "wrong_value", "session.accounts");
  assert.equal(policy.authorize(input({ session: { ...SESSION, accounts: Number.MAX_SAFE_INTEGER } })).outcome, "issue");
});

test("holes in lists are null, and an inherited item is none", () => {
  refuses(() => policy.authorize(input({ answers: [, { screen: "login", result: "done" }] })), "wrong_type", "answers[0]");
  refuses(() => policy.authorize(input({ conditions: Array(10_000) })), "wrong_type", "conditions[0]");
  refuses(() => policy.authorize(input({ answers: Array(4_000_000_000) })), "too_deep", "answers");
  const sparse = [];
  sparse[9999] = "https://client.example/cb";
  refuses(() => policy.authorize(input({ client: { ...CLIENT, redirect_uris: sparse } })), "wrong_type", "client.redirect_uris[0]");
});

test("`__proto__` and the names of Object.prototype are names like others", () => {
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty", "isPrototypeOf"]) {
    const own = (members, value) => Object.defineProperty({ ...members }, name, { value, enumerable: true });
    refuses(() => policy.authorize(input({ session: own(SESSION, "x") })), "unknown_key", `session.${name}`);
    refuses(() => policy.authorize(own(input(), "x")), "unknown_key", name);
    assert.deepEqual(policy.authorize(input({ client: own(CLIENT, { client_id: "c2" }) })), EXPECTED);
    assert.deepEqual(policy.authorize(input({ request: own(PARAMETERS, "x") })), EXPECTED);
    assert.deepEqual(policy.authorize(input({ request: `${query()}&${name}=x` })), EXPECTED);
  }
  const parsed = JSON.parse(`{"__proto__":{"client_id":"c1"}}`);
  refuses(() => policy.authorize(input({ client: parsed })), "missing_key", "client.client_id");
});

test("a polluted Object.prototype changes no decision, whatever stands on it", () => {
  const given = input({ grant: null });
  const clean = policy.authorize(given);
  const members = [...new Set([clean, given, clean.consent, SESSION, CLIENT, PARAMETERS].flatMap(Object.keys))];
  for (const name of members) {
    for (const descriptor of [{ value: { scope: "openid email" } }, { value: "x" }, { get: throws, set: throws }]) {
      Object.defineProperty(Object.prototype, name, { ...descriptor, configurable: true });
      let decision;
      try {
        decision = policy.authorize(given);
      } catch (error) {
        decision = error;
      } finally {
        delete Object.prototype[name];
      }
      if (decision instanceof Error) assert.ok(decision instanceof GrantwiseError, `${name} ${decision.stack}`);
      else assert.deepEqual(decision, clean, name);
    }
  }
});

test("plain values of another realm, without a prototype, frozen, or of a database are as good as any", async () => {
  const bare = (value) => (Array.isArray(value) ? value.map(bare)
    : typeof value === "object" && value !== null
      ? Object.assign(Object.create(null), Object.fromEntries(Object.entries(value).map(([name, member]) => [name, bare(member)])))
      : value);
  const freeze = (value) => {
    if (typeof value === "object" && value !== null) Object.values(value).forEach(freeze);
    return Object.freeze(value);
  };
  const elsewhere = (value) => runInNewContext(`(${JSON.stringify(value)})`);
  for (const change of [bare, (value) => freeze(structuredClone(value)), elsewhere, structuredClone]) {
    assert.deepEqual(policy.authorize(change(input())), EXPECTED);
    assert.deepEqual(policy.authorize(change(input({ request: PARAMETERS }))), EXPECTED);
    assert.deepEqual(policy.authorize(input({ client: new Client(change(CLIENT)) })), EXPECTED);
  }
  assert.deepEqual(policy.authorize(input({ request: runInNewContext("new X(q)", { X: URLSearchParams, q: query() }) })), EXPECTED);
  let sqlite;
  try {
    sqlite = await import("node:sqlite");
  } catch {
    return; // Node 20 has none
  }
  const database = new sqlite.DatabaseSync(":memory:");
  const row = database.prepare("SELECT 'alice' AS sub, ? AS auth_time").get(NOW - 60);
  assert.deepEqual(policy.authorize(input({ session: row })), EXPECTED);
});

test("lone surrogates: in a request malformed encoding, elsewhere misuse with its place", () => {
  const LONE = "\udfffa\ud800";
  for (const request of [
    `${query()}&${LONE}=x`, `${query()}&x=${LONE}`, { ...PARAMETERS, x: LONE }, { ...PARAMETERS, [LONE]: "x" },
    { ...PARAMETERS, x: ["a", LONE] },
  ]) {
    isHarmless(() => {
      const decision = policy.authorize(input({ request }));
      assert.equal(decision.error.code, "invalid_request", JSON.stringify(request));
    }, 500);
  }
  for (const [changes, path] of [
    [{ session: { ...SESSION, sub: LONE } }, "session.sub"],
    [{ grant: { scope: `openid ${"x".repeat(100)}${LONE}` } }, "grant.scope"],
    [{ client: { ...CLIENT, redirect_uris: ["https://a.example", LONE] } }, "client.redirect_uris[1]"],
    [{ interaction: LONE }, "interaction"],
  ]) {
    isHarmless(() => refuses(() => policy.authorize(input(changes)), "malformed_string", path), 500);
  }
  assert.throws(() => policy.authorize({ ...input(), [LONE]: 1 }), (error) => error.code === "unknown_key");
  assert.throws(() => Policy.profile(LONE), GrantwiseError);
  refuses(() => location(EXPECTED, { code: LONE }), "malformed_string", "minted.code");
});

// ---- what is kept ----

test("a prepared client decides as its metadata does", () => {
  const clients = [
    CLIENT, { client_id: "c1" }, { ...CLIENT, application_type: "native", token_endpoint_auth_method: "none" },
    { ...CLIENT, application_type: "browser" }, { ...CLIENT, response_types: ["code id_token", "id_token token", "zork"] },
    { ...CLIENT, grant_types: ["implicit", "client_credentials"] }, { ...CLIENT, default_max_age: 30 },
    { ...CLIENT, publishing_status: "testing", user_type: "external" }, { ...CLIENT, publishing_status: "testing", user_type: "internal" },
    { ...CLIENT, redirect_uris: [] }, { ...CLIENT, client_name: "é", contacts: ["x"], extension: { a: [1] } },
  ];
  for (const metadata of clients) {
    const client = new Client(metadata);
    for (const [name, overrides] of [["openid-core", {}], ["google", {}], ["native-apps", {}], ["oauth2", {}]]) {
      const one = Policy.profile(name, overrides);
      for (const request of [query(), query({ response_type: "code id_token", nonce: "n" }), query({ scope: "openid offline_access", prompt: "consent" })]) {
        const plain = one.authorize(input({ request, client: metadata }));
        assert.deepEqual(one.authorize(input({ request, client })), plain);
        assert.deepEqual(one.authorize(input({ request, client: client.metadata })), plain);
        assert.deepEqual(one.authorize(input({ request, client: new Client(client) })), plain);
      }
    }
  }
});

test("what was prepared does not follow later changes", () => {
  const metadata = structuredClone(CLIENT);
  const client = new Client(metadata);
  metadata.redirect_uris[0] = "https://attacker.example/cb";
  metadata.client_id = "c2";
  assert.deepEqual(policy.authorize(input({ client })), EXPECTED);
  assert.ok(Object.isFrozen(client.metadata) && Object.isFrozen(client.metadata.redirect_uris));
});

test("what was released says so, and its place is not taken for another's", () => {
  const client = new Client(CLIENT);
  const released = Policy.profile("openid-core");
  client.release();
  released.release();
  const [another, other] = [new Client({ ...CLIENT, client_id: "c2" }), Policy.profile("google")];
  refuses(() => policy.authorize(input({ client })), "released", "");
  refuses(() => new Client(client), "released", "");
  refuses(() => released.authorize(input()), "released", "");
  client.release();
  released.release();
  assert.equal(policy.authorize(input({ client: another })).outcome, "error", "c2 is not the client of the request");
  assert.ok(other.authorize(input()).outcome);
  isUnharmed();
});

const garbage = async (make, count) => {
  for (let made = 0; made < count; made += 1) {
    make(made);
    if (made % 500 === 499) {
      globalThis.gc();
      await new Promise((resolve) => setTimeout(resolve)); // finalizers run between two turns
    }
  }
};

test("clients that nobody has any more are freed, and one that is kept keeps nothing else of its metadata", async () => {
  const make = (extension) => (made) => new Client({ ...CLIENT, client_id: `c${made}`, extension });
  await garbage(make(""), 2000);
  const before = memory();
  await garbage(make(""), TIMES);
  assert.equal(memory(), before);
  const kept = Array.from({ length: 400 }, (_, made) => make("x".repeat(100_000))(made));
  assert.ok(memory() - before < 8_000_000, `${memory() - before}`);
  assert.equal(kept[7].metadata.client_id, "c7");
  for (const client of kept) client.release();
  isHarmless((made) => make("")(made).release());
  isHarmless(() => Policy.profile("openid-core").release());
});

// ---- an engine that stops ----

test("an engine that traps is replaced, and what it kept is made anew", () => {
  const client = new Client(CLIENT);
  const own = Policy.profile("google", { max_request_bytes: 300, scopes_supported: ["openid", "email"], issuer: "https://as.example" });
  const expected = own.authorize(input());
  const settings = { ...own.settings };
  for (let time = 0; time < 20; time += 1) {
    const before = instances.length;
    fails = 1;
    assert.throws(() => policy.authorize(input({ client })), (error) => {
      assert.equal(error.name, "EngineError");
      assert.ok(!(error instanceof GrantwiseError), "it is nobody's misuse");
      assert.ok(error.cause instanceof WebAssembly.RuntimeError);
      return true;
    });
    // Another policy comes first, so that numbers are given out in another order.
    assert.deepEqual(own.authorize(input()), expected);
    assert.deepEqual(policy.authorize(input({ client })), EXPECTED);
    assert.deepEqual({ ...own.settings }, settings);
    assert.equal(own.authorize(input({ request: query({ x: "x".repeat(300) }) })).response, null, "its limits are kept");
    assert.equal(instances.length, before + 1, "one fresh instance");
    isUnharmed();
  }
  const gone = new Client(CLIENT);
  gone.release();
  fails = 1;
  assert.throws(() => policy.authorize(input()), { name: "EngineError" });
  refuses(() => policy.authorize(input({ client: gone })), "released", "");
  isUnharmed();
});

test("an engine that traps while a getter asks it does not mix up what is asked", () => {
  const lenient = Policy.profile("google");
  for (let time = 0; time < 20; time += 1) {
    let stopped = 0;
    const given = reading("session", SESSION, () => {
      if (stopped > 0) return;
      stopped += 1;
      fails = 1;
      assert.throws(() => policy.authorize(input()), { name: "EngineError" });
      // It is kept first in the fresh engine, under the number that the policy had.
      lenient.authorize(input());
    });
    let decision;
    try {
      decision = policy.authorize(given);
    } catch (error) {
      assert.deepEqual([error.name, error.code], ["GrantwiseError", "released"]);
    }
    assert.equal(stopped, 1);
    if (decision !== undefined) assert.deepEqual(decision, EXPECTED);
    isUnharmed();
  }
});

test("a call that comes when the stack is at its end leaves the next one as it was", () => {
  let failed = 0;
  const descend = () => {
    try {
      descend();
    } catch {
      // Every place on the way up is one more place at which a call may run out of stack.
    }
    if (failed > 300) return;
    try {
      assert.deepEqual(policy.authorize(input()), EXPECTED);
    } catch (error) {
      failed += 1;
      if (error instanceof assert.AssertionError) throw error;
      return;
    }
    failed = Infinity;
  };
  descend();
  isUnharmed();
});

/** The bytes of a WebAssembly module: sections of vectors, all shorter than 128. */
function module(call) {
  const section = (id, ...items) => {
    const content = [items.length, ...items.flat()];
    return [id, content.length, ...content];
  };
  const name = (text) => [text.length, ...Buffer.from(text)];
  const body = (...code) => [code.length + 2, 0, ...code, 0x0b];
  const I32 = 0x7f;
  return new WebAssembly.Module(Uint8Array.from([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, [0x60, 2, I32, I32, 1, I32], [0x60, 5, I32, I32, I32, I32, I32, 1, I32], [0x60, 1, I32, 0]),
    ...section(3, [0], [1], [2]),
    ...section(5, [0, 1]),
    ...section(7, [...name("memory"), 2, 0], [...name("reserve"), 0, 0], [...name("call"), 0, 1], [...name("release"), 0, 2]),
    // `reserve` says that the places of the streams stand at 0; they are in the data.
    ...section(10, body(0x41, 0), body(...call), body()),
    ...section(11, [0, 0x41, 0, 0x0b, 32, ...[64, 4096, 8192, 16384, 40_000, 0, 50_000, 0]
      .flatMap((number) => [...new Uint8Array(new Uint32Array([number]).buffer)])]),
  ]));
}

test("connect() gives every call a fresh instance of an engine that stops", async () => {
  const { connect } = await import(pathToFileURL(join(folder, "boundary.js")));
  const misuse = (code) => new Error(code);
  const hooks = { misuse, keptBy: () => 0, plainOf: () => null };
  const ask = (engine, operation) => engine.ask(operation, null, null, "x", null);

  const stops = connect(module([0x00]), hooks);
  const epochs = new Set();
  for (let time = 0; time < 5; time += 1) {
    const before = instances.length;
    assert.throws(() => ask(stops, 0), (error) => error.name === "EngineError" && error.cause instanceof WebAssembly.RuntimeError);
    assert.equal(instances.length, before + 1);
    epochs.add(stops.epoch);
  }
  assert.equal(epochs.size, 5);

  // Stops at operation 1 only, and answers nothing to the others.
  const sometimes = connect(module([0x20, 0, 0x41, 1, 0x46, 0x04, 0x40, 0x00, 0x0b, 0x41, 0]), hooks);
  assert.equal(ask(sometimes, 0), undefined);
  const before = sometimes.epoch;
  assert.throws(() => ask(sometimes, 1), { name: "EngineError" });
  assert.notEqual(sometimes.epoch, before);
  assert.equal(ask(sometimes, 0), undefined);

  // Knows no operation.
  assert.throws(() => ask(connect(module([0x41, 2]), hooks), 0), { name: "EngineError" });
  assert.notEqual(stops.epoch, sometimes.epoch, "a number of one engine is none of another");
});

// ---- both ways of writing ----

test("an input that is read a second time, as values, is decided alike", () => {
  /** The first reading, in the order of the shape, ends in a throw; the second, as values, does not. */
  const asValues = (given) => {
    const { now, ...rest } = given;
    let first = true;
    return Object.defineProperty(rest, "now", { enumerable: true, get() {
      if (!first) return now;
      first = false;
      return throws();
    } });
  };
  const small = Policy.profile("openid-core", { max_request_bytes: 128 });
  for (const request of [query(), `https://as.example/authorize?${query()}`, new URL(`https://as.example/?${query()}`), PARAMETERS,
    `/${query({ scope: "x".repeat(90) })}`, `?${query()}&x=${"x".repeat(100)}`]) {
    const given = input({ request });
    assert.deepEqual(small.authorize(asValues(given)), small.authorize(given), String(request));
  }
  for (const changes of [
    {}, { request: PARAMETERS }, { request: { ...PARAMETERS, scope: ["openid", "email"] } }, { request: { ...PARAMETERS, state: "" } },
    { request: { ...PARAMETERS, x: null, y: undefined } }, { request: new URLSearchParams(query()) }, { request: "x".repeat(9000) },
    { request: { ...PARAMETERS, x: "x".repeat(9000) } }, { request: `${query()}&x=\ud800` }, { request: `${query()}&x=${"é".repeat(5000)}` },
    { session: null }, { session: undefined }, { grant: null }, { client: null }, { client: new Client(CLIENT) },
    { trust: {} }, { answers: [] }, { answers: [{ screen: "login", result: "done" }] }, { interaction: "i1" },
  ]) {
    const given = input(changes);
    assert.deepEqual(policy.authorize(asValues(given)), policy.authorize(given), JSON.stringify(changes));
  }
});

test("the package decides under frozen intrinsics", () => {
  const code = `
    for (const one of [Object, Array, Function, Map, Error, String, Number, Uint8Array, WeakRef, FinalizationRegistry, RegExp]) {
      Object.freeze(one.prototype);
      Object.freeze(one);
    }
    const { Policy, Client, location, form, GrantwiseError } = await import("grantwise");
    const given = ${JSON.stringify(input())};
    const policy = Policy.profile("openid-core");
    const decision = policy.authorize({ ...given, client: new Client(given.client) });
    if (!location(decision, { code: "c" }).includes("code=c")) throw new Error("no code");
    try { policy.authorize({ ...given, toString: 1 }); } catch (error) { if (!(error instanceof GrantwiseError)) throw error; }
    if (JSON.stringify(decision) !== ${JSON.stringify(JSON.stringify(EXPECTED))}) throw new Error("another decision");
    console.log("decided");`;
  for (const options of [[], ["--frozen-intrinsics", "--no-warnings"]]) {
    const { stdout, stderr } = spawnSync(process.execPath, [...options, "--input-type=module", "-e", code], {
      cwd: import.meta.dirname, encoding: "utf8",
    });
    assert.equal(stdout.trim(), "decided", stderr);
  }
});

test("nothing of an input is held after the call, however it ends", () => {
  const call = (changes, letters) => {
    try {
      policy.authorize(input({ grant: { scope: `openid email ${"x".repeat(letters)}` }, ...changes }));
    } catch (error) {
      assert.ok(error instanceof GrantwiseError || error.name === "EngineError", String(error));
    }
  };
  const held = () => {
    globalThis.gc();
    return process.memoryUsage().heapUsed;
  };
  for (const [changes, traps] of [[{}, 0], [{ zork: 1 }, 0], [{}, 1], [{ session: revoked() }, 0]]) {
    call(changes, 10);
    const before = held();
    fails = traps;
    call(changes, 9_000_000);
    assert.ok(held() - before < 4_000_000, `${JSON.stringify(Object.keys(changes))} ${held() - before}`);
  }
  isUnharmed();
});
