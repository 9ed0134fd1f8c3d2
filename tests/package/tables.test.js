// The tables are complete, and nobody can change them for the others.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Policy, configuration, knobs, profiles, rules } from "grantwise";

const TABLES = { profiles, knobs, configuration, rules };

function* objects(value, path) {
  if (typeof value === "object" && value !== null) {
    yield [path, value];
    for (const [key, member] of Object.entries(value)) yield* objects(member, `${path}.${key}`);
  }
}

test("every table has entries and is frozen all the way down", () => {
  for (const [name, table] of Object.entries(TABLES)) {
    assert.ok(Array.isArray(table) && table.length > 0, `${name} is empty`);
    for (const [path, value] of objects(table, name)) assert.ok(Object.isFrozen(value), path);
  }
  assert.throws(() => profiles.push({}), TypeError);
  assert.throws(() => { knobs[0].default = "other"; }, TypeError);
});

test("the profiles are those of the declarations, in alphabetical order, and each one makes a policy", () => {
  const declarations = readFileSync(new URL("./node_modules/grantwise/ids.d.ts", import.meta.url), "utf8");
  const union = /export type ProfileName =([^;]*);/.exec(declarations)[1];
  const declared = [...union.matchAll(/"([^"]+)"/g)].map((match) => match[1]);
  const names = profiles.map((profile) => profile.name);
  assert.deepEqual(names, declared.sort());
  for (const name of names) assert.equal(Policy.profile(name).name, name);
});

test("ids are unique", () => {
  for (const [name, table] of Object.entries({ knobs, configuration, rules })) {
    const ids = table.map((entry) => entry.id);
    assert.equal(new Set(ids).size, ids.length, name);
  }
});

test("the default of a knob is one of its options", () => {
  for (const knob of knobs) {
    assert.ok(knob.options.some((option) => option.value === knob.default), knob.id);
  }
});

test("what a profile sets is a knob or a configuration key, with a source or a reason", () => {
  const known = new Set([...knobs, ...configuration].map((entry) => entry.id));
  for (const profile of profiles) {
    for (const setting of profile.settings) {
      assert.ok(known.has(setting.id), `${profile.name}: ${setting.id}`);
      assert.ok(setting.sources.length > 0 || setting.inferred, `${profile.name}: ${setting.id} has no source`);
    }
  }
});

test("a policy's settings name every knob, and follow an override", () => {
  const { settings } = Policy.profile("openid-core");
  for (const knob of knobs) assert.ok(Object.hasOwn(settings, knob.id), knob.id);
  assert.ok(Object.isFrozen(settings));
  const knob = knobs.find((one) => one.id === "offline_without_consent");
  const other = knob.options.map((option) => option.value).find((value) => value !== settings[knob.id]);
  assert.equal(Policy.profile("openid-core", { [knob.id]: other }).settings[knob.id], other);
});
