// ESM and CommonJS are one instance, and both export what the declarations promise.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as grantwise from "grantwise";
import * as inline from "grantwise/inline";
import { input } from "./input.js";

const require = createRequire(import.meta.url);
const common = require("grantwise");

const NAMES = [
  "Client", "GrantwiseError", "Policy", "atHash", "cHash", "configuration", "form", "knobs", "location", "profiles", "ready",
  "rules", "tokenResponse", "version",
];

test("every entry point exports the same names", () => {
  assert.deepEqual(Object.keys(grantwise).sort(), NAMES);
  assert.deepEqual(Object.keys(common).sort(), NAMES);
  assert.deepEqual(Object.keys(inline).sort(), NAMES);
});

test("the declarations declare these names as values, and no others", () => {
  const declarations = readFileSync(new URL("./node_modules/grantwise/index.d.ts", import.meta.url), "utf8");
  const declared = [...declarations.matchAll(/^export declare (?:class|function|const) (\w+)/gm)].map((match) => match[1]);
  assert.deepEqual(declared.sort(), NAMES);
});

test("ESM and CommonJS share one instance", () => {
  for (const name of NAMES) {
    assert.equal(grantwise[name], common[name], name);
  }
  assert.ok(common.Policy.profile("openid-core") instanceof grantwise.Policy);
});

test("ready() resolves at once in Node", async () => {
  assert.equal(await grantwise.ready(), undefined);
});

test("the version is that of package.json", () => {
  assert.equal(grantwise.version, require("grantwise/package.json").version);
});

test("the inline entry decides the same", () => {
  const decide = ({ Policy }) => Policy.profile("openid-core").authorize(input());
  assert.deepEqual(decide(inline), decide(grantwise));
});

test("nothing but the documented entry points can be reached", () => {
  assert.throws(() => require("grantwise/api.cjs"), { code: "ERR_PACKAGE_PATH_NOT_EXPORTED" });
  assert.throws(() => require("grantwise/inline.cjs"), { code: "ERR_PACKAGE_PATH_NOT_EXPORTED" });
});
