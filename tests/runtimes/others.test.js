// Runtimes that are not Node, each without permissions, flags or settings.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { EXPECTED, alone, assertDecided, decideCommon, node, project, run, server, tool } from "./support.js";

const deno = tool("@deno/linux-x64-glibc/deno");
const bun = tool("@oven/bun-linux-x64/bin/bun");
/** Deno keeps its caches in a folder of the test. */
const denoAt = (cwd) => ({ cwd, env: { DENO_DIR: join(cwd, ".deno"), DENO_NO_UPDATE_CHECK: "1" } });

test("Deno without permissions, ESM", async () => {
  const cwd = await project(server());
  assertDecided(await run(deno, ["run", "--no-remote", "--no-prompt", "--node-modules-dir=manual", "main.js"], denoAt(cwd)));
});

test("Deno without permissions, CommonJS", async () => {
  const cwd = await project({ "decide.cjs": decideCommon(), "main.cjs": 'console.log(require("./decide.cjs").decided());' });
  const words = ["run", "--no-remote", "--no-prompt", "--node-modules-dir=manual", `--allow-read=${cwd}`, "main.cjs"];
  assertDecided(await run(deno, words, denoAt(cwd)));
});

test("Bun, ESM and CommonJS", async () => {
  const cwd = await project({
    ...server(), "decide.cjs": decideCommon(), "common.cjs": 'console.log(require("./decide.cjs").decided());',
  });
  assertDecided(await run(bun, ["main.js"], { cwd }));
  assertDecided(await run(bun, ["common.cjs"], { cwd }));
});

for (const target of ["node", "bun"]) {
  test(`Bun builds for ${target}`, async () => {
    const cwd = await project(server());
    await run(bun, ["build", "main.js", `--target=${target}`, "--outfile=built/main.mjs"], { cwd });
    assertDecided(await run(target === "bun" ? bun : node("node20"), ["main.mjs"], { cwd: alone(cwd, "built") }));
  });
}

test("Bun compiles to one executable file", async () => {
  const cwd = await project(server());
  await run(bun, ["build", "main.js", "--compile", "--outfile=built/main"], { cwd });
  const place = alone(cwd, "built");
  assertDecided(await run(join(place, "main"), [], { cwd: place }));
});

// A worker as the bundlers of Workers make it: JavaScript in one file, each .wasm file beside it as a module.
const WORKER = 'import { decided } from "./decide.js";\nexport default { fetch: () => new Response(decided()) };\n';
const ASK = `
import { readFileSync } from "node:fs";
import { Miniflare } from ${JSON.stringify(tool("miniflare/dist/src/index.js"))};
const [date, ...files] = process.argv.slice(2);
const modules = files.map((path) => path.endsWith(".wasm")
  ? { type: "CompiledWasm", path, contents: readFileSync(path) } : { type: "ESModule", path, contents: readFileSync(path, "utf8") });
const worker = new Miniflare({ modules, compatibilityDate: date });
try {
  console.log(await (await worker.dispatchFetch("http://localhost/")).text());
} finally {
  await worker.dispose();
}
`;

// Before 2025-07 a Worker could not compile a module while it starts; today it cannot after that.
for (const [entry, date] of [["grantwise", "2024-01-01"], ["grantwise/inline", "2024-01-01"], ["grantwise", "2026-07-01"]]) {
  test(`workerd of ${date}: ${entry}, grantwise/simulation`, async () => {
    const { build } = await import("esbuild");
    const files = server();
    const cwd = await project({ ...files, "decide.js": files["decide.js"].replace('"grantwise"', JSON.stringify(entry)), "worker.js": WORKER, "ask.mjs": ASK });
    await build({
      absWorkingDir: cwd, entryPoints: ["worker.js"], bundle: true, format: "esm", outdir: "built",
      conditions: ["workerd", "worker", "browser"], loader: { ".wasm": "copy" }, assetNames: "[name]", logLevel: "error",
    });
    const built = ["built/worker.js", "built/grantwise_bg.wasm", "built/grantwise_simulation_bg.wasm", "built/grantwise_explore_bg.wasm"];
    assertDecided(await run(node("node24"), ["ask.mjs", date, ...built], { cwd }));
  });
}

test("Vercel's edge runtime, with the modules handed over as Vercel does", async () => {
  const { build } = await import("esbuild");
  const { EdgeRuntime } = await import("edge-runtime");
  const cwd = await project({ ...server(), "edge.js": 'import { decided } from "./decide.js";\nglobalThis.answer = decided();\n' });
  const given = {};
  // What Vercel's own builder does with `*.wasm?module`: a global name, which the runtime binds to the module.
  const wasm = {
    name: "wasm",
    setup(building) {
      building.onResolve({ filter: /\.wasm\?module$/ }, ({ path, resolveDir }) => ({ namespace: "wasm", path: join(resolveDir, path.split("?")[0]) }));
      building.onLoad({ filter: /./, namespace: "wasm" }, ({ path }) => {
        const name = `wasm${Object.keys(given).length}`;
        given[name] = new WebAssembly.Module(readFileSync(path));
        return { contents: `export default ${name};` };
      });
    },
  };
  const { outputFiles } = await build({
    absWorkingDir: cwd, entryPoints: ["edge.js"], bundle: true, format: "iife", write: false,
    conditions: ["edge-light", "worker", "browser"], plugins: [wasm], logLevel: "error",
  });
  assert.equal(Object.keys(given).length, 3); // of servers, of the simulation and of the explorer
  const runtime = new EdgeRuntime({ extend: (context) => Object.assign(context, given) });
  runtime.evaluate(outputFiles[0].text);
  assert.equal(runtime.evaluate("answer"), EXPECTED);
});
