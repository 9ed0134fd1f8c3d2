// samples/workers.mjs in workerd: the policy between the library's two calls, and what somebody would try there.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import { PASSWORD } from "./support.js";
import { CALLBACK, ISSUER, startWorker } from "./workers.js";

const VERIFIER = "v".repeat(43);
const CLIENT = { redirect_uris: [CALLBACK], token_endpoint_auth_method: "none", client_name: "Pocket <Notes>", grant_types: ["authorization_code", "refresh_token"] };

/** Somebody's browser, in front of a worker. */
class Browser {
  cookies = new Map();

  constructor(worker) {
    this.worker = worker;
  }

  async call(address, init = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await this.worker.dispatchFetch(new URL(address, ISSUER), { redirect: "manual", ...init, headers: { cookie, ...init.headers } });
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set);
      if (value === "" || /Max-Age=0/.test(set)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return { status: response.status, headers: response.headers, text: await response.text(), address, to: response.headers.get("location") };
  }

  post(address, fields, headers = {}) {
    return this.call(address, { method: "POST", body: new URLSearchParams(fields), headers: { "sec-fetch-site": "same-origin", ...headers } });
  }

  /** A page is answered at the address where it stands. */
  answer(page, answer, more = {}) {
    const handle = handleOf(page);
    return this.post(page.address, { answer, ...(handle ? { handle } : {}), ...more });
  }

  signIn(page, password = PASSWORD, user = "alice") {
    return this.answer(page, "sign_in", { user, password });
  }

  /** Through the pages, whichever come, to the client's address. */
  async allowed(address) {
    let page = await this.call(address);
    if (/Sign in/.test(page.text)) page = await this.signIn(page);
    if (/May it/.test(page.text)) page = await this.answer(page, "allow");
    return parametersOf(page.to);
  }
}

const handleOf = ({ text }) => /name="handle" value="([^"]+)"/.exec(text)?.[1];
const parametersOf = (address) => Object.fromEntries(new URL(address).searchParams);

/** What a client does. */
class Program {
  constructor(worker, { client_id }) {
    this.worker = worker;
    this.client_id = client_id;
  }

  asking(more = {}) {
    return `/authorize?${new URLSearchParams({
      response_type: "code", client_id: this.client_id, redirect_uri: CALLBACK, scope: "notes", state: "a state",
      code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"), code_challenge_method: "S256", ...more,
    })}`;
  }

  async token(fields) {
    const body = new URLSearchParams({ client_id: this.client_id, ...fields });
    const response = await this.worker.dispatchFetch(`${ISSUER}/token`, { method: "POST", body });
    const text = await response.text();
    return { status: response.status, ...(text ? JSON.parse(text) : {}) };
  }

  redeem(code, more = {}) {
    return this.token({ grant_type: "authorization_code", code, redirect_uri: CALLBACK, code_verifier: VERIFIER, ...more });
  }

  refresh(refresh_token) {
    return this.token({ grant_type: "refresh_token", refresh_token });
  }

  async uses(token) {
    const response = await this.worker.dispatchFetch(`${ISSUER}/api/me`, { headers: { authorization: `Bearer ${token}` } });
    const text = await response.text();
    return response.status === 200 ? JSON.parse(text) : response.status;
  }
}

const registered = async (worker, metadata = CLIENT) => {
  const response = await worker.dispatchFetch(`${ISSUER}/register`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(metadata) });
  return new Program(worker, await response.json());
};

const served = (title, work, options) => test(title, async () => {
  const { worker, remove } = await startWorker(options);
  try {
    await work({ worker, browser: new Browser(worker), program: await registered(worker) });
  } finally {
    await remove();
  }
});

served("first visit: it signs in, the page says who gets it, and the code is good for the API", async ({ browser, program }) => {
  const page = await browser.signIn(await browser.call(program.asking()));
  assert.match(page.text, /Pocket &#60;Notes&#62; asks alice for/);
  assert.match(page.text, /goes to notes\.example/);
  const { status, to } = await browser.answer(page, "allow");
  const { code, state, iss } = parametersOf(to);
  assert.deepEqual([status, state, iss], [303, "a state", ISSUER]);
  const { access_token, expires_in } = await program.redeem(code);
  assert.equal(expires_in, 600);
  assert.deepEqual(await program.uses(access_token), { sub: "alice", scope: ["notes"] });
});

served("who comes back sees no page; what is new, another program, prompt and max_age bring one", async ({ worker, browser, program }) => {
  await browser.allowed(program.asking());
  assert.ok(parametersOf((await browser.call(program.asking())).to).code);
  assert.match((await browser.call(program.asking({ scope: "notes offline_access" }))).text, /offline_access/);
  assert.match((await browser.call((await registered(worker)).asking())).text, /May it/);
  assert.match((await browser.call(program.asking({ prompt: "consent" }))).text, /May it/);
  for (const more of [{ prompt: "login" }, { max_age: "0" }]) {
    const again = await browser.call(program.asking(more));
    assert.match(again.text, /Sign in/);
    assert.ok(parametersOf((await browser.signIn(again)).to).code);
  }
  assert.match((await browser.call(program.asking({ prompt: "login select_account consent" }))).text, /Sign in/);
  assert.match((await browser.signIn({ address: program.asking({ prompt: "login select_account consent" }), text: "" })).text, /May it/);
});

served("prompt=none: the client learns that a page would be needed", async ({ browser, program }) => {
  const silent = program.asking({ prompt: "none" });
  assert.equal(parametersOf((await browser.call(silent)).to).error, "login_required");
  await browser.signIn(await browser.call(program.asking()));
  assert.equal(parametersOf((await browser.call(silent)).to).error, "consent_required");
  await browser.allowed(program.asking());
  assert.ok(parametersOf((await browser.call(silent)).to).code);
});

served("refused: the client learns it, and nothing is kept", async ({ browser, program }) => {
  const page = await browser.signIn(await browser.call(program.asking()));
  const { error, state, iss } = parametersOf((await browser.answer(page, "deny")).to);
  assert.deepEqual([error, state, iss], ["access_denied", "a state", ISSUER]);
  assert.match((await browser.call(program.asking())).text, /May it/);
  const other = new Browser(browser.worker);
  assert.equal(parametersOf((await other.answer(await other.call(program.asking()), "cancel")).to).error, "access_denied");
});

served("offline asked: it survives the logout. Not asked: it ends with the session", async ({ browser, program }) => {
  const online = await program.redeem((await browser.allowed(program.asking())).code);
  assert.equal((await program.refresh(online.refresh_token)).status, 200);
  const other = await registered(browser.worker);
  const offline = await other.redeem((await browser.allowed(other.asking({ scope: "notes offline_access" }))).code);
  const copied = new Browser(browser.worker);
  copied.cookies = new Map(browser.cookies);
  assert.equal((await browser.post("/logout", {})).status, 200);
  for (const one of [browser, copied]) assert.match((await one.call(program.asking())).text, /Sign in/);
  assert.equal((await program.refresh(online.refresh_token)).error, "invalid_grant");
  assert.equal(await program.uses(online.access_token), 401);
  assert.equal((await other.refresh(offline.refresh_token)).status, 200);
});

served("a client that takes its access back, and a user who does", async ({ browser, program }) => {
  const first = await program.redeem((await browser.allowed(program.asking({ scope: "notes offline_access" }))).code);
  assert.equal((await program.token({ token: first.refresh_token })).status, 200);
  assert.equal((await program.refresh(first.refresh_token)).error, "invalid_grant");
  const second = await program.redeem((await browser.allowed(program.asking())).code);
  assert.equal((await browser.post("/disconnect", { client_id: program.client_id })).status, 200);
  assert.equal((await program.refresh(second.refresh_token)).error, "invalid_grant");
  assert.equal(await program.uses(second.access_token), 401);
  assert.match((await browser.call(program.asking())).text, /May it/);
});

served("the library's rotation: the one before is good until its successor is used", async ({ browser, program }) => {
  const { refresh_token } = await program.redeem((await browser.allowed(program.asking())).code);
  const [second, again] = [await program.refresh(refresh_token), await program.refresh(refresh_token)];
  assert.deepEqual([second.status, again.status], [200, 200]);
  assert.equal((await program.refresh(again.refresh_token)).status, 200);
  assert.equal((await program.refresh(refresh_token)).error, "invalid_grant");
});

served("the profile cloudflare-workers: a page each time, and a refresh token that outlives the session for whoever asks", async ({ browser, program }) => {
  const { refresh_token } = await program.redeem((await browser.allowed(program.asking())).code);
  assert.match((await browser.call(program.asking())).text, /May it/);
  assert.match((await browser.call(program.asking({ prompt: "none" }))).text, /May it/); // as the library, it knows no prompt
  await browser.post("/logout", {});
  assert.equal((await program.refresh(refresh_token)).status, 200);
}, { profile: "cloudflare-workers" });

served("the profile openiddict: a refresh token for whoever asks for offline access, and for nobody else", async ({ browser, program }) => {
  assert.equal((await program.redeem((await browser.allowed(program.asking())).code)).refresh_token, undefined);
  assert.ok((await program.redeem((await browser.allowed(program.asking({ scope: "notes offline_access" }))).code)).refresh_token);
}, { profile: "openiddict" });

served("a page is answered once, from here, by its own browser and user, with what it showed", async ({ worker, browser, program }) => {
  const page = await browser.signIn(await browser.call(program.asking()));
  const thief = new Browser(worker);
  await thief.signIn(await thief.call(program.asking()));
  assert.equal((await thief.answer(page, "allow")).status, 400);
  assert.equal((await new Browser(worker).answer(page, "allow")).status, 400);
  assert.equal((await browser.post(page.address, { handle: handleOf(page), answer: "allow" }, { "sec-fetch-site": "cross-site" })).status, 403);
  assert.equal((await browser.post("/logout", {}, { "sec-fetch-site": "same-site" })).status, 403);
  // The address and the fields ask for more than the page showed.
  const more = await browser.answer({ ...page, address: program.asking({ scope: "notes offline_access", state: "other" }) }, "allow", { scope: "offline_access" });
  assert.equal(parametersOf(more.to).state, "a state");
  const { access_token } = await program.redeem(parametersOf(more.to).code);
  assert.deepEqual((await program.uses(access_token)).scope, ["notes"]);
  assert.equal((await browser.answer(page, "allow")).status, 400);
  assert.equal((await browser.answer({ ...page, text: 'name="handle" value="x"' }, "allow")).status, 400);
  // The page outlives the session that it was drawn in: it is no consent then.
  const late = await browser.call((await registered(worker)).asking());
  await browser.post("/logout", {});
  assert.equal((await browser.answer(late, "allow")).status, 400);
});

served("a code is good once, for its client, with its verifier; a replay ends what came of it", async ({ worker, browser, program }) => {
  const other = await registered(worker);
  const { code } = await browser.allowed(program.asking());
  assert.ok((await other.redeem(code)).error);
  const fresh = (await browser.allowed(program.asking())).code;
  assert.ok((await program.redeem(fresh, { code_verifier: "w".repeat(43) })).error);
  const again = (await browser.allowed(program.asking())).code;
  const { access_token, refresh_token } = await program.redeem(again);
  assert.equal((await program.redeem(again)).error, "invalid_grant");
  assert.deepEqual([await program.uses(access_token), (await program.refresh(refresh_token)).error], [401, "invalid_grant"]);
});

served("nothing goes to a foreign address, without PKCE, for another resource or a scope that is not there", async ({ browser, program }) => {
  await browser.allowed(program.asking());
  for (const more of [{ redirect_uri: "https://evil.example/cb" }, { client_id: "nobody" }, { client_id: "__proto__" }]) {
    const { status, to } = await browser.call(program.asking(more));
    assert.deepEqual([status, to], [400, null]);
  }
  for (const more of [{ code_challenge: "" }, { code_challenge_method: "plain" }, { response_type: "token" }, { resource: "https://evil.example/api" }]) {
    const { status, to } = await browser.call(program.asking(more));
    assert.ok(status === 400 || parametersOf(to).error, JSON.stringify(more));
  }
  const { access_token } = await program.redeem((await browser.allowed(program.asking({ scope: "notes everything" }))).code);
  assert.deepEqual((await program.uses(access_token)).scope, ["notes"]);
});

served("what is no form, is too long, or has a handle that nobody gave out", async ({ browser, program }) => {
  const page = await browser.call(program.asking());
  const post = (body, type) => browser.call(page.address, { method: "POST", body, headers: { "content-type": type } });
  assert.equal((await post("{}", "application/json")).status, 415);
  assert.equal((await post("answer=allow", "text/plain")).status, 415);
  assert.equal((await post(`x=${"y".repeat(20_000)}`, "application/x-www-form-urlencoded")).status, 413);
  for (const handle of ["", "x".repeat(1000), "../session", "__proto__"]) {
    for (const answer of ["allow", "deny"]) assert.equal((await browser.post(page.address, { handle, answer })).status, 400);
  }
  assert.equal((await browser.call("/nothing")).status, 404);
});

served("a wrong password signs nobody in, a planted cookie is worth nothing, and guessing ends", async ({ worker, browser, program }) => {
  const planted = randomBytes(32).toString("base64url");
  browser.cookies.set("__Host-session", planted);
  const page = await browser.call(program.asking());
  for (const [password, user] of [["wrong", "alice"], [PASSWORD, "bob"], ["", ""]]) assert.match((await browser.signIn(page, password, user)).text, /Sign in/);
  await browser.signIn(page);
  assert.notEqual(browser.cookies.get("__Host-session"), planted);
  const guessing = new Browser(worker);
  const guesses = await Promise.all(Array.from({ length: 40 }, () => guessing.signIn(page, "wrong")));
  assert.ok(guesses.every(({ text }) => /Sign in/.test(text)));
  const right = await Promise.all(Array.from({ length: 40 }, () => new Browser(worker).signIn(page)));
  assert.ok(right.some(({ text }) => /Sign in/.test(text)));
});
