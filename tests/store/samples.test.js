// The servers with Express and with Fastify, as their reader starts them, and what somebody would try with them.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { copyFileSync, existsSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { describe, test } from "node:test";
import { FOLDER, folder } from "./support.js";

const PASSWORD = "correct horse";
const SECRET = "a secret & a half:";
const BASIC = `Basic ${btoa(`calendar:${encodeURIComponent(SECRET)}`)}`;
const VERIFIER = "v".repeat(43);
const ASKING = `/authorize?${new URLSearchParams({
  response_type: "code", client_id: "calendar", state: "s&t", redirect_uri: "https://calendar.example/cb", scope: "email",
  code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"), code_challenge_method: "S256",
})}`;

/** A running sample, in a folder of its own with the frameworks beside it. */
class Running {
  #name;
  #place = folder();
  #process = null;
  #port = 0;
  complaints = [];

  constructor(name) {
    this.#name = name;
    for (const file of readdirSync(join(FOLDER, "samples"))) copyFileSync(join(FOLDER, "samples", file), join(this.#place, file));
    symlinkSync(join(import.meta.dirname, "node_modules"), join(this.#place, "node_modules"));
  }

  get database() {
    return join(this.#place, "grantwise.db");
  }

  async start() {
    this.#process = spawn(process.execPath, [`${this.#name}.mjs`], {
      cwd: this.#place, stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, PORT: "0", ALICE_PASSWORD: PASSWORD, CALENDAR_SECRET: SECRET, DATABASE: this.database, DATABASE_URL: "", NODE_NO_WARNINGS: "1" },
    });
    createInterface({ input: this.#process.stderr }).on("line", (line) => this.complaints.push(line));
    const line = await new Promise((resolve, reject) => {
      createInterface({ input: this.#process.stdout }).once("line", resolve);
      this.#process.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${this.complaints.join("\n")}`)));
    });
    this.#port = Number(new URL(line).port);
  }

  async stop(signal = "SIGKILL") {
    const ended = new Promise((resolve) => { this.#process.once("exit", resolve); });
    this.#process.kill(signal);
    await ended;
  }

  async remove() {
    await this.stop();
    rmSync(this.#place, { recursive: true });
  }

  call(method, path, { headers = {}, body = "" } = {}) {
    return new Promise((resolve, reject) => {
      httpRequest({ port: this.#port, host: "localhost", method, path, headers, agent: false }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part) => { text += part; })
          .on("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
      }).on("error", reject).end(body);
    });
  }

  post(path, fields, headers = {}) {
    const body = String(new URLSearchParams(fields));
    return this.call("POST", path, { headers: { "content-type": "application/x-www-form-urlencoded", "content-length": body.length, ...headers }, body });
  }

  redeem(code, more = {}, headers = { authorization: BASIC }) {
    return this.post("/token", { grant_type: "authorization_code", code, redirect_uri: "https://calendar.example/cb", code_verifier: VERIFIER, ...more }, headers);
  }

  refresh(refresh_token, headers = { authorization: BASIC }) {
    return this.post("/token", { grant_type: "refresh_token", refresh_token }, headers);
  }

  async usable(token) {
    return (await this.call("GET", "/userinfo", { headers: { authorization: `Bearer ${token}` } })).status === 200;
  }
}

/** Somebody's browser: it keeps the cookie. */
class Browser {
  cookie = "";
  #server;

  constructor(server) {
    this.#server = server;
  }

  #kept(answer) {
    const set = answer.headers["set-cookie"]?.[0];
    if (set) this.cookie = set.split(";")[0];
    return answer;
  }

  async get(path) {
    return this.#kept(await this.#server.call("GET", path, { headers: { cookie: this.cookie } }));
  }

  async post(path, fields, headers = {}) {
    return this.#kept(await this.#server.post(path, fields, { cookie: this.cookie, "sec-fetch-site": "same-origin", ...headers }));
  }

  answer(page, answer, more = {}) {
    return this.post("/answer", { interaction: interactionOf(page), answer, ...more });
  }

  signIn(page, password = PASSWORD, user = "alice") {
    return this.answer(page, "sign_in", { user, password });
  }

  async code() {
    const first = await this.get(ASKING);
    const page = /Sign in/.test(first.text) ? await this.signIn(first) : first;
    const { headers } = /May it/.test(page.text) ? await this.answer(page, "allow") : page;
    return new URL(headers.location).searchParams.get("code");
  }
}

const interactionOf = ({ text }) => /name="interaction" value="([\w-]{43})"/.exec(text)?.[1] ?? "";
const errorOf = ({ status, text }) => [status, JSON.parse(text).error];

for (const name of ["express", "fastify"]) {
  const attack = (title, work, { complains = false } = {}) => test(title, async () => {
    const server = new Running(name);
    await server.start();
    try {
      await work(server, new Browser(server));
      if (!complains) assert.deepEqual(server.complaints, []);
    } finally {
      await server.remove();
    }
  });

  describe(name, { concurrency: false }, () => {
    attack("it signs in, asks, gives tokens, and goes on where it was after it was killed", async (server, browser) => {
      const signIn = await browser.get(ASKING);
      const before = browser.cookie;
      const page = await browser.signIn(signIn);
      assert.match(page.text, /calendar asks alice/);
      assert.notEqual(browser.cookie, before); // a cookie that somebody planted is worth nothing
      const { status, headers } = await browser.answer(page, "allow");
      const back = new URL(headers.location);
      assert.deepEqual([status, back.origin, back.searchParams.get("state"), back.searchParams.get("iss")], [303, "https://calendar.example", "s&t", "https://as.example"]);
      await server.stop();
      await server.start();
      const redeemed = await server.redeem(back.searchParams.get("code"));
      const { access_token, refresh_token } = JSON.parse(redeemed.text);
      assert.equal(redeemed.headers["cache-control"], "no-store");
      await server.stop();
      await server.start();
      assert.ok(await server.usable(access_token));
      const renewed = JSON.parse((await server.refresh(refresh_token)).text);
      assert.ok(await server.usable(renewed.access_token));
      assert.equal((await server.post("/revoke", { token: renewed.refresh_token }, { authorization: BASIC })).status, 200);
      assert.ok(!await server.usable(renewed.access_token));
      assert.equal((await browser.post("/logout", {})).status, 200);
      assert.match((await browser.get(ASKING)).text, /Sign in/);
    });

    attack("a code is good once, for its client, with its verifier", async (server, browser) => {
      const code = await browser.code();
      assert.deepEqual(errorOf(await server.redeem(code, {}, { authorization: `Basic ${btoa("calendar:wrong")}` })), [401, "invalid_client"]);
      assert.deepEqual(errorOf(await server.redeem(code, { code_verifier: "w".repeat(43) })), [400, "invalid_grant"]);
      const again = await browser.code();
      const all = await Promise.all(Array.from({ length: 8 }, () => server.redeem(again)));
      assert.equal(all.filter(({ status }) => status === 200).length, 1);
      const { access_token, refresh_token } = JSON.parse(all.find(({ status }) => status === 200).text);
      assert.ok(!await server.usable(access_token)); // the replays ended it
      assert.deepEqual(errorOf(await server.refresh(refresh_token)), [400, "invalid_grant"]);
    });

    attack("a refresh token that was replaced ends its successor", async (server, browser) => {
      const first = JSON.parse((await server.redeem(await browser.code())).text);
      const all = await Promise.all(Array.from({ length: 8 }, () => server.refresh(first.refresh_token)));
      const [winner, ...more] = all.filter(({ status }) => status === 200);
      assert.equal(more.length, 0);
      assert.ok(!await server.usable(JSON.parse(winner.text).access_token));
    });

    attack("a page is answered once, from here, by the browser that it was drawn for", async (server, browser) => {
      const page = await browser.signIn(await browser.get(ASKING));
      const thief = new Browser(server);
      await thief.get(ASKING);
      assert.equal((await thief.answer(page, "allow")).status, 400);
      assert.equal((await new Browser(server).answer(page, "allow")).status, 400);
      assert.equal((await browser.post("/answer", { interaction: interactionOf(page), answer: "allow" }, { "sec-fetch-site": "cross-site" })).status, 403);
      assert.equal((await browser.post("/logout", {}, { "sec-fetch-site": "cross-site" })).status, 403);
      const twice = await Promise.all([browser.answer(page, "allow"), browser.answer(page, "allow")]);
      assert.deepEqual(twice.map(({ status }) => status).sort(), [303, 400]);
      // An answer to the consent page, given to the page of the sign-in.
      const signIn = await new Browser(server).get(ASKING);
      assert.equal((await browser.answer(signIn, "allow")).status, 400);
      const fresh = new Browser(server);
      const asked = await fresh.answer(await fresh.get(ASKING), "allow");
      assert.equal(new URL(asked.headers.location).searchParams.get("error"), "access_denied");
    });

    attack("a wrong password signs nobody in, and ten of them are enough", async (server, browser) => {
      let page = await browser.get(ASKING);
      for (let round = 0; round < 10; round += 1) {
        page = await browser.signIn(page, round % 2 ? "wrong" : PASSWORD, round % 2 ? "alice" : "nobody");
        assert.match(page.text, /Sign in/);
      }
      for (let round = 0; round < 5; round += 1) page = await browser.signIn(page, "wrong");
      assert.match((await browser.signIn(page)).text, /Sign in/);
    });

    attack("what is no form, is too long, is sent twice or asks for a script", async (server, browser) => {
      const json = (path, body, type) => server.call("POST", path, { headers: { "content-type": type, "content-length": body.length }, body });
      assert.ok([400, 415].includes((await json("/token", "{}", "application/json")).status));
      assert.equal((await json("/token", "x=1", "text/plain")).status, 415);
      assert.equal((await server.post("/token", { x: "y".repeat(20_000) })).status, 413);
      const code = await browser.code();
      const twice = await server.post("/token", [["grant_type", "authorization_code"], ["code", code], ["code", code], ["redirect_uri", "https://calendar.example/cb"]], { authorization: BASIC });
      assert.deepEqual(errorOf(twice), [400, "invalid_request"]);
      for (const path of ["/authorize", "/authorize?client_id=%3Cscript%3E", `${ASKING}&redirect_uri=https://evil.example`]) {
        const { status, headers, text } = await server.call("GET", path);
        assert.equal(status, 400);
        assert.equal(headers.location, undefined);
        assert.ok(!text.includes("<script>"));
        assert.match(headers["content-security-policy"], /frame-ancestors 'none'/);
      }
      for (const token of ["", "x", randomBytes(32).toString("base64url"), "__proto__"]) assert.ok(!await server.usable(token));
      assert.equal((await server.call("GET", "/nothing")).status, 404);
    });

    attack("a store that fails: 503, no token, and the next one is none the worse", async (server, browser) => {
      const { refresh_token } = JSON.parse((await server.redeem(await browser.code())).text);
      const other = new DatabaseSync(server.database);
      other.exec("ALTER TABLE grantwise_access_tokens RENAME TO elsewhere");
      const { status, text } = await server.refresh(refresh_token);
      assert.deepEqual([status, text], [503, "{}"]);
      other.exec("ALTER TABLE elsewhere RENAME TO grantwise_access_tokens");
      other.close();
      assert.equal((await server.refresh(refresh_token)).status, 200);
      assert.ok(server.complaints.some((line) => /StoreError/.test(line)));
    }, { complains: true });

    attack("nothing that is a secret stands in the database", async (server, browser) => {
      const code = await browser.code();
      const { access_token, refresh_token } = JSON.parse((await server.redeem(code)).text);
      const database = new DatabaseSync(server.database, { readOnly: true });
      const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
      const all = JSON.stringify(tables.map(({ name: table }) => database.prepare(`SELECT * FROM ${table}`).all()));
      database.close();
      assert.ok(existsSync(server.database) && all.includes("calendar"));
      for (const secret of [code, access_token, refresh_token, browser.cookie.split("=")[1], PASSWORD]) assert.ok(!all.includes(secret));
    });
  });
}
