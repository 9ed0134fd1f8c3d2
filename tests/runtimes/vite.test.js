// Vite from 5 to 8: a page while it is developed and when it is built, and both for a server.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { title, titleAt } from "./chromium.js";
import { EXPECTED, alone, assertDecided, node, page, project, run, server, tool } from "./support.js";

for (const name of ["vite5", "vite6", "vite7", "vite8"]) {
  const vite = () => {
    delete process.env.NODE_ENV; // a build sets it, and the next server would take itself for one in production
    return import(pathToFileURL(tool(`${name}/dist/node/index.js`)).href);
  };
  const quiet = (root) => ({ root, configFile: false, logLevel: "error", cacheDir: join(root, ".cache") });

  test(`${name}: the built page`, async () => {
    const { build } = await vite();
    const cwd = await project(page());
    await build({ ...quiet(cwd), build: { outDir: "built", assetsInlineLimit: 0 } });
    assert.equal(await title(join(cwd, "built")), EXPECTED);
  });

  test(`${name}: the page while it is developed, with no setting`, async () => {
    const { createServer } = await vite();
    const cwd = await project(page());
    const running = await createServer({ ...quiet(cwd), server: { host: "127.0.0.1", port: 0 } });
    try {
      await running.listen();
      assert.equal(await titleAt(`http://127.0.0.1:${running.httpServer.address().port}/`), EXPECTED);
    } finally {
      await running.close();
    }
  });

  test(`${name}: a server, with the package inside`, async () => {
    const { build } = await vite();
    const cwd = await project(server());
    await build({ ...quiet(cwd), ssr: { noExternal: true }, build: { ssr: "main.js", outDir: "built" } });
    assertDecided(await run(node("node20"), ["main.js"], { cwd: alone(cwd, "built", "module") }));
  });

  for (const noExternal of [true, false]) {
    test(`${name}: a server while it is developed, the package ${noExternal ? "inside" : "outside"}`, async () => {
      const { createServer } = await vite();
      const cwd = await project(server());
      const running = await createServer({
        ...quiet(cwd), appType: "custom", server: { middlewareMode: true, ws: false, hmr: false }, optimizeDeps: { noDiscovery: true }, ssr: { noExternal: noExternal || undefined },
      });
      try {
        const { decided } = await running.ssrLoadModule("/decide.js");
        assert.equal(decided(), EXPECTED);
      } finally {
        await running.close();
      }
    });
  }
}
