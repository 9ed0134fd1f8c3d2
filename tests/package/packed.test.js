// What is in the package, and what a bundle takes of it.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const folder = join(import.meta.dirname, "node_modules/grantwise");
const checkout = process.env.GRANTWISE_CHECKOUT;
const { build } = createRequire(join(checkout, "package.json"))("esbuild");
const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  .sort();

const both = (...names) => names.flatMap((name) => [`${name}.js`, `${name}.cjs`]);
const SAMPLES = [
  "first_decision", "tokens", "server", "http", "store", "endpoints", "express", "express_routes", "fastify", "mcp", "mcp_preflight", "workers",
  "workers_pages", "better_auth", "hydra", "oidc_provider", "oidc_provider_shadow",
].map((name) => `samples/${name}.mjs`);
const declared = (...names) => names.flatMap((name) => [`${name}.d.ts`, `${name}.d.cts`]);

test("the package has these files and no others", () => {
  assert.deepEqual(files, [
    "package.json", "README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "schema/records.json",
    ...SAMPLES,
    // The entries.
    ...both("inline", "node", "simulation_inline", "explore_inline", "catalogue"), "shared.js",
    ...["simulation", "explore"].map((name) => `${name}_node.js`),
    ...["web", "engine", "simulation", "explore"].flatMap((name) => [`${name}.js`, `${name}_development.js`]),
    ...["workerd", "edge"].flatMap((name) => [`${name}.js`, `simulation_${name}.js`, `explore_${name}.js`]),
    // What they are made of.
    ...["api", "boundary", "errors", "hashes", "tables", "base64", "text", "loader"].map((name) => `${name}.js`), "modules.cjs",
    ...both("public", "simulation_api", "explore_api"),
    ...both("store", ...["connections", "decisions", "effects", "errors", "memory", "queue", "requests", "schema", "secrets",
      "sessions", "sql", "statements", "sweep"].map((name) => `store_${name}`)),
    ...both("oidc-provider", ...["afterwards", "attach", "authorization", "binding", "compared", "configuration", "enforce", "errors", "interaction", "records",
      "refusals", "session", "shadow", "situation", "summaries", "tokens"].map((name) => `oidc_provider_${name}`)),
    ...["api", "boundary", "tables"].map((name) => `${name}_page.js`),
    // The engines.
    ...["grantwise", "grantwise_page", "grantwise_simulation", "grantwise_explore"].flatMap((name) => (
      [`${name}_bg.wasm`, `${name}_bytes.js`]
    )),
    "grantwise_bytes.cjs", "grantwise_simulation_bytes.cjs", "grantwise_explore_bytes.cjs",
    // The declarations.
    ...declared("index", "ids", "engine", "catalogue", "simulation", "explore", "store", "oidc-provider"), "web.d.ts", "inline.d.ts", "wasm.d.ts",
  ].sort());
});

/** Every file that an entry point leads to, under every condition. */
function reachable() {
  const targets = (value) => (typeof value === "string" ? [value] : Object.values(value).flatMap(targets));
  const found = new Set();
  const visit = (name) => {
    if (found.has(name)) return;
    found.add(name);
    if (!/\.(js|cjs|ts|cts)$/.test(name)) return;
    const text = readFileSync(join(folder, name), "utf8");
    for (const [, next] of text.matchAll(/(?:from |require\(|new URL\()"\.\/([^"?]+)/g)) {
      visit(/\.d\.c?ts$/.test(name) ? next.replace(/\.(c?)js$/, ".d.$1ts") : next);
    }
  };
  for (const target of [...targets(manifest.exports), manifest.main, manifest.browser, manifest.types]) {
    if (!target.includes("*")) visit(target.slice(2));
  }
  return found;
}

test("every file of code is used by an entry, and every file that an entry names is there", () => {
  const found = reachable();
  // The older resolution of TypeScript finds these beside the files of the same name.
  for (const name of ["web.d.ts", "inline.d.ts"]) found.add(name);
  const text = ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "schema/records.json", ...SAMPLES];
  assert.deepEqual([...found].sort(), files.filter((name) => !text.includes(name)));
});

test("a CommonJS file exports what its module exports", async () => {
  const require = createRequire(import.meta.url);
  for (const name of files.filter((one) => one.endsWith(".cjs") && one !== "modules.cjs")) {
    const common = require(join(folder, name));
    const module = await import(join(folder, name.replace(/cjs$/, "js")));
    assert.deepEqual(Object.keys(common).sort(), Object.keys(module).sort(), name);
  }
});

test("nothing names a folder of the machine that built it", () => {
  for (const name of files) {
    const text = readFileSync(join(folder, name), "latin1");
    for (const place of [checkout, homedir(), "/registry/src/", "index.crates.io"]) {
      if (place.length > 1) assert.ok(!text.includes(place), `${name} has ${place}`);
    }
  }
});

test("package.json says where the project is, and how it is published", () => {
  for (const member of ["description", "homepage", "author", "license"]) assert.ok(manifest[member], member);
  assert.ok(manifest.keywords.length > 5);
  assert.match(manifest.repository.url, /^git\+https:.*\.git$/);
  assert.ok(manifest.bugs.url);
  assert.deepEqual(manifest.publishConfig, { access: "public", provenance: true });
  assert.equal(manifest.dependencies, undefined);
  assert.ok(readFileSync(join(folder, "CHANGELOG.md"), "utf8").includes(`\n## ${manifest.version}\n`));
});

/** A bundle of these imports, minified. */
async function bundled(contents, platform) {
  const { outputFiles, warnings } = await build({
    stdin: { contents, resolveDir: import.meta.dirname }, bundle: true, minify: true, format: "esm", write: false,
    platform, logLevel: "silent",
  });
  assert.deepEqual(warnings, []);
  return outputFiles[0].text;
}

test("a page takes what it uses: location() without tables and engine, a table without the others", async () => {
  assert.ok((await bundled('import { location } from "grantwise"; globalThis.x = location;', "browser")).length < 2000);
  const table = await bundled('import { configuration } from "grantwise"; globalThis.x = configuration;', "browser");
  assert.ok(table.length < 10_000 && table.includes("code_lifetime_s"), `${table.length}`);
});

test("what is ready on import stays so in a bundle", async () => {
  for (const entry of ["grantwise", "grantwise/inline"]) {
    const text = await bundled(`import { location } from "${entry}"; globalThis.x = location;`, "node");
    assert.ok(text.includes("WebAssembly.Module"), entry);
    assert.ok(!text.includes("What becomes of offline_access"), `${entry} has the tables`);
  }
});

test("UTF-8 and base64 where the runtime has none", async () => {
  const { Decoder, Encoder } = await import(join(folder, "text.js"));
  const { looped } = await import(join(folder, "base64.js"));
  const texts = ["", "aß€😀é\u0000", "\ud800", "x\udfff😀", "\u07ff\u0800\uffff\u{10ffff}"];
  for (const text of texts) {
    const expected = new TextEncoder().encode(text);
    assert.deepEqual(new Encoder().encode(text), expected);
    assert.equal(new Decoder().decode(expected), new TextDecoder("utf-8", { ignoreBOM: true }).decode(expected));
    assert.deepEqual(looped(Buffer.from(expected).toString("base64")), expected);
    for (let size = 0; size <= expected.length; size += 1) {
      const [target, reference] = [new Uint8Array(size), new Uint8Array(size)];
      assert.deepEqual(new Encoder().encodeInto(text, target), new TextEncoder().encodeInto(text, reference));
      assert.deepEqual(target, reference);
    }
  }
});
