// Bundles for servers, each run in a folder of its own, where nothing can be read beside it.
import { join } from "node:path";
import { promisify } from "node:util";
import { test } from "node:test";
import { alone, assertDecided, node, parcel, project, run, server, tool } from "./support.js";

/** Runs the one file of a bundle. */
async function assertRuns(cwd, file) {
  assertDecided(await run(node("node20"), [file], { cwd: alone(cwd, "built") }));
}

const EXTENSIONS = { esm: "mjs", es: "mjs", cjs: "cjs" };

for (const format of ["cjs", "esm"]) {
  test(`esbuild to ${format}`, async () => {
    const { build } = await import("esbuild");
    const cwd = await project(server());
    const file = `main.${EXTENSIONS[format]}`;
    await build({ absWorkingDir: cwd, entryPoints: ["main.js"], bundle: true, platform: "node", format, outfile: `built/${file}`, logLevel: "error" });
    await assertRuns(cwd, file);
  });
}

for (const format of ["cjs", "es"]) {
  test(`Rollup to ${format}`, async () => {
    const { rollup } = await import("rollup");
    const { nodeResolve } = await import("@rollup/plugin-node-resolve");
    const commonjs = (await import("@rollup/plugin-commonjs")).default;
    const cwd = await project(server());
    const bundle = await rollup({
      input: join(cwd, "main.js"), plugins: [nodeResolve({ exportConditions: ["node"] }), commonjs()], onwarn: fail,
    });
    const file = `main.${EXTENSIONS[format]}`;
    await bundle.write({ file: join(cwd, "built", file), format });
    await assertRuns(cwd, file);
  });
}

for (const format of ["cjs", "esm"]) {
  test(`Rolldown to ${format}`, async () => {
    const { rolldown } = await import("rolldown");
    const cwd = await project(server());
    const bundle = await rolldown({ input: join(cwd, "main.js"), cwd, platform: "node", onLog: (_level, log) => fail(log) });
    const file = `main.${EXTENSIONS[format]}`;
    await bundle.write({ file: join(cwd, "built", file), format });
    await assertRuns(cwd, file);
  });
}

for (const name of ["webpack", "@rspack/core"]) {
  for (const mode of ["production", "development"]) {
    test(`${name} for Node, ${mode}`, async () => {
      const bundler = (await import(name)).default;
      const cwd = await project(server());
      const stats = await promisify(bundler)({
        context: cwd, entry: "./main.js", mode, target: "node", devtool: false,
        output: { path: join(cwd, "built"), filename: "main.cjs" },
      });
      if (stats.hasErrors() || stats.hasWarnings()) fail(stats.toString("errors-warnings"));
      await assertRuns(cwd, "main.cjs");
    });
  }
}

test("ncc", async () => {
  const cwd = await project(server());
  await run(process.execPath, [tool("@vercel/ncc/dist/ncc/cli.js"), "build", "main.js", "--out", "built", "--no-cache"], { cwd });
  await assertRuns(cwd, "index.js");
});

// Parcel reads `exports` only when it is told to; without, it knows the main entry.
test("Parcel for Node", async () => {
  const target = { context: "node", outputFormat: "commonjs", includeNodeModules: true, distDir: "built", optimize: false };
  const manifest = { private: true, targets: { server: target }, "@parcel/resolver-default": { packageExports: true } };
  const cwd = await project({ ...server(), "package.json": JSON.stringify(manifest) });
  await parcel(cwd, "main.js");
  await assertRuns(cwd, "main.js");
});

test("Nitro without externals", async () => {
  const cwd = await project({
    ...server(),
    "server/routes/index.js": 'import { decided } from "../../decide.js";\nexport default defineEventHandler(() => decided());\n',
    "nitro.config.mjs": 'export default { srcDir: "server", noExternals: true, compatibilityDate: "2025-07-01", telemetry: false };\n',
  }, { links: ["nitropack"] });
  await run(process.execPath, [tool("nitropack/dist/cli/index.mjs"), "build", "--preset", "node-listener"], { cwd });
  const place = alone(cwd, ".output/server");
  const ask = `
const { listener } = await import("./index.mjs");
const { createServer } = await import("node:http");
const server = createServer(listener).listen(0, async () => {
  console.log(await (await fetch("http://127.0.0.1:" + server.address().port)).text());
  process.exit();
});
`;
  assertDecided(await run(node("node22"), ["--input-type=module", "--eval", ask], { cwd: place }));
});

function fail(message) {
  throw new Error(typeof message === "string" ? message : message.message);
}
