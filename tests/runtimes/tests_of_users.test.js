// Test runners and compilers that load the package while a program runs.
import { test } from "node:test";
import { EXPECTED, PRINT_SYNC, assertDecided, decide, decideCommon, node, project, run, tool } from "./support.js";

const JEST = `
const { decided } = require("./decide.cjs");
test("decides", () => { expect(decided()).toBe(${JSON.stringify(EXPECTED)}); });
`;

for (const environment of ["node", "jsdom"]) {
  test(`Jest, ${environment}`, async () => {
    const cwd = await project({
      "decide.cjs": decideCommon(), "decide.test.cjs": JEST,
      "jest.config.json": JSON.stringify({
        testEnvironment: tool(environment === "node" ? "jest-environment-node" : "jest-environment-jsdom"),
        testMatch: ["**/*.test.cjs"], transform: {}, cache: false, haste: { enableSymlinks: false },
      }),
    });
    await run(process.execPath, [tool("jest/bin/jest.js"), "--config", "jest.config.json", "--ci", "--runInBand"], { cwd });
  });
}

const VITEST = `
import { expect, test } from "vitest";
import { decided } from "./decide.js";
test("decides", () => { expect(decided()).toBe(${JSON.stringify(EXPECTED)}); });
`;

for (const inline of [false, true]) {
  test(`Vitest, the package ${inline ? "inside" : "outside"}`, async () => {
    const cwd = await project({
      "decide.js": decide(), "decide.test.js": VITEST,
      "vitest.config.js": `export default { test: { server: { deps: ${inline ? "{ inline: true }" : "{}"} } } };\n`,
    }, { links: ["vitest"] });
    await run(process.execPath, [tool("vitest/vitest.mjs"), "run", "--no-cache"], { cwd });
  });
}

// TypeScript without a build, as modules and as CommonJS.
const LOADERS = { tsx: "tsx", "@swc-node/register": "@swc-node/register/esm-register" };
for (const [name, loader] of Object.entries(LOADERS)) {
  test(`${name}, ESM`, async () => {
    const files = { "decide.ts": decide(), "main.ts": PRINT_SYNC.replace("./decide.js", "./decide.ts"), "tsconfig.json": TSCONFIG };
    const cwd = await project(files, { links: [name] });
    assertDecided(await run(node("node22"), ["--import", loader, "main.ts"], { cwd }));
  });
}

const TSCONFIG = JSON.stringify({
  compilerOptions: { module: "nodenext", moduleResolution: "nodenext", target: "es2022", strict: false, allowImportingTsExtensions: true, noEmit: true },
});

const COMMON = { "tsx": tool("tsx/dist/cjs/index.cjs"), "ts-node": tool("ts-node/register/index.js") };
for (const [name, register] of Object.entries(COMMON)) {
  test(`${name}, CommonJS`, async () => {
    const options = { module: "commonjs", moduleResolution: "node", target: "es2022", strict: false, ignoreDeprecations: "5.0", types: [] };
    const cwd = await project({
      "decide.ts": decide(), "main.ts": 'import { decided } from "./decide";\ndeclare const console: any;\nconsole.log(decided());\n',
      "tsconfig.json": JSON.stringify({ compilerOptions: options }),
    }, { type: "commonjs" });
    const env = { TS_NODE_COMPILER: tool("typescript/lib/typescript.js") };
    assertDecided(await run(node("node20"), ["--require", register, "main.ts"], { cwd, env }));
  });
}

test("SWC to CommonJS", async () => {
  const { transformSync } = (await import("@swc/core")).default;
  const compiled = (text) => transformSync(text, { module: { type: "commonjs" }, jsc: { target: "es2022" } }).code;
  const cwd = await project({ "decide.js": compiled(decide()), "main.js": compiled(PRINT_SYNC) }, { type: "commonjs" });
  assertDecided(await run(node("node20.0"), ["main.js"], { cwd }));
});
