// What the shadow does after the answers, on a clock of the test's own: not while somebody waits, many at a time, and in order.
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { mock, test } from "node:test";
import "./support.js";
import { imported } from "../built_package.js";

const { Afterwards } = await imported("oidc_provider_afterwards.js");

/** All that was promised is done; no timer has come. */
const turn = async () => { for (let times = 0; times < 20; times += 1) await null; };

async function timed(work) {
  mock.timers.enable({ apis: ["setTimeout", "setImmediate"] });
  const done = [];
  const failed = [];
  const afterwards = new Afterwards((error) => failed.push(error.message));
  const tick = async (ms) => { mock.timers.tick(ms); await turn(); };
  try {
    await work({ afterwards, done, failed, tick, add: (name) => afterwards.add(async () => { done.push(name); }) });
  } finally {
    mock.timers.reset();
  }
}

test("while a request is under way nothing is done, however much waits", () => timed(async ({ afterwards, done, tick, add }) => {
  const response = new EventEmitter();
  let sent = 0;
  afterwards.during(response, () => { sent += 1; });
  for (let number = 0; number < 500; number += 1) add(number);
  for (let times = 0; times < 9; times += 1) await tick(100);
  assert.deepEqual([sent, done], [0, []]);
  response.emit("finish");
  response.emit("close"); // the same answer
  assert.equal(sent, 1);
  while (done.length < 500) await tick(0); // in pieces, between which others have their turn
  assert.deepEqual(done, Array.from({ length: 500 }, (_, number) => number));
}));

test("an answer that does not end puts it off for a second", () => timed(async ({ afterwards, done, tick, add }) => {
  afterwards.during(new EventEmitter(), () => {});
  add("one");
  for (let times = 0; times < 9; times += 1) await tick(100);
  assert.deepEqual(done, []);
  await tick(100);
  await tick(0);
  assert.deepEqual(done, ["one"]);
}));

test("a few are gathered, and many are done at once", () => timed(async ({ done, tick, add }) => {
  for (let number = 0; number < 63; number += 1) add(number);
  await tick(99);
  assert.equal(done.length, 0);
  add(63);
  await tick(0);
  assert.ok(done.length > 0);
}));

test("what is dropped, what fails, and what somebody waits for", () => timed(async ({ afterwards, failed, tick, add }) => {
  afterwards.during(new EventEmitter(), () => {});
  afterwards.add(() => { throw new Error("broken"); });
  for (let number = 1; number < 1000; number += 1) assert.equal(add(number), true);
  assert.equal(add("too many"), false);
  const before = [];
  const waited = afterwards.run(() => "all").then((value) => before.push(value));
  while (before.length === 0) await tick(0);
  await waited;
  assert.deepEqual([before, failed], [["all"], ["broken"]]);
  await assert.rejects(Promise.all([afterwards.run(() => { throw new Error("theirs"); }), tick(0)]), /theirs/);
}));
