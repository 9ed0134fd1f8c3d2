// What the tests of the hosts share: the package beside the hosts, a sample that runs, and somebody's browser.
import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { FOLDER, link } from "../built_package.js";

export { FOLDER };
link(import.meta.dirname);

export const PASSWORD = "correct horse";

/** A folder with the samples, and the hosts beside them. */
export function samples() {
  const place = mkdtempSync(join(tmpdir(), "grantwise-hosts-"));
  for (const file of readdirSync(join(FOLDER, "samples"))) copyFileSync(join(FOLDER, "samples", file), join(place, file));
  symlinkSync(join(import.meta.dirname, "node_modules"), join(place, "node_modules"));
  return place;
}

/** A sample as its reader starts it, in a process and a folder of its own. Its first line says where it is. */
export class Running {
  #name;
  #environment;
  #place = samples();
  #process = null;
  complaints = [];

  constructor(name, environment = {}) {
    this.#name = name;
    this.#environment = environment;
  }

  get database() {
    return join(this.#place, "grantwise.db");
  }

  async start() {
    this.#process = spawn(process.execPath, [this.#name], {
      cwd: this.#place,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, PORT: "0", DATABASE: this.database, ALICE_PASSWORD: PASSWORD, NODE_NO_WARNINGS: "1", ...this.#environment },
    });
    createInterface({ input: this.#process.stderr }).on("line", (line) => this.complaints.push(line));
    const line = await new Promise((resolve, reject) => {
      createInterface({ input: this.#process.stdout }).once("line", resolve);
      this.#process.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${this.complaints.join("\n")}`)));
    });
    this.address = new URL(line);
    return this;
  }

  async remove() {
    const ended = new Promise((resolve) => { this.#process.once("exit", resolve); });
    this.#process.kill("SIGKILL");
    await ended;
    rmSync(this.#place, { recursive: true });
  }
}

/** One request, which follows nowhere and keeps every header as it came. */
export function call(method, address, { headers = {}, body = "" } = {}) {
  return new Promise((resolve, reject) => {
    httpRequest(address, { method, headers: { "content-length": Buffer.byteLength(body), ...headers }, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => { text += part; })
        .on("end", () => resolve({ status: response.statusCode, headers: response.headers, text, json: () => JSON.parse(text) }));
    }).on("error", reject).end(body);
  });
}

export const form = (address, fields, headers = {}) => call("POST", address, {
  headers: { "content-type": "application/x-www-form-urlencoded", ...headers }, body: String(new URLSearchParams(fields)),
});

/** Somebody's browser: it keeps its cookies, and says where a form comes from. */
export class Browser {
  #origin;
  cookies = new Map();

  constructor(origin) {
    this.#origin = origin;
  }

  get cookie() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  #kept(answer) {
    for (const set of answer.headers["set-cookie"] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set);
      if (value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  async get(address) {
    return this.#kept(await call("GET", new URL(address, this.#origin), { headers: { cookie: this.cookie } }));
  }

  async post(path, fields, headers = {}) {
    const own = { cookie: this.cookie, origin: this.#origin, "sec-fetch-site": "same-origin", ...headers };
    return this.#kept(await form(new URL(path, this.#origin), fields, own));
  }
}

/** A test with a sample that runs, and that complains about nothing unless it is meant to. */
export const withSample = (name, work, { environment, complains = false } = {}) => async () => {
  const server = await new Running(name, environment).start();
  try {
    await work(server, new Browser(server.address.origin));
    if (!complains && server.complaints.length > 0) throw new Error(`the server complained: ${server.complaints.join("\n")}`);
  } finally {
    await server.remove();
  }
};
