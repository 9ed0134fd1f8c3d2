// node corpus_node.js: the fixed corpus of the fuzz targets through the package in GRANTWISE_PACKAGE. Each case in
// GRANTWISE_CORPUS says what the engine natively makes of it, and is handed over in each way in which the package reads.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { entry } from "./vectors_entry.js";

const folder = process.env.GRANTWISE_PACKAGE;
const { Client, GrantwiseError, Policy } = await import(
  pathToFileURL(join(folder, entry(folder, ".", ["node", "import", "default"]))));
const cases = JSON.parse(readFileSync(process.env.GRANTWISE_CORPUS, "utf8"));

const BROKEN = {
  "lone surrogate": () => "a\ud800b",
  unreadable: () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  instance: () => new Date(0),
  "not data": () => Symbol("none"),
  "too deep": () => Array(10_001).fill("x"),
  NaN: () => Number.NaN,
  inf: () => Infinity,
  "-inf": () => -Infinity,
  "-0": () => -0,
};

/** From JSON to what it stands for. */
function revived(value) {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== "object" || value === null) return value;
  if (value.$ !== "members") return BROKEN[value.$]();
  const members = {};
  for (const [name, member] of value.members) {
    Object.defineProperty(members, name, { value: revived(member), enumerable: true, configurable: true, writable: true });
  }
  return members;
}

/** The first member throws when it is first read, so that the package reads the whole once more, as values. */
function asValues(given) {
  if (typeof given !== "object" || given === null || Object.keys(given).length === 0) return given;
  const name = Object.keys(given)[0];
  const value = given[name];
  let times = 0;
  return Object.defineProperty({ ...given }, name, { enumerable: true, get() {
    times += 1;
    if (times === 1) throw new Error("the first time");
    return value;
  } });
}

function called(policy, call, input) {
  try {
    const answer = call === "status" ? policy.status(input.record, input.context) : policy[call](input);
    return { answer: JSON.parse(JSON.stringify(answer)) };
  } catch (error) {
    assert.ok(error instanceof GrantwiseError, String(error?.stack ?? error));
    return { code: error.code, path: error.path, message: error.message };
  }
}

for (const target of new Set(cases.map(({ name }) => name.split(":")[0]))) {
  test(`the corpus of ${target}`, () => {
    for (const { name, profile, overrides, call, input, expected } of cases.filter((one) => one.name.startsWith(`${target}:`))) {
      const policy = Policy.profile(profile, overrides);
      assert.deepEqual(called(policy, call, revived(input)), expected, name);
      const given = revived(input);
      if (call === "status") given.context = asValues(given.context);
      assert.deepEqual(called(policy, call, call === "status" ? given : asValues(given)), expected, `${name}, as values`);
      let client;
      try {
        client = new Client(given.client);
      } catch {
        continue;
      }
      assert.deepEqual(called(policy, call, { ...revived(input), client }), expected, `${name}, with a prepared client`);
    }
  });
}
