// Next with both of its bundlers: a route handler in Node, one in the edge runtime, a page with a client component, and
// the proxy, which answers with an empty body when its module fails.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { titleAt } from "./chromium.js";
import { EXPECTED, decide, decideLater, project, run, tool, tools } from "./support.js";

const FILES = {
  "app/layout.js": "export default function Layout({ children }) {\n  return <html lang=\"en\"><body>{children}</body></html>;\n}\n",
  "app/page.js": `"use client";
import { useEffect } from "react";
import { decided } from "../later.js";
export default function Page() {
  useEffect(() => { decided().then((text) => { document.title = text; }, (error) => { document.title = String(error); }); }, []);
  return null;
}
`,
  "app/node/route.js": 'import { decided } from "../../decide.js";\nexport const dynamic = "force-dynamic";\nexport const GET = () => new Response(decided());\n',
  "pages/api/edge.js": 'import { decided } from "../../decide.js";\nexport const config = { runtime: "edge" };\nexport default () => new Response(decided());\n',
  "proxy.js": `import { NextResponse } from "next/server";
import { decided } from "./decide.js";
export const config = { matcher: "/node" };
export function proxy() {
  const response = NextResponse.next();
  response.headers.set("x-decided", encodeURIComponent(decided()));
  return response;
}
`,
  "next.config.js": `const root = ${JSON.stringify(join(tools, ".."))};\nexport default { turbopack: { root }, outputFileTracingRoot: root };\n`,
};

// With webpack, Next 16.4 cannot build any route handler of the edge runtime, be it empty; a route of pages/ it can.
const EDGE = {
  "app/edge/route.js": 'import { decided } from "../../decide.js";\nexport const runtime = "edge";\nexport const GET = () => new Response(decided());\n',
};

for (const [bundler, more] of [["webpack", {}], ["turbopack", EDGE]]) {
  test(`Next, ${bundler}`, async () => {
    const cwd = await project({ ...FILES, ...more, "decide.js": decide(), "later.js": decideLater() }, { beside: true });
    const next = [tool("next/dist/bin/next")];
    const env = { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
    await run(process.execPath, [...next, "build", `--${bundler}`], { cwd, env, seconds: 900 });
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    const started = spawn(process.execPath, [...next, "start", "--port", String(port), "--hostname", "127.0.0.1"], { cwd, env: { ...process.env, ...env }, stdio: "inherit" });
    try {
      const origin = `http://127.0.0.1:${port}`;
      const answer = await reached(`${origin}/node`);
      assert.equal(await answer.text(), EXPECTED);
      assert.equal(decodeURIComponent(answer.headers.get("x-decided")), EXPECTED);
      assert.equal(await (await fetch(`${origin}/api/edge`)).text(), EXPECTED);
      if (more === EDGE) assert.equal(await (await fetch(`${origin}/edge`)).text(), EXPECTED);
      assert.equal(await titleAt(`${origin}/`), EXPECTED);
    } finally {
      started.kill();
    }
  });
}

async function reached(address) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await fetch(address);
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
