// The samples as their reader starts them, and what somebody would try with them.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { beside } from "./beside.js";
import { App, Browser, CALLBACK, FOLDER } from "./support.js";

const { UNSUPPORTED } = await import(`${FOLDER}/oidc_provider_refusals.js`);
const place = mkdtempSync(join(tmpdir(), "grantwise-samples-"));
for (const file of readdirSync(join(FOLDER, "samples"))) copyFileSync(join(FOLDER, "samples", file), join(place, file));
symlinkSync(join(import.meta.dirname, "node_modules"), join(place, "node_modules"));
process.once("exit", () => rmSync(place, { recursive: true, force: true }));

async function running(work) {
  const process_ = spawn(process.execPath, ["oidc_provider.mjs"], {
    cwd: place, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, PORT: "0", ALICE_PASSWORD: "correct horse", CALENDAR_SECRET: "calendar-secret" },
  });
  const complaints = [];
  createInterface({ input: process_.stderr }).on("line", (line) => complaints.push(line));
  try {
    const issuer = await new Promise((resolve, reject) => {
      createInterface({ input: process_.stdout }).on("line", (line) => { if (line.startsWith("http")) resolve(line); });
      process_.once("exit", (code) => reject(new Error(`it ended with ${code}: ${complaints.join("\n")}`)));
    });
    await work(issuer);
  } finally {
    const ended = new Promise((resolve) => { process_.once("exit", resolve); });
    process_.kill("SIGKILL");
    await ended;
  }
}

const asking = `/auth?${new URLSearchParams({ response_type: "code", client_id: "calendar", redirect_uri: CALLBACK, scope: "openid offline_access", prompt: "consent" })}`;
const form = (fields, headers = {}) => ({ method: "POST", body: String(new URLSearchParams(fields)), headers: { "content-type": "application/x-www-form-urlencoded", ...headers } });

test("the sample signs in, asks, and gives tokens; and nothing to whoever does otherwise", () => running(async (issuer) => {
  const browser = new Browser(issuer);
  const go = async (response) => response.headers.get("location");
  const login = await go(await browser.request(asking));
  const shown = await browser.request(login);
  assert.equal(shown.headers.get("cache-control"), "no-store");
  assert.match(shown.headers.get("content-security-policy"), /frame-ancestors 'none'/);
  // A wrong password is no answer; nor is consent, and no other site may post.
  assert.equal((await browser.request(login, form({ answer: "sign_in", user: "alice", password: "wrong" }))).status, 200);
  assert.equal((await browser.request(login, form({ answer: "allow", user: "alice" }))).status, 303, "that is a refusal to sign in");
  const fresh = new Browser(issuer);
  const again = await go(await fresh.request(asking));
  assert.equal((await fresh.request(again, form({ answer: "sign_in", user: "alice", password: "correct horse" }, { "sec-fetch-site": "cross-site" }))).status, 403);
  assert.equal((await new Browser(issuer).request(again, form({ answer: "sign_in", user: "alice", password: "correct horse" }))).status, 400, "another browser's page");
  assert.equal((await fresh.request(again, form({ answer: "sign_in", user: "a".repeat(5000) }))).status, 413);
  const back = await go(await fresh.request(again, form({ answer: "sign_in", user: "alice", password: "correct horse" })));
  const consent = await go(await fresh.request(back));
  assert.match(await (await fresh.request(consent)).text(), /while you are away/);
  const resumed = await go(await fresh.request(consent, form({ answer: "allow", scope: "everything" })));
  const url = new URL(await go(await fresh.request(resumed)));
  assert.equal((await fresh.request(consent, form({ answer: "allow" }))).status, 400, "once");
  const redeemed = await fetch(`${issuer}/token`, form({ grant_type: "authorization_code", code: url.searchParams.get("code"), redirect_uri: CALLBACK },
    { authorization: `Basic ${btoa("calendar:calendar-secret")}` }));
  assert.deepEqual(Object.keys(await redeemed.json()).sort(), ["access_token", "expires_in", "id_token", "refresh_token", "scope", "token_type"]);
}));

test("the shadow of the sample says in a line what would differ", async () => {
  const { watched } = await import(join(place, "oidc_provider_shadow.mjs"));
  const host = await beside("security-bcp", { shadow: false });
  try {
    const lines = [];
    const adapter = await watched(host.provider, (line) => lines.push(line));
    host.restart();
    await (await App.of(host)).authorize();
    await adapter.settled();
    assert.deepEqual(lines, ["exchange of calendar: refresh_token: The client gets an access token for 1 hour and a refresh token that survives the session."]);
  } finally {
    await host.close();
  }
});

// The document is in a checkout alone; it says of every setting that is refused that it is, and of no other.
const document = join(import.meta.dirname, "../../docs/oidc_provider.md");
test("the document lists what is refused", { skip: !existsSync(document) }, () => {
  const rows = readFileSync(document, "utf8").split("\n").filter((line) => line.startsWith("| `")).map((line) => line.split("|").map((cell) => cell.trim()));
  const expected = UNSUPPORTED.map(({ setting, because, instead }) => [`\`${setting}\``, because, instead].join(" | "));
  const stated = rows.map(([, setting, , because, instead]) => [setting, because, instead].join(" | ")).filter((row) => UNSUPPORTED.some(({ setting }) => row.startsWith(`\`${setting}\``)));
  assert.deepEqual(stated, expected);
});
