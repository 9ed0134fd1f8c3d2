// Package managers that lay out packages in their own way.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import assert from "node:assert/strict";
import { assertDecided, node, project, run, server, tarball, tool } from "./support.js";

const dependencies = { grantwise: `file:${tarball}` };
const manifest = (more) => ({ ...server(), "package.json": JSON.stringify({ private: true, type: "module", dependencies, ...more }) });

test("pnpm", async () => {
  const cwd = await project(manifest(), { install: false });
  await run(node("node24"), [tool("pnpm/bin/pnpm.cjs"), "install", "--offline", "--ignore-scripts", "--store-dir", join(cwd, ".store")], { cwd });
  assertDecided(await run(node("node20"), ["main.js"], { cwd }));
});

test("Yarn Plug'n'Play", async () => {
  const cwd = await project({ ...manifest(), "yarn.lock": "", ".yarnrc.yml": "enableGlobalCache: false\nenableTelemetry: false\nnodeLinker: pnp\n" }, { install: false });
  const yarn = tool("@yarnpkg/cli-dist/bin/yarn.js");
  const env = { YARN_ENABLE_IMMUTABLE_INSTALLS: "false" };
  await run(node("node22"), [yarn, "install"], { cwd, env });
  assert.ok(!existsSync(join(cwd, "node_modules/grantwise")));
  assertDecided(await run(node("node22"), [yarn, "node", "main.js"], { cwd, env }));
});
