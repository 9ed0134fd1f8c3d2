// A plain file server, with the site below a path, as on somebody's web space.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";

const site = resolve(process.env.GRANTWISE_SITE ?? "dist");
const FOLDER = "/some/folder/";
const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm",
  ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json",
};

createServer(async (request, response) => {
  const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname);
  const file = path === FOLDER ? "index.html" : path.startsWith(FOLDER) ? path.slice(FOLDER.length) : null;
  try {
    if (file === null) throw new Error("outside");
    const body = await readFile(join(site, file));
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}).listen(Number(process.env.GRANTWISE_PORT), "127.0.0.1");
