// What every case has in common: an empty folder with the packed package, a program that decides, and what it prints.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after } from "node:test";

/** Where the tools of this folder's lockfile are. */
export const tools = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "node_modules");

/** The packed package. `cargo xtask test --all` names it. */
export const tarball = process.env.GRANTWISE_PACKED;
assert.ok(tarball && existsSync(tarball), "GRANTWISE_PACKED must name the packed package; `cargo xtask test --all` does");

/** The versions of Node that are tried, the oldest first. */
export const NODES = ["node20.0", "node20", "node22", "node24", "node26"];

/** The program of a version of Node. */
export function node(name) {
  const program = join(tools, name, "bin/node");
  // The lockfile has them as optional, because there is one for each machine. None is passed over.
  assert.ok(existsSync(program), `${name} is not installed: it is there for Linux on x64 only`);
  return program;
}

/** A program installed under tests/runtimes/node_modules/. */
export const tool = (path) => join(tools, path);

// One folder for all cases of a file, removed at the end. Outside the checkout, whose node_modules nobody must see.
const root = mkdtempSync(join(tmpdir(), "grantwise-"));
after(() => {
  for (const folder of [root, join(tools, "../target", basename(root))]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
let cases = 0;
let installed;

/**
 * An empty folder with these files, and the package installed; `links` are packages of this folder that it needs. What
 * follows no link has to lie `beside` them, and finds them above itself.
 */
export async function project(files, { links = [], type = "module", install = true, beside = false } = {}) {
  installed ??= installation();
  cases += 1;
  const folder = join(beside ? join(tools, "../target", basename(root)) : root, `case${cases}`);
  write(folder, { "package.json": JSON.stringify({ private: true, type }), ...files });
  if (install) cpSync(join(await installed, "node_modules"), join(folder, "node_modules"), { recursive: true });
  for (const name of links) {
    mkdirSync(dirname(join(folder, "node_modules", name)), { recursive: true });
    symlinkSync(join(tools, name), join(folder, "node_modules", name));
  }
  return folder;
}

/** Installed by npm once; each case gets a copy. */
async function installation() {
  const folder = join(root, "installed");
  write(folder, { "package.json": JSON.stringify({ private: true }) });
  // Offline: a package without dependencies needs no registry.
  const options = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
  await run("npm", ["install", ...options, tarball], { cwd: folder });
  return folder;
}

export function write(folder, files) {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** Moves what was built to a folder that has nothing else, so that only the bundle itself can run. */
export function alone(folder, built, type = "commonjs") {
  cases += 1;
  const place = join(root, `alone${cases}`);
  cpSync(join(folder, built), place, { recursive: true });
  if (!existsSync(join(place, "package.json"))) write(place, { "package.json": JSON.stringify({ type }) });
  return place;
}

/** Runs a program to its end; what it prints on standard output. It must say nothing of a deprecation. */
export async function run(program, words, { cwd, env = {}, seconds = 300 } = {}) {
  const { code, output, errors } = await ended(program, words, { cwd, env, seconds });
  assert.equal(code, 0, `${program} ${words.join(" ")} ended with ${code}:\n${output}\n${errors}`);
  for (const line of errors.split("\n")) {
    assert.ok(!/grantwise.*deprecat|deprecat.*grantwise/i.test(line), line);
  }
  return output;
}

function ended(program, words, { cwd, env, seconds }) {
  return new Promise((resolve, reject) => {
    // Neither this test runner's own settings nor those of npm.
    const { NODE_OPTIONS, NODE_TEST_CONTEXT, ...inherited } = process.env;
    const child = spawn(program, words, { cwd, env: { ...inherited, NO_COLOR: "1", ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let errors = "";
    child.stdout.on("data", (data) => { output += data; });
    child.stderr.on("data", (data) => { errors += data; });
    const timer = setTimeout(() => child.kill("SIGKILL"), seconds * 1000);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code: code ?? signal, output, errors });
    });
  });
}

const CLIENT = `{
  client_id: "c1", redirect_uris: ["https://client.example/cb"], grant_types: ["authorization_code", "refresh_token"],
}`;

/** Decides, and returns what came of it as text. */
const BODY = `
const client = ${CLIENT};
const parameters = { client_id: "c1", response_type: "code", redirect_uri: "https://client.example/cb", scope: "openid" };

export function decided() {
  const policy = Policy.profile("openid-core", { issuer: "https://as.example" });
  const request = new URLSearchParams({ ...parameters, prompt: "none", state: "é" }).toString();
  const decision = policy.authorize({ request, client, session: null, grant: null, now: 1_700_000_000 });
  const simulated = new Simulation(policy, { client }).step({ action: "authorize", params: parameters });
  const why = policy.explain(decision).sentences[0].rule;
  const sent = location(decision).replace(/&error_description=[^&]*/, ""); // a sentence, which may be worded better
  return JSON.stringify([sent, simulated.result, profiles[0].name, why]);
}
`;

/** What every runtime must say. The parameters are those of RFC 6749, section 4.1.2.1, and RFC 9207. */
export const EXPECTED = JSON.stringify([
  "https://client.example/cb?error=login_required&state=%C3%A9&iss=https%3A%2F%2Fas.example", "code", "aol", "sign_in.prompt_none",
]);

/** A module that exports `decided()`. */
export function decide({ from = "grantwise" } = {}) {
  return `import { Policy, location, profiles } from "${from}";\nimport { Simulation } from "grantwise/simulation";\nimport "grantwise/explore";\n${BODY}`;
}

/** The same in CommonJS. */
export function decideCommon({ from = "grantwise" } = {}) {
  const names = `const { Policy, location, profiles } = require("${from}");\nconst { Simulation } = require("grantwise/simulation");\nrequire("grantwise/explore");\n`;
  return `"use strict";\n${names}${BODY.replace("export function", "function")}\nmodule.exports = { decided };\n`;
}

/** A module that exports `decided()`, which waits for the engine first: for pages, and right everywhere. */
export function decideLater({ from = "grantwise" } = {}) {
  return `import { Policy, location, profiles, ready } from "${from}";
import { Simulation, ready as readyToo } from "grantwise/simulation";
import { ready as readyAsWell } from "grantwise/explore";
${BODY.replace("export function decided() {", "export async function decided() {\n  await Promise.all([ready(), readyToo(), readyAsWell()]);")}`;
}

/** A program that prints it. */
export const PRINT = 'import { decided } from "./decide.js";\nconsole.log(await decided());\n';
export const PRINT_SYNC = 'import { decided } from "./decide.js";\nconsole.log(decided());\n';

/** The files of a program for a server. */
export const server = () => ({ "decide.js": decide(), "main.js": PRINT_SYNC });

/** The files of a page. */
export const page = (options) => ({
  "decide.js": decideLater(options),
  "main.js": `import { decided } from "./decide.js";
decided().then((text) => { document.title = text; }, (error) => { document.title = \`failed: \${error}\`; });
`,
  "index.html": '<!doctype html><title></title><link rel="icon" href="data:,"><script type="module" src="/main.js"></script>',
});

/** The last line is the decision. */
export function assertDecided(output, message) {
  assert.equal(output.trim().split("\n").at(-1), EXPECTED, message ?? output);
}

/** Parcel in a process of its own: it does not end otherwise. */
export function parcel(cwd, entry) {
  return run(process.execPath, [tool("parcel/lib/bin.js"), "build", entry, "--no-cache", "--no-source-maps"], {
    cwd, env: { PARCEL_WORKERS: "0", PARCEL_WORKER_BACKEND: "process" },
  });
}
