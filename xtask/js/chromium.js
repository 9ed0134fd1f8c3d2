// Chromium through playwright-core, with a server for this project's files.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".html": "text/html" };

/** Opens a browser, hands a page to `use`, and closes it whatever happens. */
export async function withPage(use) {
  const executablePath = process.env.GRANTWISE_CHROMIUM;
  if (!executablePath) {
    throw new Error("GRANTWISE_CHROMIUM must name a Chromium; `cargo xtask test` sets it");
  }
  const browser = await chromium.launch({
    executablePath,
    // Only pages of this project are opened; and as root, in a container, Chromium does not start with a sandbox.
    chromiumSandbox: false,
    args: ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
  try {
    const page = await browser.newPage();
    page.on("console", (message) => console.error(`[page] ${message.text()}`));
    page.on("pageerror", (error) => console.error(`[page] ${error.stack ?? error}`));
    return await use(page);
  } finally {
    await browser.close();
  }
}

/** Serves folders: `{ "/package/": folder }`. Hands the origin to `use`. `/` is an empty page. */
export async function withServer(folders, use) {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    const found = Object.entries(folders).find(([prefix]) => path.startsWith(prefix));
    try {
      if (path === "/favicon.ico") return response.writeHead(204).end(); // the browser asks by itself
      const body = path === "/" ? "<!doctype html><title>Grantwise</title>"
        : await readFile(join(found[1], path.slice(found[0].length)));
      response.writeHead(200, { "content-type": TYPES[path === "/" ? ".html" : extname(path)] ?? "text/plain" });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(`http://127.0.0.1:${server.address().port}`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
