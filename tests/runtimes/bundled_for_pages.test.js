// Bundles for pages, each in Chromium under a strict Content-Security-Policy and with nothing missing.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { test } from "node:test";
import { title } from "./chromium.js";
import { EXPECTED, page, parcel, project } from "./support.js";

/** The page of a bundle that is one file. */
const INDEX = '<!doctype html><title></title><link rel="icon" href="data:,"><script type="module" src="/main.js"></script>';
const pageOf = (options) => ({ ...page(options), "built/index.html": INDEX });

const ENGINES = ["grantwise_bg.wasm", "grantwise_simulation_bg.wasm", "grantwise_explore_bg.wasm"];

/** For bundlers that leave `new URL(..., import.meta.url)` as it is: the files are copied beside the bundle, as the README says. */
function copyEngines(cwd) {
  for (const name of ENGINES) cpSync(join(cwd, "node_modules/grantwise", name), join(cwd, "built", name));
}

/** An import map stands in the page. Parcel writes one. */
const INLINE = "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'";

async function assertShows(folder, options) {
  assert.equal(await title(folder, options), EXPECTED);
}

test("no bundler: an import map", async () => {
  const imports = Object.fromEntries(
    [["grantwise", "web"], ["grantwise/simulation", "simulation"], ["grantwise/explore", "explore"]]
      .map(([entry, file]) => [entry, `/node_modules/grantwise/${file}.js`]),
  );
  const cwd = await project({
    ...page(),
    "index.html": INDEX.replace("<script", `<script type="importmap">${JSON.stringify({ imports })}</script><script`),
  });
  await assertShows(cwd, { policy: INLINE });
});

const BUNDLERS = {
  async esbuild(cwd) {
    const { build } = await import("esbuild");
    await build({ absWorkingDir: cwd, entryPoints: ["main.js"], bundle: true, format: "esm", outdir: "built", logLevel: "error" });
  },
  async rollup(cwd) {
    const { rollup } = await import("rollup");
    const { nodeResolve } = await import("@rollup/plugin-node-resolve");
    const bundle = await rollup({ input: join(cwd, "main.js"), plugins: [nodeResolve({ browser: true })] });
    await bundle.write({ file: join(cwd, "built/main.js"), format: "es" });
  },
  async rolldown(cwd) {
    const { rolldown } = await import("rolldown");
    const bundle = await rolldown({ input: join(cwd, "main.js"), cwd, platform: "browser" });
    await bundle.write({ file: join(cwd, "built/main.js"), format: "esm" });
  },
};

for (const [name, bundle] of Object.entries(BUNDLERS)) {
  test(`${name}, the .wasm files copied`, async () => {
    const cwd = await project(pageOf());
    await bundle(cwd);
    copyEngines(cwd);
    await assertShows(join(cwd, "built"));
  });

  test(`${name}, grantwise/inline, nothing copied`, async () => {
    const cwd = await project({
      ...pageOf(),
      "decide.js": `import { Policy, profiles } from "grantwise/inline";
const decision = Policy.profile(profiles[0].name).authorize({ request: "", client: null, session: null, now: 1 });
export const decided = async () => decision.outcome;
`,
    });
    await bundle(cwd);
    assert.equal(await title(join(cwd, "built")), "error");
  });
}

// Both are bundled by themselves, and their page asks them.
const WORKERS = {
  "a Web Worker": {
    "worker.js": 'import { decided } from "./decide.js";\ndecided().then((text) => postMessage(text));\n',
    "main.js": `new Worker("/worker.js", { type: "module" }).addEventListener("message", ({ data }) => { document.title = data; });\n`,
  },
  "a Service Worker": {
    "worker.js": `import { decided } from "./decide.js";
addEventListener("message", ({ data, ports }) => { decided().then((text) => ports[0].postMessage(data + text)); });
`,
    "main.js": `await navigator.serviceWorker.register("/worker.js", { type: "module" });
const { active } = await navigator.serviceWorker.ready;
const { port1, port2 } = new MessageChannel();
port1.onmessage = ({ data }) => { document.title = data; };
active.postMessage("", [port2]);
`,
  },
};

for (const [name, files] of Object.entries(WORKERS)) {
  test(name, async () => {
    const { build } = await import("esbuild");
    const cwd = await project({ ...pageOf(), ...files });
    await build({ absWorkingDir: cwd, entryPoints: ["main.js", "worker.js"], bundle: true, format: "esm", outdir: "built", logLevel: "error" });
    copyEngines(cwd);
    await assertShows(join(cwd, "built"));
  });
}

for (const name of ["webpack", "@rspack/core"]) {
  for (const mode of ["production", "development"]) {
    test(`${name}, ${mode}`, async () => {
      const bundler = (await import(name)).default;
      const cwd = await project(pageOf());
      const stats = await promisify(bundler)({
        context: cwd, entry: "./main.js", mode, devtool: false, performance: { hints: false },
        output: { path: join(cwd, "built"), filename: "main.js", publicPath: "/" },
      });
      assert.ok(!stats.hasErrors() && !stats.hasWarnings(), stats.toString("errors-warnings"));
      const emitted = stats.toJson({ assets: true }).assets.filter((asset) => asset.name.endsWith(".wasm"));
      assert.equal(emitted.length, mode === "production" ? 3 : 0); // while developing, the engine comes in JavaScript
      await assertShows(join(cwd, "built"));
    });
  }

  test(`${name}: grantwise/inline emits no .wasm file`, async () => {
    const bundler = (await import(name)).default;
    const cwd = await project({ "main.js": 'import { Policy } from "grantwise/inline";\nconsole.log(Policy.profile("aol").name);\n' });
    const stats = await promisify(bundler)({ context: cwd, entry: "./main.js", mode: "production", performance: { hints: false }, output: { path: join(cwd, "built") } });
    assert.deepEqual(stats.toJson({ assets: true }).assets.map((asset) => asset.name), ["main.js"]);
  });
}

test("Parcel", async () => {
  const manifest = { private: true, targets: { default: { distDir: "built" } }, browserslist: "last 2 Chrome versions" };
  const cwd = await project({ ...page(), "package.json": JSON.stringify(manifest) });
  await parcel(cwd, "index.html");
  await assertShows(join(cwd, "built"), { policy: INLINE });
});
