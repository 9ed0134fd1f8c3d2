// Every version of Node that the package supports, without a bundler.
import { test } from "node:test";
import { NODES, PRINT_SYNC, assertDecided, decide, decideCommon, node, project, run } from "./support.js";

// Any warning ends the program: of a deprecation, of an experimental feature.
const STRICT = ["--throw-deprecation", "--pending-deprecation", "--trace-uncaught"];

/** Every entry by `require` and by `import`: one engine, and the same classes. */
const ENTRIES = `
import { createRequire } from "node:module";
import assert from "node:assert/strict";
const require = createRequire(import.meta.url);
const whole = await import("grantwise");
for (const entry of ["grantwise", "grantwise/web", "grantwise/inline", "grantwise/engine"]) {
  const [common, module] = [require(entry), await import(entry)];
  assert.equal(common.Policy, whole.Policy, entry);
  assert.equal(module.Policy, whole.Policy, entry);
  await module.ready();
}
assert.equal(require("grantwise/simulation").Simulation, (await import("grantwise/simulation")).Simulation);
assert.equal(typeof whole.Policy.prototype.explain, "undefined");
assert.equal(require("grantwise/explore").explain, (await import("grantwise/explore")).explain);
assert.equal(typeof whole.Policy.prototype.explain, "function");
assert.ok(require("grantwise/catalogue").rules.length === (await import("grantwise/catalogue")).rules.length);
`;

const WORKER = `
import { Worker, isMainThread, parentPort } from "node:worker_threads";
import { decided } from "./decide.js";
if (isMainThread) {
  const here = decided();
  new Worker(new URL(import.meta.url)).on("message", (there) => { console.log(here === there ? there : "they differ"); });
} else {
  parentPort.postMessage(decided());
}
`;

for (const name of NODES) {
  test(`${name}: ESM`, async () => {
    const cwd = await project({ "decide.js": decide(), "main.js": PRINT_SYNC });
    assertDecided(await run(node(name), [...STRICT, "main.js"], { cwd }));
  });

  test(`${name}: CommonJS`, async () => {
    const cwd = await project({ "decide.cjs": decideCommon(), "main.cjs": 'console.log(require("./decide.cjs").decided());' });
    assertDecided(await run(node(name), [...STRICT, "main.cjs"], { cwd }));
  });

  test(`${name}: every entry, by import and by require`, async () => {
    const cwd = await project({ "main.js": ENTRIES });
    await run(node(name), [...STRICT, "main.js"], { cwd });
  });

  test(`${name}: worker threads`, async () => {
    const cwd = await project({ "decide.js": decide(), "main.js": WORKER });
    assertDecided(await run(node(name), [...STRICT, "main.js"], { cwd }));
  });

  test(`${name}: the permission model, with nothing but its own folder to read`, async () => {
    const cwd = await project({ "decide.js": decide(), "main.js": PRINT_SYNC });
    const model = Number(name.replace(/^node(\d+).*/, "$1")) < 24 ? "--experimental-permission" : "--permission";
    assertDecided(await run(node(name), [model, `--allow-fs-read=${cwd}/*`, "main.js"], { cwd }));
  });

  test(`${name}: frozen intrinsics, no code from strings`, async () => {
    const cwd = await project({ "decide.js": decide(), "main.js": PRINT_SYNC });
    assertDecided(await run(node(name), ["--frozen-intrinsics", "--disallow-code-generation-from-strings", "main.js"], { cwd }));
  });
}
