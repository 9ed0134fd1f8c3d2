// A built page in Chromium.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { withPage } from "../../xtask/js/chromium.js";

const TYPES = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".html": "text/html" };

// As strict as a page with a module can have it. A style or an inline script is not there.
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src data:; worker-src 'self'";

/** Serves a folder under this policy, opens it, and gives the title that the page sets. */
export async function title(folder, { policy = POLICY } = {}) {
  const missing = [];
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    const file = path.endsWith("/") ? `${path}index.html` : path;
    try {
      const body = await readFile(join(folder, file));
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain", "content-security-policy": policy });
      response.end(body);
    } catch {
      missing.push(path);
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await titleAt(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.close();
    server.closeAllConnections();
    assert.deepEqual(missing, []);
  }
}

/** The title of a page somewhere, once it has one. */
export function titleAt(address) {
  return withPage(async (page) => {
    await page.goto(address);
    await page.waitForFunction(() => document.title !== "", null, { timeout: 120_000 });
    return page.title();
  });
}
