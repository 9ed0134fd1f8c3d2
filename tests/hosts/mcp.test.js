// samples/mcp.mjs with the clients of the MCP TypeScript SDK, and with somebody who wants more than he was given.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import { Browser, call, form, withSample } from "./support.js";
import { CALLBACK, Program, VERSIONS, allowed, allowedProgram, answer, interaction, toConsent } from "./mcp_clients.js";

const served = (title, work, options) => test(title, withSample("mcp.mjs", work, options));
const parametersOf = (address) => Object.fromEntries(new URL(address).searchParams);

for (const version of Object.keys(VERSIONS)) {
  describe(version, { concurrency: false }, () => {
    served("first visit: it registers, the page says who gets it, and the tool answers", async (server, browser) => {
      const program = new Program(version, server.address);
      await assert.rejects(program.connect(), /Unauthorized/);
      const page = await toConsent(browser, program.asking);
      assert.match(page.text, /Pocket &#60;Notes&#62; \([\w-]{36}\) asks alice for/);
      assert.match(page.text, /goes to localhost: a program on your computer/);
      const { headers } = await answer(browser, page, "allow");
      assert.deepEqual([parametersOf(headers.location).iss, parametersOf(headers.location).state], [server.address.origin, "a state"]);
      await program.finish(headers.location);
      await program.connect();
      assert.equal(await program.says("list_notes"), "");
      assert.equal(program.keeps.kept.client.token_endpoint_auth_method, "none");
    });

    served("who comes back is not asked for a password, and a program with tokens asks nobody", async (server, browser) => {
      const program = await allowedProgram(version, server, browser);
      await program.connect();
      assert.equal(program.keeps.asked.length, 1);
      const other = new Program(version, server.address);
      await assert.rejects(other.connect(), /Unauthorized/);
      // A loopback address proves no program: the page comes for each.
      assert.match((await browser.get(other.asking)).text, /asks alice for/);
    });

    served("refused: the program learns it, and nothing is kept", async (server, browser) => {
      const program = new Program(version, server.address);
      await assert.rejects(program.connect(), /Unauthorized/);
      const { headers } = await answer(browser, await toConsent(browser, program.asking), "deny");
      assert.equal(parametersOf(headers.location).error, "access_denied");
      assert.match((await browser.get(program.asking)).text, /asks alice for/);
    });

    served("an access token that is over is renewed without a page, and the refresh token is replaced", async (server, browser) => {
      const program = await allowedProgram(version, server, browser);
      const { refresh_token } = program.keeps.kept.tokens;
      program.loseAccessToken();
      assert.equal(await program.says("list_notes"), "");
      assert.notEqual(program.keeps.kept.tokens.refresh_token, refresh_token);
      assert.equal(program.keeps.asked.length, 1);
      // Another process of the program, which still has the old one, is in time.
      program.keeps.kept.tokens = { ...program.keeps.kept.tokens, access_token: "over", refresh_token };
      assert.equal(await program.says("list_notes"), "");
    });

    served("a refresh token that was revoked brings the browser again", async (server, browser) => {
      const program = await allowedProgram(version, server, browser);
      const { client, tokens } = program.keeps.kept;
      const revoked = await form(new URL("/revoke", server.address), { token: tokens.refresh_token, client_id: client.client_id });
      assert.equal(revoked.status, 200);
      await assert.rejects(program.says("list_notes"), /Unauthorized/); // its access token ended, too
      assert.equal(program.keeps.asked.length, 2);
    });
  });
}

describe("what the two versions do otherwise", { concurrency: false }, () => {
  served("the second asks for offline access, and for a page with it; both get a refresh token", async (server, browser) => {
    const first = await allowedProgram("sdk 1", server, browser);
    const second = await allowedProgram("client 2", server, browser);
    const asked = [first, second].map(({ asking }) => [asking.searchParams.get("scope"), asking.searchParams.get("prompt")]);
    assert.deepEqual(asked, [["notes:read", null], ["notes:read offline_access", "consent"]]);
    for (const { keeps } of [first, second]) assert.ok(keeps.kept.tokens.refresh_token);
  });

  served("who registers without refresh_token gets none", async (server, browser) => {
    const program = new Program("client 2", server.address);
    program.keeps.clientMetadata.grant_types = ["authorization_code"];
    await assert.rejects(program.connect(), /Unauthorized/);
    await program.finish(await allowed(browser, program.asking));
    assert.deepEqual([typeof program.keeps.kept.tokens.access_token, program.keeps.kept.tokens.refresh_token], ["string", undefined]);
  });

  served("step-up: the second asks for all that it had and what is new", async (server, browser) => {
    const program = await allowedProgram("client 2", server, browser);
    await assert.rejects(program.says("add_note", { text: "milk" }), /Unauthorized/);
    assert.equal(program.asking.searchParams.get("scope"), "notes:read notes:write offline_access");
    await program.finish(await allowed(browser, program.asking));
    assert.equal(await program.says("add_note", { text: "milk" }), "kept");
    assert.equal(await program.says("list_notes"), "milk");
  });

  served("step-up: the first refreshes, which never widens, and asks nobody; it has to lose its refresh token before", async (server, browser) => {
    const program = await allowedProgram("sdk 1", server, browser);
    await assert.rejects(program.says("add_note", { text: "milk" }), /403 after trying upscoping/);
    assert.equal(program.keeps.asked.length, 1);
    await program.connect();
    delete program.keeps.kept.tokens.refresh_token;
    await assert.rejects(program.says("add_note", { text: "milk" }), /Unauthorized/);
    assert.equal(program.asking.searchParams.get("scope"), "notes:read notes:write");
    await program.finish(await allowed(browser, program.asking));
    assert.equal(await program.says("add_note", { text: "milk" }), "kept");
  });
});

describe("what somebody would try", { concurrency: false }, () => {
  const message = (name) => ({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: { text: "planted" } } });
  const sent = (server, token, body, type = "application/json") => call("POST", server.address, {
    headers: { authorization: `Bearer ${token}`, "content-type": type, accept: "application/json, text/event-stream" }, body: JSON.stringify(body),
  });

  served("a token that may read writes nothing, however the call is wrapped", async (server, browser) => {
    const program = await allowedProgram("client 2", server, browser);
    const { access_token, refresh_token } = program.keeps.kept.tokens;
    const wrapped = [message("add_note"), [message("list_notes"), message("add_note")], [[message("add_note")]], { ...message("add_note"), method: "tools/call " }];
    for (const body of wrapped) await sent(server, access_token, body);
    for (const type of ["text/plain", "application/json; charset=utf-7", "text/plain; application/json", "application/json, text/plain", "multipart/form-data"]) {
      await sent(server, access_token, message("add_note"), type);
    }
    assert.equal(await program.says("list_notes"), "");
    const { status, headers } = await sent(server, access_token, message("add_note"));
    assert.deepEqual([status, /scope="notes:read notes:write"/.test(headers["www-authenticate"])], [403, true]);
    for (const token of [refresh_token, "", "x", "__proto__"]) assert.equal((await sent(server, token, message("list_notes"))).status, 401);
  });

  served("a page is answered once, from here, by its own browser, and with what it showed", async (server, browser) => {
    const program = new Program("client 2", server.address);
    await assert.rejects(program.connect(), /Unauthorized/);
    const page = await toConsent(browser, program.asking);
    const thief = new Browser(server.address.origin);
    await toConsent(thief, program.asking);
    assert.equal((await answer(thief, page, "allow")).status, 400);
    const foreign = await browser.post("/answer", { interaction: interaction(page), answer: "allow" }, { "sec-fetch-site": "cross-site" });
    assert.equal(foreign.status, 403);
    const { headers } = await answer(browser, page, "allow", { scope: "notes:read notes:write", client_id: "other" });
    assert.equal((await answer(browser, page, "allow")).status, 400);
    await program.finish(headers.location);
    assert.equal(program.keeps.kept.tokens.scope ?? "notes:read offline_access", "notes:read offline_access");
    await program.connect();
    await assert.rejects(program.says("add_note", { text: "planted" }), /Unauthorized/);
  });

  served("a code is good once, for its program and its verifier; a replay ends what came of it", async (server, browser) => {
    const program = new Program("client 2", server.address);
    await assert.rejects(program.connect(), /Unauthorized/);
    const { code } = parametersOf(await allowed(browser, program.asking));
    const { client, verifier } = program.keeps.kept;
    const redeem = (more) => form(new URL("/token", server.address), {
      grant_type: "authorization_code", code, redirect_uri: CALLBACK, client_id: client.client_id, code_verifier: verifier, ...more,
    });
    const other = new Program("sdk 1", server.address);
    await assert.rejects(other.connect(), /Unauthorized/);
    for (const more of [{ client_id: other.keeps.kept.client.client_id }, { client_id: "nobody" }, { redirect_uri: "http://localhost:9/other" }]) {
      assert.ok([400, 401].includes((await redeem(more)).status));
    }
    const again = parametersOf(await allowed(browser, program.asking)).code;
    const first = await redeem({ code: again });
    assert.equal(first.status, 200);
    assert.equal((await redeem({ code: again })).json().error, "invalid_grant");
    assert.equal((await sent(server, first.json().access_token, message("list_notes"))).status, 401);
    const fresh = parametersOf(await allowed(browser, program.asking)).code;
    assert.equal((await redeem({ code: fresh, code_verifier: "w".repeat(43) })).json().error, "invalid_grant");
  });

  served("another resource, no PKCE, a foreign address: nothing goes anywhere", async (server, browser) => {
    const program = new Program("client 2", server.address);
    await assert.rejects(program.connect(), /Unauthorized/);
    await toConsent(browser, program.asking);
    const changed = (name, ...values) => {
      const address = new URL(program.asking);
      address.searchParams.delete(name);
      for (const value of values) address.searchParams.append(name, value);
      return browser.get(address);
    };
    const evil = "https://evil.example/mcp";
    for (const asked of [changed("resource", evil), changed("resource", `${server.address}`, evil), changed("redirect_uri", evil), changed("client_id", evil)]) {
      const { status, headers } = await asked;
      assert.deepEqual([status, headers.location], [400, undefined]);
    }
    for (const asked of [changed("code_challenge"), changed("code_challenge_method", "plain"), changed("response_type", "token")]) {
      assert.ok(parametersOf((await asked).headers.location.replace("#", "?")).error);
    }
    const unknown = await changed("scope", "notes:read everything");
    assert.ok(!unknown.text.includes("everything"));
  });

  served("a registration that asks for too much", async (server, browser) => {
    const register = (metadata) => call("POST", new URL("/register", server.address), { headers: { "content-type": "application/json" }, body: JSON.stringify(metadata) });
    for (const uri of ["javascript:alert(1)", "data:text/html,x", "no address"]) assert.equal((await register({ redirect_uris: [uri] })).status, 400);
    assert.equal((await register({ redirect_uris: [CALLBACK], client_name: "x".repeat(200_000) })).status, 413);
    const { client_secret, token_endpoint_auth_method, client_name, scope } = (await register({
      redirect_uris: [CALLBACK], client_name: "n".repeat(1000), token_endpoint_auth_method: "client_secret_basic", scope: "notes:write", client_id: "calendar",
    })).json();
    assert.deepEqual([client_secret, token_endpoint_auth_method, client_name.length, scope], [undefined, "none", 80, undefined]);
    const { client_id } = (await register({ redirect_uris: ["http://evil.example/cb"] })).json();
    const asked = await browser.get(`/authorize?${new URLSearchParams({
      client_id, response_type: "code", redirect_uri: "http://evil.example/cb", scope: "notes:read",
      code_challenge: createHash("sha256").update("v").digest("base64url"), code_challenge_method: "S256",
    })}`);
    assert.deepEqual([asked.status, asked.headers.location], [400, undefined]);
  });
});
