// The records: their JSON Schema and the engine agree, and records of this version are read by every later one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { GrantwiseError, Policy } from "grantwise";
import { input } from "./input.js";
import { SCENARIOS, play } from "./token_scenarios.js";

const checkout = process.env.GRANTWISE_CHECKOUT;
assert.ok(checkout, "GRANTWISE_CHECKOUT names the checkout; `cargo xtask test` sets it");
const Ajv = createRequire(join(checkout, "package.json"))("ajv/dist/2020.js").default;
const schema = createRequire(import.meta.url)("grantwise/schema/records.json");

const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
ajv.addSchema(schema);
const definition = (name) => ajv.getSchema(`${schema.$id}#/$defs/${name}`);
const valid = (name, record) => definition(name)(record);
const assertValid = (name, record, where) =>
  assert.ok(valid(name, record), `${where}: ${JSON.stringify(record)}\n${JSON.stringify(definition(name).errors, null, 1)}`);

const NOW = 1_700_000_500;
const policy = Policy.profile("openid-core");

/** What the engine says to a record: null when it reads it, or the error. */
function refusal(kind, record) {
  try {
    if (kind === "grant") policy.authorize(input({ grant: record, now: NOW }));
    else if (kind === "session") policy.authorize(input({ session: record, now: NOW }));
    else policy.status(record, { now: NOW });
    return null;
  } catch (error) {
    assert.ok(error instanceof GrantwiseError, String(error?.stack));
    return error;
  }
}

const SAMPLES = {
  grant: {
    v: 1, grant_id: "g1", client_id: "c1", sub: "alice", scope: "openid", offline: true, how: "remember_checkbox", remembered: true,
    status: "active", granted_at: NOW - 100, expires_at: NOW + 100, first_code_exchanged: true, project_shared: false, refused: "email", sid: "s1", redirect_uri: "https://client.example/cb",
  },
  session: { sid: "s1", sub: "alice", auth_time: NOW - 100, expires_at: NOW + 100, accounts: 1 },
  code: {
    v: 1, id: "CODE1", client_id: "c1", sub: "alice", sid: "s1", redirect_uri: "https://client.example/cb", redirect_uri_sent: true,
    scope: "openid", requested_scope: "openid email", status: "active",
    access_token: { scope: "openid", expires_in: 3600, binding: "offline" }, id_token: true,
    refresh_token: { scope: "openid", binding: "offline", lifetime: { kind: "idle", seconds: 100 }, rotation: "none" },
    auto_approved: false, nonce: "n", auth_time: NOW - 100, code_challenge: "c", code_challenge_method: "S256",
    grant_management_action: "create", grant_id: "g1", basis: "contract", issued_at: NOW - 50, expires_at: NOW + 10,
    grant_expires_at: NOW + 5000,
  },
  token: {
    v: 1, kind: "refresh_token", id: "RT1", client_id: "c1", application_type: "web", client_type: "confidential", sub: "alice",
    sid: "s1", family: "CODE1", grant_id: "g1", scope: "openid", binding: "offline", status: "superseded", auth: "password",
    auth_time: NOW - 100, basis: "contract", sender_constrained: false, issued_at: NOW - 40, authorized_at: NOW - 40,
    expires_at: NOW + 1000, last_used_at: NOW - 20, superseded_at: NOW - 20, grant_expires_at: NOW + 5000,
  },
};

/** Every object in a record with the keys that lead to it. */
function objects(value, path = []) {
  return [path, ...Object.entries(value).flatMap(([name, member]) =>
    typeof member === "object" && member !== null ? objects(member, [...path, name]) : [])];
}

/** The record with the object at this place changed. */
function changed(record, path, change) {
  const copy = structuredClone(record);
  change(path.reduce((object, name) => object[name], copy));
  return copy;
}

const ROOTS = { grant: "grant", session: "session", code: "record", token: "record" };

test("every definition of the schema can be used, and its examples are what it describes", () => {
  for (const [name, { examples = [], title, description }] of Object.entries(schema.$defs)) {
    assert.ok(title && description, name);
    for (const example of examples) assertValid(name, example, name);
  }
  for (const name of ["grant", "code", "token"]) {
    for (const example of schema.$defs[name].examples) {
      assertValid(name, example, name);
      assert.ok(ajv.getSchema(schema.$id)(example), `${name} is a record`);
      assert.equal(refusal(name, example), null, name);
    }
  }
});

test("the samples have every key, and both sides read them", () => {
  for (const [kind, sample] of Object.entries(SAMPLES)) {
    const { properties } = schema.$defs[{ code: "new_code", token: "new_token" }[kind] ?? kind];
    assert.deepEqual(Object.keys(sample).sort(), Object.keys(properties).sort(), kind);
    assertValid(kind, sample, kind);
    assert.equal(refusal(kind, sample), null, kind);
  }
});

test("schema and engine refuse an unknown key, everywhere in a record", () => {
  for (const [kind, sample] of Object.entries(SAMPLES)) {
    for (const path of objects(sample)) {
      const record = changed(sample, path, (object) => { object.mistyped = 1; });
      assert.ok(!valid(kind, record), `${kind}.${path.join(".")}`);
      const error = refusal(kind, record);
      assert.equal(error?.code, "unknown_key");
      assert.equal(error.path, [ROOTS[kind], ...path, "mistyped"].join("."));
    }
  }
});

const ABSENT = Symbol("absent");
const VALUES = [ABSENT, null, "nonsense", "", 7, -1, 1.5, 2 ** 53, true, [], {}, ["openid"]];

test("schema and engine agree on every member: absent, null, and every type", () => {
  for (const [kind, sample] of Object.entries(SAMPLES)) {
    for (const path of objects(sample)) {
      const there = path.reduce((object, name) => object[name], sample);
      for (const name of Object.keys(there)) {
        for (const value of VALUES) {
          const record = changed(sample, path, (object) => {
            if (value === ABSENT) delete object[name];
            else object[name] = value;
          });
          const error = refusal(kind, record);
          // Two times that contradict each other are beyond a schema, except where a member is missing.
          const beyond = error?.code === "contradiction" && typeof value === "number" || (kind === "session" && name === "accounts" && value === 0);
          const what = `${kind}.${[...path, name].join(".")} = ${value === ABSENT ? "absent" : JSON.stringify(value)}`;
          if (!beyond) assert.equal(valid(kind, record), error === null, `${what}: ${error ?? "the engine reads it"}`);
          // What has no kind is read as a code, so that the fault is found elsewhere.
          const unkind = kind === "token" && name === "kind" && (value === ABSENT || value === null);
          if (error !== null && error.code !== "contradiction" && !unkind) {
            const place = [ROOTS[kind], ...path, name].join(".");
            assert.ok(error.path === place || error.path.startsWith(`${place}.`), `${what}: the path is ${error.path}`);
          }
        }
      }
    }
  }
});

test("schema and engine refuse a record of another version", () => {
  for (const kind of ["grant", "code", "token"]) {
    for (const v of [0, 2, "1"]) {
      const record = { ...SAMPLES[kind], v };
      assert.ok(!valid(kind, record));
      assert.equal(refusal(kind, record)?.path, `${ROOTS[kind]}.v`);
    }
  }
});

test("schema and engine refuse a refresh token without a user", () => {
  const { sub: _, ...record } = SAMPLES.token;
  for (const orphan of [record, { ...record, sub: null }]) {
    assert.ok(!valid("token", orphan));
    assert.equal(refusal("token", orphan)?.code, "contradiction");
    assertValid("token", { ...orphan, kind: "access_token" }, "a client may act for itself");
    assert.equal(refusal("token", { ...orphan, kind: "access_token" }), null);
  }
});

test(`every record and every effect of ${SCENARIOS.length} scenarios is what the schema says`, () => {
  const seen = new Set();
  for (const scenario of SCENARIOS) {
    let number = 0;
    play(scenario, (moment) => {
      const effects = moment.decision?.effects ?? [];
      assertValid("effects", effects, `${scenario.name}, step ${moment.n}`);
      for (const { effect, kind, record } of effects) {
        seen.add(`${effect} ${kind}`);
        if (effect !== "store") continue;
        number += 1;
        const stored = kind === "grant" ? record : { ...record, id: `r${number}` };
        assertValid(kind, stored, scenario.name);
        const error = kind === "grant"
          ? read(() => scenario.policy.authorize(input({ grant: stored, now: moment.at })))
          : read(() => scenario.policy.status(stored, { now: moment.at }));
        assert.equal(error, null, scenario.name);
      }
      for (const grant of moment.grants) assertValid("grant", grant, scenario.name);
      if (moment.session !== null) assertValid("session", moment.session, scenario.name);
    });
  }
  assert.deepEqual([...seen].sort(), [
    "consume code", "consume refresh_token", "end access_token", "end code", "end refresh_token", "end session", "remove grant",
    "store access_token", "store code", "store grant", "store refresh_token",
    "supersede refresh_token", "update grant", "update refresh_token",
  ]);
});

function read(act) {
  try {
    act();
    return null;
  } catch (error) {
    return `${error.path}: ${error.message}`;
  }
}

const golden = JSON.parse(readFileSync(join(checkout, "tests/golden/records_v1.json"), "utf8"));

/** What a golden case records of a decision; tests/golden/main.rs and records.rs do the same. */
function observed(call, decision) {
  const error = decision.error?.code ?? null;
  const token = (token) => token && { scope: token.scope, binding: token.binding };
  switch (call) {
    case "authorize": {
      const scopes = decision.consent?.scopes ?? null;
      const before = scopes && scopes.filter((scope) => scope.status === "already_granted").map((scope) => scope.scope);
      return { outcome: decision.outcome, granted: decision.scope.granted, already_granted: before };
    }
    case "exchange":
    case "refresh":
      return {
        outcome: decision.outcome, error, granted: decision.scope.granted, access_token: token(decision.access_token),
        refresh_token: token(decision.refresh_token), id_token: decision.id_token !== null,
      };
    case "status":
      return { alive: decision.alive, status: decision.status };
    default:
      return { outcome: decision.outcome, http_status: decision.response.status, error };
  }
}

test("stored records of version 1 are what the schema says", () => {
  for (const [name, record] of Object.entries(golden.records)) {
    assert.ok(ajv.getSchema(schema.$id)(record), name);
  }
});

test(`stored records of version 1 are read and decided as ever: ${golden.cases.length} cases`, () => {
  for (const { profile, call, input: given, records, expect } of golden.cases) {
    const policy = Policy.profile(profile);
    const stored = Object.fromEntries(Object.entries(records).map(([place, name]) => [place, golden.records[name]]));
    const decision = call === "status" ? policy.status(stored.record, given) : policy[call]({ ...given, ...stored });
    assert.deepEqual(observed(call, decision), expect, `${profile}, ${call}: ${Object.values(records)}`);
  }
});
