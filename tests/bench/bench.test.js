// Whether the bench may be believed: the handwritten policy decides as the package does, the inputs are what the
// documentation says, and what is printed for machines has the form that was promised. No time is looked at.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { disagreements } from "./agreement.js";
import { entry } from "./entry.js";
import { HandwrittenPolicy } from "./handwritten.js";
import { CONFIGURATION, LENGTHS, PROFILE, fresh, fingerprint, makeInputs } from "./inputs.js";
import { interleaved, lapOver, median, ratio } from "./measure.js";
import { memory } from "./memory.js";

const folder = process.env.GRANTWISE_PACKAGE;
const { Policy } = await import(pathToFileURL(entry(folder)));
const policy = Policy.profile(PROFILE, CONFIGURATION);
const handwritten = new HandwrittenPolicy(CONFIGURATION);
const inputs = makeInputs({ policy, count: 800, seed: 7 });

test("the handwritten policy decides as the package does, on every input", () => {
  assert.deepEqual(disagreements(policy, handwritten, inputs.authorize), []);
});

// An agreement on nothing but one answer would be none.
test("the inputs reach every outcome, and more than one error", () => {
  const decisions = inputs.authorize.map((input) => policy.authorize(input));
  const outcomes = new Set(decisions.map(({ outcome }) => outcome));
  assert.deepEqual([...outcomes].sort(), ["consent", "error", "issue", "login", "reauthenticate", "select_account"]);
  const codes = new Set(decisions.map(({ error }) => error?.code).filter(Boolean));
  assert.ok(codes.size >= 6, [...codes].join(" "));
  assert.ok(decisions.some(({ tokens }) => tokens?.token_endpoint?.refresh_token));
  assert.ok(decisions.some(({ tokens }) => tokens?.front_channel.access_token));
});

test("a handwritten policy that forgets one check is found out", () => {
  const forgets = {
    max_age: ({ request, ...input }) => ({ ...input, request: request.replace("max_age=300", "") }),
    expiry: ({ grant, ...input }) => ({ ...input, grant: grant && { ...grant, status: "active" } }),
    shown: ({ answers, ...input }) => ({ ...input, answers: answers.filter(({ result }) => result !== "denied") }),
    owner: ({ grant, ...input }) => ({ ...input, grant: grant && { ...grant, sub: input.session?.sub } }),
    redirect: ({ request, client, ...input }) => {
      const redirect = new URLSearchParams(request).get("redirect_uri") ?? "";
      return { ...input, request, client: client && { ...client, redirect_uris: [...client.redirect_uris, redirect] } };
    },
  };
  for (const [name, forget] of Object.entries(forgets)) {
    const careless = { authorize: (input) => handwritten.authorize(forget(input)) };
    assert.notEqual(disagreements(policy, careless, inputs.authorize).length, 0, name);
  }
});

test("queries are as long as servers get them, and all different", () => {
  const queries = inputs.authorize.map(({ request }) => request);
  const [shortest, longest] = LENGTHS;
  assert.ok(queries.every(({ length }) => length >= shortest && length <= longest));
  assert.equal(new Set(queries).size, queries.length);
});

test("the same seed makes the same inputs", () => {
  assert.equal(fingerprint(makeInputs({ policy, count: 40, seed: 7 })), fingerprint(makeInputs({ policy, count: 40, seed: 7 })));
  assert.notEqual(fingerprint(makeInputs({ policy, count: 40, seed: 7 })), fingerprint(makeInputs({ policy, count: 40, seed: 8 })));
});

test("fresh inputs say the same, and share the client alone", () => {
  const copies = fresh(inputs.authorize);
  assert.deepEqual(copies, inputs.authorize);
  assert.equal(copies[0].client, inputs.authorize[0].client);
  assert.notEqual(copies[0], inputs.authorize[0]);
});

test("every row runs in every round", async () => {
  const calls = [];
  const rows = ["one", "other"].map((id) => ({ id, lap: lapOver([1, 2, 3], () => calls.push(id)) }));
  const laps = await interleaved(rows, { rounds: 4, warmUp: 1, shortest: 0 });
  assert.deepEqual([...laps].map(([id, { length }]) => [id, length]), [["one", 4], ["other", 4]]);
  assert.equal(calls.length, 2 * 3 * 5);
});

test("medians and ratios", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  // Of the rounds, not of the medians: a slow moment slows both.
  assert.equal(ratio([2, 20, 2], [1, 10, 1]), 2);
});

test("the watch on memory makes its calls, half of them malformed", () => {
  const lines = [];
  const { decided, misuse, thrown, trapped, rows } = memory(policy, inputs, { calls: 120, intervals: 4, say: (line) => lines.push(line) });
  assert.equal(decided + misuse + thrown + trapped, 121);
  assert.ok(decided > 60 && misuse > 20);
  assert.equal(trapped, 0);
  assert.deepEqual(rows.map(({ calls }) => calls), [0, 30, 60, 90, 120]);
});

test("what is printed for machines has its form", () => {
  const program = ["--expose-gc", fileURLToPath(new URL("main.js", import.meta.url)), "--package", folder, "--quick", "--json"];
  if (process.env.GRANTWISE_NATIVE) program.push("--native", process.env.GRANTWISE_NATIVE);
  const printed = JSON.parse(execFileSync(process.execPath, program, { stdio: ["ignore", "pipe", "ignore"], encoding: "utf8" }));
  const ids = printed.rows.map(({ id }) => id);
  const expected = ["package_query", "package_object", "package_refresh", "package_exchange", "package_event", "handwritten_js", "package_explain",
    "package_suggest_no_consent_screen"];
  if (process.env.GRANTWISE_NATIVE) expected.push("native_query");
  for (const id of expected) assert.ok(ids.includes(id), id);
  for (const row of printed.rows) {
    for (const member of ["us_median", "us_min", "us_max"]) assert.equal(typeof row[member], "number", `${row.id} ${member}`);
    assert.ok(row.us_min <= row.us_median && row.us_median <= row.us_max, row.id);
  }
  assert.deepEqual(printed.space.map(({ id }) => id), ["explore", "equivalent", "diff_security-bcp", "diff_microsoft-entra"]);
  assert.ok(printed.space.every(({ ms_median: ms }) => ms > 0));
  assert.deepEqual(printed.cold.map(({ id }) => id), ["package_import", "package_require"]);
  assert.ok(printed.cold.every(({ ms_over_empty: ms }) => typeof ms === "number"));
  assert.ok(printed.wasm_gzip_bytes > 10_000 && printed.wasm.length >= 2);
});
