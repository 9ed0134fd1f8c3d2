// The memory of the engine does not grow with use, neither by decisions nor by refusals.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { input, query } from "./input.js";

const CALLS = 20_000;

// The engine keeps its memory to itself. It is caught here as the package is loaded.
const memories = [];
const Original = WebAssembly.Instance;
WebAssembly.Instance = class extends Original {
  constructor(...rest) {
    super(...rest);
    memories.push(this.exports.memory);
  }
};
const { GrantwiseError, Policy } = await import("grantwise");
const bytes = () => memories[0].buffer.byteLength;

test("the engine's memory was found", () => {
  assert.equal(memories.length, 1);
  assert.ok(bytes() > 0);
});

test(`${CALLS} decisions`, () => {
  const policy = Policy.profile("openid-core");
  const decide = (call) => policy.authorize(input({ request: query({ state: `state${call % 100}` }) }));
  for (let call = 0; call < 1000; call += 1) decide(call);
  const before = bytes();
  for (let call = 0; call < CALLS; call += 1) decide(call);
  assert.equal(bytes(), before);
});

test(`${CALLS} refusals`, () => {
  const policy = Policy.profile("openid-core");
  const misuse = () => {
    try {
      policy.authorize(input({ session: { sub: "alice", auth_time: 1, mistyped: "x".repeat(100) } }));
    } catch (error) {
      assert.ok(error instanceof GrantwiseError);
      return;
    }
    assert.fail("not refused");
  };
  for (let call = 0; call < 1000; call += 1) misuse();
  const before = bytes();
  for (let call = 0; call < CALLS; call += 1) misuse();
  assert.equal(bytes(), before);
});

test(`${CALLS} policies, made and dropped`, async () => {
  const make = async (count) => {
    for (let made = 0; made < count; made += 1) {
      Policy.profile("openid-core", { offline_without_consent: "show_consent" });
      if (made % 500 === 0) {
        globalThis.gc();
        await turn(); // the finalizers run between two turns of the event loop
      }
    }
  };
  await make(2000);
  const before = bytes();
  await make(CALLS);
  assert.equal(bytes(), before);
});
