// What a server needs around its endpoints: routes, bodies with an end, pages that nobody keeps or frames.
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";

const BODY_BYTES = 16_384;

/** What the caller did wrong, as a status. */
export class Refused extends Error {
  constructor(status, title) {
    super(title);
    this.status = status;
  }
}

/** `routes` has functions by method and path: `"POST /token"`. Whatever one throws, the process goes on. */
export function serve(routes, { port, started }) {
  // The times are looked at every second. Who is slower than this is cut off.
  const times = { headersTimeout: 5000, requestTimeout: 10_000, connectionsCheckingInterval: 1000 };
  const server = createServer(times, async (req, res) => {
    try {
      // Not `new URL()`: it throws for `//`, and a request line may hold anything.
      const [, path, query = ""] = /^([^?]*)(?:\?(.*))?$/s.exec(req.url);
      const route = routes.get(`${req.method} ${path}`);
      if (route === undefined) throw new Refused(404, "There is nothing here");
      await route({ req, res, query, body: req.method === "POST" ? await bodyOf(req) : "" });
    } catch (error) {
      const refused = error instanceof Refused;
      if (!refused && !req.errored) console.error(error); // for the log; the caller learns nothing of it
      if (res.headersSent || res.destroyed) return void res.destroy();
      res.setHeader("connection", "close"); // there may be a rest of the body
      page(res, refused ? error.status : 500, refused ? error.message : "Something went wrong", "");
    }
  });
  server.maxConnections = 1000;
  server.listen(port, "localhost", () => started(server.address().port));
  return server;
}

/** The body of a form. JSON and plain text are refused: a form of another site could send them, too. */
async function bodyOf(req) {
  const type = (req.headers["content-type"] ?? "").split(";")[0].trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") throw new Refused(415, "This is no form");
  return new Promise((resolve, reject) => {
    const parts = [];
    let length = 0;
    req.on("data", (part) => {
      length += part.length;
      if (length <= BODY_BYTES) return void parts.push(part);
      req.pause(); // the rest is not read
      reject(new Refused(413, "This is too long"));
    }).on("end", () => resolve(Buffer.concat(parts).toString())).on("error", reject);
  });
}

/** Nobody can guess it: 256 bits. */
export const secret = () => randomBytes(32).toString("base64url");

/** `__Host-`: only this host could set it, over https (a browser takes localhost for as good). */
const COOKIE = "__Host-browser";

export function cookie(req) {
  const found = new RegExp(`(?:^|; )${COOKIE}=([\\w-]{43})(?:;|$)`).exec(req.headers.cookie ?? "");
  return found?.[1] ?? null;
}

/** No script reads it, it goes over https only, and no form of another site sends it along. */
export const setCookie = (res, value, attributes = "") =>
  res.setHeader("set-cookie", `${COOKIE}=${value}; Path=/; HttpOnly; Secure; SameSite=Lax${attributes}`);

/** A form was posted by a page of this server: browsers say so, and let no page say anything else. */
export function sameOrigin(req) {
  const site = req.headers["sec-fetch-site"] ?? "same-origin"; // an old browser says nothing; there is the cookie, too
  if (site !== "same-origin") throw new Refused(403, "This form was not sent from here");
}

export const escape = (text) => String(text).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

export const page = (res, status, title, body) => html(res, status, `<!DOCTYPE html><html lang="en"><meta charset="utf-8">
<title>${escape(title)}</title><h1>${escape(title)}</h1>${body}`);

/**
 * A page that no script runs in, but the one whose hash is given, and that no other site puts into a frame. `form-action`
 * is not set: browsers hold it against the redirect to the client, too.
 */
export function html(res, status, text, script_hash = null) {
  const script = script_hash === null ? "" : `; script-src '${script_hash}'`;
  res.writeHead(status, {
    ...PRIVATE,
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": `default-src 'none'; frame-ancestors 'none'; base-uri 'none'${script}`,
    "x-content-type-options": "nosniff",
  }).end(text);
}

/** 303: the browser goes there with GET, and does not post the password again. */
export const redirect = (res, address) => res.writeHead(303, { ...PRIVATE, location: address }).end();

export function json(res, status, headers, body) {
  // One by one: names in another case are the same header.
  const all = { ...PRIVATE, "content-type": "application/json", ...headers };
  for (const [name, value] of Object.entries(all)) res.setHeader(name, value);
  res.writeHead(status).end(body === null ? "" : JSON.stringify(body));
}

/** Nothing here is kept by a cache, and no address goes on to another site. */
const PRIVATE = { "cache-control": "no-store", "referrer-policy": "no-referrer" };

/** A map that forgets: what is older than so many seconds, and the oldest where there are too many. */
export class Bounded {
  #entries = new Map();
  #most;
  #seconds;

  constructor(most, seconds) {
    this.#most = most;
    this.#seconds = seconds;
  }

  get size() {
    return this.#entries.size;
  }

  set(key, value) {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: Date.now() + this.#seconds * 1000 });
    for (const [oldest, { until }] of this.#entries) {
      if (this.#entries.size <= this.#most && until > Date.now()) break;
      this.#entries.delete(oldest);
    }
  }

  get(key) {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.until > Date.now() ? entry.value : undefined;
  }

  /** What stands there, which then stands there no more: so it is used once, however often it is asked for. */
  take(key) {
    const value = this.get(key);
    this.#entries.delete(key);
    return value;
  }
}
