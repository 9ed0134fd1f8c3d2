// The adapter's records in SQLite: what people see is the same, a server that starts anew knows it all, and without its database
// nobody gets a token.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { App, keptOf, sql, started } from "./support.js";
import { EXPECTED, walk } from "./walk.js";

// Node 20 has no database; there is the current one.
const { DatabaseSync } = await import("node:sqlite").catch(() => ({}));
const skip = DatabaseSync === undefined ? "this Node has no node:sqlite" : false;

const OFFLINE = { scope: "openid email offline_access", prompt: "consent" };

/** A server on a database in a file, which is opened anew with every start. */
async function on(profile, work) {
  const place = mkdtempSync(join(tmpdir(), "grantwise-oidc-"));
  const file = { database: null };
  const records = () => {
    file.database?.close();
    file.database = new DatabaseSync(join(place, "grants.db"));
    return sql(file.database);
  };
  const host = await started(profile, { adapter: { records } });
  try {
    await work(host, file);
  } finally {
    await host.close();
    file.database?.close();
    rmSync(place, { recursive: true });
  }
}

/** Tokens, and codes that were not redeemed, which the server itself takes for alive. */
const alive = (host) => keptOf(host.provider).filter(([name, { consumed }]) => /^(AuthorizationCode|AccessToken|RefreshToken):/.test(name) && !consumed)
  .map(([name]) => name).sort();

/** What a client hears of a failure of the server: no error of OAuth, for it did nothing wrong. */
const failed = (call) => call.then(() => "nothing failed", (error) => error.cause?.status ?? `${error}`);

for (const profile of ["aol", "security-bcp"]) {
  test(`${profile}: on SQLite, and with a new server after every step, it is what it is in memory`, { skip }, () => on(profile, async (host) => {
    let starts = 0;
    const seen = await walk(host, profile, async () => {
      await host.restart();
      starts += 1;
    });
    assert.deepEqual(seen, EXPECTED[profile]);
    assert.ok(starts > 15, `${starts}`);
    assert.deepEqual(host.reported, []);
  }));
}

test("a page that was open when the server was started anew goes on where it was", { skip }, () => on("openid-core", async (host) => {
  const app = await App.of(host);
  const visit = app.browser.request.bind(app.browser);
  app.browser.request = async (address, init) => {
    if (String(address).includes("/interaction/")) await host.restart();
    return visit(address, init);
  };
  const { pages, tokens } = await app.authorize(OFFLINE);
  assert.deepEqual([pages, tokens.refresh_token !== undefined], [["login", "consent"], true]);
}));

test("without its database there is no code and no token, and with it everything is as it was", { skip }, () => on("security-bcp", async (host, file) => {
  const app = await App.of(host, "page");
  const { tokens } = await app.authorize(OFFLINE);
  const code = await app.authorize(OFFLINE, {}, { redeem: false });
  // oidc-provider uses up a code before anybody is asked.
  const before = alive(host).filter((name) => name !== `AuthorizationCode:${code.code}`);

  file.database.close();
  file.database = null;
  const asked = await app.authorize(OFFLINE, {}, { redeem: false });
  assert.deepEqual([asked.code, asked.status], [undefined, 500]);
  for (const call of [app.redeem(code), app.refresh(tokens.refresh_token), app.revoke(tokens.refresh_token)]) assert.equal(await failed(call), 500);
  assert.deepEqual(alive(host), before, "nothing was made, and nothing ended");

  await host.restart();
  assert.equal(await app.refused(app.redeem(code)), "invalid_grant");
  assert.deepEqual((await app.authorize(OFFLINE)).pages, ["consent"]);
  assert.notEqual((await app.refresh(tokens.refresh_token)).refresh_token, tokens.refresh_token);
}));

// It can be read, and nothing can be stored: a full disk.
for (const [operation, table, call] of [
  ["a code", "codes", async (app) => (await app.authorize(OFFLINE, {}, { redeem: false })).status],
  ["the tokens of a code", "access_tokens", (app, { code }) => failed(app.redeem(code))],
  ["the tokens of a refresh", "access_tokens", (app, { tokens }) => failed(app.refresh(tokens.refresh_token))],
]) {
  test(`where ${operation} cannot be stored, they are taken back, and the operator is told`, { skip }, () => on("openid-core", async (host, file) => {
    const app = await App.of(host);
    const { tokens } = await app.authorize(OFFLINE);
    const code = await app.authorize(OFFLINE, {}, { redeem: false });
    const before = alive(host);
    file.database.exec(`CREATE TRIGGER full BEFORE INSERT ON grantwise_${table} BEGIN SELECT RAISE(ABORT, 'disk is full'); END`);
    assert.equal(await call(app, { tokens, code }), 500);
    assert.deepEqual(alive(host).filter((name) => !before.includes(name)), []);
    assert.deepEqual(host.reported.map(({ kind, error }) => [kind, error.code]), [["failed", "not_carried_out"]]);
    file.database.exec("DROP TRIGGER full");
    await app.refresh(tokens.refresh_token);
  }));
}
