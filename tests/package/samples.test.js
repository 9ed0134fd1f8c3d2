// The server among the samples, as its reader starts it, and every attack on it that we know.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createHash, createPublicKey, randomBytes, verify } from "node:crypto";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { test } from "node:test";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const SERVER = new URL("./node_modules/grantwise/samples/server.mjs", import.meta.url);
const PASSWORD = "correct horse";
const SECRET = "a secret & a half:";
const BASIC = `Basic ${btoa(`calendar:${encodeURIComponent(SECRET)}`)}`;
const FORM = "application/x-www-form-urlencoded";

let port;
let server;

/** Before the server starts: its store is as slow as a database, and its clock goes on as its input says. */
const STAGE = `data:text/javascript,${encodeURIComponent(`
  import { Store } from ${JSON.stringify(new URL("store.mjs", SERVER).href)};
  const { find } = Store.prototype;
  Store.prototype.find = async function (...what) {
    const found = await find.apply(this, what);
    await new Promise((resolve) => setTimeout(resolve, 50));
    return found;
  };
  const { now } = Date;
  let ahead = 0;
  Date.now = () => now() + ahead;
  process.stdin.on("data", (seconds) => {
    ahead += 1000 * Number(seconds);
    console.log("later");
  });
`)}`;

/** A test with a server of its own, which has to go on whatever the test does, and to find nothing of it surprising. */
const attack = (name, body) => test(name, async () => {
  const complaints = [];
  server = spawn(process.execPath, ["--import", STAGE, fileURLToPath(SERVER)], {
    env: { ...process.env, PORT: "0", ALICE_PASSWORD: PASSWORD, CALENDAR_SECRET: SECRET },
    stdio: ["pipe", "pipe", "pipe"],
  });
  createInterface({ input: server.stderr }).on("line", (line) => complaints.push(line));
  try {
    const line = await new Promise((resolve, reject) => {
      createInterface({ input: server.stdout }).once("line", resolve);
      server.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${complaints.join("\n")}`)));
    });
    port = Number(new URL(line).port);
    await body();
    assert.equal((await call("GET", "/authorize")).status, 400);
    assert.equal(server.exitCode, null);
    assert.deepEqual(complaints, []);
  } finally {
    server.kill();
  }
});

function call(method, path, { headers = {}, body = "" } = {}) {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ port, host: "localhost", method, path, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => { text += part; })
        .on("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
    }).on("error", reject);
    sent.end(body);
  });
}

/** Posts a form. */
const post = (path, fields, headers = {}) => call("POST", path, {
  headers: { "content-type": FORM, ...headers }, body: String(new URLSearchParams(fields)),
});

/** Somebody's browser: it keeps the cookie. */
class Browser {
  cookie = "";

  #kept(answer) {
    const set = answer.headers["set-cookie"]?.[0];
    if (set) this.cookie = set.split(";")[0];
    return answer;
  }

  async get(path) {
    return this.#kept(await call("GET", path, { headers: { cookie: this.cookie } }));
  }

  async post(path, fields, headers = {}) {
    return this.#kept(await post(path, fields, { cookie: this.cookie, "sec-fetch-site": "same-origin", ...headers }));
  }

  signIn(page, password = PASSWORD, user = "alice") {
    return this.post("/sign_in", { interaction: interactionOf(page), user, password, answer: "sign_in" });
  }

  /** Signed in, at the consent page of a request. */
  async asked(path = asking()) {
    const page = await this.get(path);
    return /Sign in/.test(page.text) ? this.signIn(page) : page;
  }
}

const interactionOf = ({ text }) => /name="interaction" value="([\w-]{43})"/.exec(text)?.[1] ?? "";
const asking = (more = {}) => `/authorize?${new URLSearchParams({
  response_type: "code", client_id: "calendar", state: "s&t", redirect_uri: "https://calendar.example/cb",
  scope: "openid email offline_access", prompt: "consent", ...more,
})}`;
const VERIFIER = "v".repeat(43);
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");
const photos = (more = {}) => asking({
  client_id: "photos", redirect_uri: "https://photos.example/cb", code_challenge: CHALLENGE, code_challenge_method: "S256", ...more,
});
const approval = (page, more = {}) => [
  ["interaction", interactionOf(page)], ["answer", "approve"], ["scope", "email"], ["scope", "offline_access"], ...Object.entries(more),
];

/** The code that a browser is given. */
async function codeOf(browser, path = asking()) {
  const { status, headers } = await browser.post("/consent", approval(await browser.asked(path)));
  assert.equal(status, 303);
  return new URL(headers.location).searchParams.get("code");
}
const redeem = (code, more = {}, headers = { authorization: BASIC }) => post("/token", {
  grant_type: "authorization_code", code, redirect_uri: "https://calendar.example/cb", ...more,
}, headers);
const redeemPhotos = (code, more = {}) => redeem(code, {
  client_id: "photos", redirect_uri: "https://photos.example/cb", code_verifier: VERIFIER, ...more,
}, {});
const refreshed = (refresh_token, more = { client_id: "photos" }, headers = {}) =>
  post("/token", { grant_type: "refresh_token", refresh_token, ...more }, headers);
const usable = async (token) => (await call("GET", "/userinfo", { headers: { authorization: `Bearer ${token}` } })).status === 200;
const errorOf = ({ status, text }) => [status, JSON.parse(text).error];

attack("it signs in, asks, gives tokens, and ends them at logout", async () => {
  const browser = new Browser();
  const signIn = await browser.get(asking());
  assert.match(signIn.text, /Sign in to go on to calendar/);
  const consent = await browser.signIn(signIn);
  for (const shown of ["calendar asks for", "signed in as alice", "email", "while you are away"]) assert.ok(consent.text.includes(shown));
  const { status, headers } = await browser.post("/consent", approval(consent));
  const issued = new URL(headers.location);
  assert.deepEqual([status, issued.origin + issued.pathname], [303, "https://calendar.example/cb"]);
  assert.deepEqual([...issued.searchParams.keys()].sort(), ["code", "iss", "state"]);
  assert.equal(issued.searchParams.get("state"), "s&t");

  const tokens = await redeem(issued.searchParams.get("code"));
  const body = JSON.parse(tokens.text);
  assert.deepEqual([tokens.status, tokens.headers["cache-control"], body.token_type], [200, "no-store", "Bearer"]);
  const claims = JSON.parse(Buffer.from(body.id_token.split(".")[1], "base64url"));
  assert.deepEqual([claims.iss, claims.sub, claims.aud], ["https://as.example", "alice", "calendar"]);
  const [key] = JSON.parse((await call("GET", "/jwks")).text).keys;
  assert.equal(key.d, undefined);
  const [head, claimed, signature] = body.id_token.split(".");
  const published = { key: createPublicKey({ key, format: "jwk" }), dsaEncoding: "ieee-p1363" };
  assert.ok(verify("sha256", `${head}.${claimed}`, published, Buffer.from(signature, "base64url")));
  assert.ok(await usable(body.access_token));
  const again = JSON.parse((await refreshed(body.refresh_token, {}, { authorization: BASIC })).text);
  assert.ok(await usable(again.access_token));

  // The page marks what was granted before; a refusal is told to the client.
  const marked = await browser.get(asking());
  assert.match(marked.text, /email\s+\(granted before\)/);
  const denied = await browser.post("/consent", { interaction: interactionOf(marked), answer: "deny" });
  assert.equal(new URL(denied.headers.location).searchParams.get("error"), "access_denied");
  // Without prompt=consent nobody is asked again, and an answer by a form is a page that posts itself.
  assert.equal((await browser.get(asking({ prompt: "", scope: "openid email" }))).status, 303);
  const posted = await browser.get(asking({ prompt: "", scope: "openid email", response_mode: "form_post" }));
  assert.match(posted.text, /<form method="post" action="https:\/\/calendar\.example\/cb">/);
  const script = /<script>(.*?)<\/script>/s.exec(posted.text)[1];
  const hash = createHash("sha256").update(script).digest("base64");
  assert.ok(posted.headers["content-security-policy"].includes(`script-src 'sha256-${hash}'`));

  // Logout ends the session, and what is bound to it.
  const online = JSON.parse((await redeem(await codeOf(browser, asking({ scope: "openid email" })))).text);
  assert.ok(await usable(online.access_token));
  const out = await browser.post("/logout", { interaction: interactionOf(await browser.get("/logout")) });
  assert.match(out.text, /signed out/);
  assert.equal(await usable(online.access_token), false);
  assert.match((await browser.get(asking())).text, /Sign in/);
});

attack("approving the page of one client approves no other's", async () => {
  const browser = new Browser();
  const calendar = await browser.asked();
  const other = await browser.get(photos()); // opened last, in another tab
  const { headers } = await browser.post("/consent", approval(calendar));
  assert.match(headers.location, /^https:\/\/calendar\.example\/cb\?code=/);
  // The page of the other client is still only a page: it was not answered.
  const silent = await browser.get(photos({ prompt: "none" }));
  assert.equal(new URL(silent.headers.location).searchParams.get("error"), "consent_required");
  assert.match((await browser.post("/consent", approval(other))).headers.location, /^https:\/\/photos\.example\/cb\?code=/);
});

attack("a page counts for the browser that it was drawn for", async () => {
  const [alice, thief] = [new Browser(), new Browser()];
  const page = await alice.asked();
  const thiefs = await thief.get(asking());
  for (const cookie of [thief.cookie, "", "__Host-browser=", `__Host-browser=${"A".repeat(43)}`]) {
    assert.equal((await alice.post("/consent", approval(page), { cookie })).status, 400);
  }
  // A sign-in page of the thief's, posted by the victim's browser: nobody is signed in as somebody else.
  assert.equal((await alice.post("/sign_in", { interaction: interactionOf(thiefs), user: "alice", password: PASSWORD, answer: "sign_in" })).status, 400);
  assert.equal((await alice.post("/consent", approval(page))).status, 303);
});

attack("a page counts once, also for two answers at the same moment", async () => {
  const browser = new Browser();
  const page = await browser.asked();
  const answers = await Promise.all(Array.from({ length: 8 }, () => browser.post("/consent", approval(page))));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, ...Array(7).fill(400)]);
  assert.equal((await browser.post("/consent", approval(page))).status, 400);
});

attack("an answer to a page that would look different by now is not counted, and a second click counts for nothing", async () => {
  const browser = new Browser();
  const page = await browser.asked();
  await codeOf(browser, asking({ scope: "openid email" })); // in another tab: email is no longer new
  const again = await browser.post("/consent", approval(page));
  assert.deepEqual([again.status, /email\s+\(granted before\)/.test(again.text)], [200, true]);
  assert.notEqual(interactionOf(again), interactionOf(page));
  assert.equal((await browser.post("/consent", approval(page))).status, 400);
  assert.equal((await browser.post("/consent", approval(again))).status, 303);
});

attack("an answer without an interaction, with a guessed one or to another kind of page is none", async () => {
  const browser = new Browser();
  const signIn = await browser.get(asking());
  assert.equal((await browser.post("/consent", approval(signIn))).status, 400);
  const page = await browser.signIn(signIn);
  for (const interaction of ["", "undefined", "__proto__", "A".repeat(43), `${interactionOf(page)}=`]) {
    assert.equal((await browser.post("/consent", { interaction, answer: "approve" })).status, 400);
  }
  assert.equal((await browser.post("/consent", { answer: "approve" })).status, 400);
  assert.equal((await browser.post("/logout", approval(page))).status, 400);
  assert.equal((await browser.signIn(page)).status, 400);
});

attack("what the browser says beyond its buttons and boxes is not read", async () => {
  const browser = new Browser();
  const page = await browser.asked(asking({ scope: "openid email" }));
  const shown = JSON.stringify({ sub: "alice", client_id: "calendar", scopes: [], offline_access: true });
  const answers = JSON.stringify([{ screen: "consent", result: "approved" }]);
  const { headers } = await browser.post("/consent", approval(page, { shown, answers, sub: "bob", client_id: "photos", at: "9" }));
  const { text } = await redeem(new URL(headers.location).searchParams.get("code"));
  // offline_access was among the boxes that were sent, and not among those that were drawn.
  assert.deepEqual([JSON.parse(text).refresh_token, JSON.parse(text).scope], [undefined, undefined]);
  // Fewer boxes than were drawn, and none.
  const fewer = await browser.post("/consent", { interaction: interactionOf(await browser.get(asking())), answer: "approve", scope: "email" });
  const { scope } = JSON.parse((await redeem(new URL(fewer.headers.location).searchParams.get("code"))).text);
  assert.equal(scope, "openid email");
  const bare = photos({ scope: "email" });
  const none = await browser.post("/consent", { interaction: interactionOf(await browser.get(bare)), answer: "approve" });
  assert.equal(new URL(none.headers.location).searchParams.get("error"), "access_denied");
  // Whatever is not "approve" is a refusal.
  for (const answer of ["approved", "APPROVE", "", "done"]) {
    const refused = await browser.post("/consent", { interaction: interactionOf(await browser.get(asking())), answer });
    assert.equal(new URL(refused.headers.location).searchParams.get("error"), "access_denied");
  }
});

attack("a sign-in counts after the password was checked, and gives a cookie that nobody knew", async () => {
  const browser = new Browser();
  let page = await browser.get(asking());
  const planted = browser.cookie;
  for (const [password, user] of [["wrong", "alice"], ["", "alice"], [PASSWORD, "bob"], [PASSWORD, "__proto__"], [PASSWORD, ""]]) {
    const next = await browser.signIn(page, password, user);
    assert.match(next.text, /Sign in to go on/);
    assert.notEqual(interactionOf(next), interactionOf(page));
    assert.equal(browser.cookie, planted);
    page = next;
  }
  assert.match((await browser.signIn(page)).text, /calendar asks for/);
  assert.notEqual(browser.cookie, planted);
  // Who planted the cookie is still nobody.
  const thief = new Browser();
  thief.cookie = planted;
  assert.match((await thief.get(asking())).text, /Sign in to go on/);
  // prompt=login wants the password again, and cancel tells the client.
  const again = await browser.get(asking({ prompt: "login" }));
  assert.match(again.text, /Sign in to go on/);
  const before = browser.cookie;
  const signedIn = await browser.signIn(again);
  assert.match(signedIn.text, /calendar asks for/);
  thief.cookie = before;
  assert.match((await thief.get(asking())).text, /Sign in to go on/, "the cookie of before is worth nothing");
  const cancelled = await browser.post("/sign_in", { interaction: interactionOf(await browser.get(asking({ prompt: "login" }))), answer: "cancel" });
  assert.equal(new URL(cancelled.headers.location).searchParams.get("error"), "access_denied");
});

attack("ten wrong passwords, also all at once, and the right one is not tried for a while", async () => {
  const attempt = async (password) => {
    const browser = new Browser();
    return browser.signIn(await browser.get(asking()), password);
  };
  const tried = await Promise.all(Array.from({ length: 12 }, (_, at) => attempt(`wrong ${at}`)));
  for (const { text } of tried) assert.match(text, /Sign in/);
  assert.match((await attempt(PASSWORD)).text, /Sign in/);
});

attack("a form of another site is refused, and the cookie keeps to itself", async () => {
  const browser = new Browser();
  const first = await browser.get(asking());
  const set = first.headers["set-cookie"][0];
  for (const attribute of ["__Host-browser=", "Path=/", "HttpOnly", "Secure", "SameSite=Lax"]) assert.ok(set.includes(attribute), set);
  const page = await browser.signIn(first);
  for (const site of ["cross-site", "same-site", "none"]) {
    for (const path of ["/consent", "/sign_in", "/logout"]) {
      assert.equal((await browser.post(path, approval(page), { "sec-fetch-site": site })).status, 403);
    }
  }
  assert.equal((await browser.get(`/consent?${new URLSearchParams(approval(page))}`)).status, 404);
  for (const type of ["text/plain", "application/json", "multipart/form-data; boundary=x", ""]) {
    assert.equal((await browser.post("/consent", approval(page), { "content-type": type })).status, 415);
  }
  assert.equal((await browser.post("/consent", approval(page))).status, 303);
});

attack("nothing is kept by a cache or framed", async () => {
  const browser = new Browser();
  const answers = [await browser.get(asking()), await browser.get("/nothing"), await browser.get("/authorize"), await browser.get("/logout")];
  const page = await browser.asked();
  answers.push(page, await browser.post("/consent", approval(page)), await redeem("x"), await browser.get("/userinfo"), await post("/revoke", { token: "x" }));
  for (const { headers } of answers) {
    assert.equal(headers["cache-control"], "no-store");
    if (headers["content-type"]?.startsWith("text/html")) {
      assert.match(headers["content-security-policy"], /default-src 'none'; frame-ancestors 'none'/);
    }
  }
});

/** Sends bytes as they are, and gives what comes back. */
const raw = (bytes) => new Promise((resolve, reject) => {
  let text = "";
  const socket = connect(port, "localhost", () => socket.write(bytes));
  socket.setEncoding("latin1").on("data", (part) => { text += part; }).on("error", reject).on("close", () => resolve(text));
  setTimeout(() => socket.end(), 300);
});

attack("no request line ends the process", async () => {
  const end = "HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  for (const target of ["//", "///", "//[", "/%", "/%ff%fe", "*", "http://[", "http://x:99999999/", "?", "/authorize?%", "/authorize?\xff", "//?//"]) {
    assert.match(await raw(Buffer.from(`GET ${target} ${end}`, "latin1")), /^HTTP\/1\.1 4\d\d /, target);
  }
  assert.match(await raw(`CONNECT //:1 ${end}`), /^(HTTP\/1\.1 4|$)/);
  assert.match(await raw(`OPTIONS * ${end}`), /^HTTP\/1\.1 404 /);
});

attack("a sign-in after an error page is an error", async () => {
  const browser = new Browser();
  const error = await browser.get("/authorize?client_id=%3Cscript%3E");
  assert.deepEqual([error.status, error.headers.location, error.text.includes("<script>")], [400, undefined, false]);
  assert.equal((await browser.signIn(error)).status, 400);
  assert.equal((await browser.post("/sign_in", {})).status, 400);
  assert.equal((await browser.post("/consent", {})).status, 400);
  assert.equal((await browser.post("/", {})).status, 404);
  // A page for signing out that was drawn for nobody.
  const nobodys = await call("GET", "/logout");
  assert.equal((await post("/logout", { interaction: interactionOf(nobodys) })).status, 400);
});

attack("no body is too long, too slow or too strange", async () => {
  for (const path of ["/token", "/consent", "/sign_in", "/revoke"]) {
    const long = await post(path, { x: "x".repeat(20_000) }).catch((error) => error);
    assert.ok(long.status === 413 || ["ECONNRESET", "EPIPE"].includes(long.code), path);
  }
  // In chunks, without a length, and then never an end.
  const chunk = `4000\r\n${"x".repeat(0x4000)}\r\n`;
  assert.match(await raw(`POST /token HTTP/1.1\r\nHost: x\r\nContent-Type: ${FORM}\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}${chunk}`), /^HTTP\/1\.1 413 /);
  await raw(`POST /token HTTP/1.1\r\nHost: x\r\nContent-Type: ${FORM}\r\nContent-Length: 100\r\n\r\ngrant_type=`);
  const headers = { "content-type": FORM, authorization: BASIC };
  const strange = ["", "&", "=", "%", "%ff=%fe", "grant_type", "grant_type=%00", "grant_type=authorization_code&code=a&code=b",
    "grant_type=refresh_token&refresh_token=%ed%a0%80", "grant_type=__proto__&constructor=x", `grant_type=${"a".repeat(9000)}`, "a=1&".repeat(4000)];
  for (const body of [...strange, randomBytes(4096)]) {
    const { status } = await call("POST", "/token", { headers, body });
    assert.equal(status, 400, String(body).slice(0, 40));
  }
  for (const authorization of ["Basic", "Basic ====", "Basic Og==", `Basic ${btoa("calendar")}`, `Basic ${btoa("%:%")}`, "Bearer x", BASIC.slice(0, -4), `Basic ${btoa("__proto__:x")}`]) {
    assert.deepEqual(errorOf(await redeem("x", {}, { authorization })), [401, "invalid_client"], authorization);
  }
});

attack("state adds no header, and no error goes to an address that is not registered", async () => {
  const browser = new Browser();
  await browser.asked();
  const state = "a\r\nSet-Cookie: x=1\r\n\r\n<script>\u0000日本";
  const { headers, status } = await browser.post("/consent", approval(await browser.get(asking({ state }))));
  assert.equal(status, 303);
  assert.deepEqual([headers["set-cookie"], new URL(headers.location).searchParams.get("state")], [undefined, state]);
  const form = await browser.get(asking({ state, prompt: "", response_mode: "form_post", scope: "openid email" }));
  assert.ok(!form.text.includes("<script>\u0000"));
  for (const redirect_uri of ["https://evil.example/", "https://calendar.example/cb/../x", "https://calendar.example.evil.example/cb",
    "https://calendar.example/cb#x", "javascript:alert(1)", "https://calendar.example/cb\r\nx: y", "//evil.example", ""]) {
    for (const more of [{}, { response_type: "nonsense" }, { prompt: "none" }]) {
      const refused = await browser.get(asking({ redirect_uri, state, ...more }));
      assert.deepEqual([refused.status, refused.headers.location], [400, undefined], redirect_uri);
    }
  }
  const twice = await browser.get(`${asking()}&redirect_uri=https%3A%2F%2Fevil.example%2F`);
  assert.deepEqual([twice.status, twice.headers.location], [400, undefined]);
  const two = await browser.get(`${asking()}&client_id=photos`);
  assert.deepEqual([two.status, two.headers.location], [400, undefined]);
});

attack("one code, presented many times at once, gives tokens once at most, and they end", async () => {
  const code = await codeOf(new Browser());
  const answers = await Promise.all(Array.from({ length: 10 }, () => redeem(code)));
  const given = answers.filter(({ status }) => status === 200);
  assert.equal(given.length, 1);
  for (const answer of answers) if (answer.status !== 200) assert.deepEqual(errorOf(answer), [400, "invalid_grant"]);
  const { access_token, refresh_token } = JSON.parse(given[0].text);
  assert.equal(await usable(access_token), false, "a replay ends what the first exchange gave");
  assert.deepEqual(errorOf(await refreshed(refresh_token, {}, { authorization: BASIC })), [400, "invalid_grant"]);
});

attack("a page, a code, a token and a session end", async () => {
  const later = async (seconds) => {
    const done = once(server.stdout, "data");
    server.stdin.write(String(seconds));
    await done;
  };
  const browser = new Browser();
  const page = await browser.asked();
  await later(599);
  assert.equal((await browser.post("/consent", approval(page))).status, 303);
  const over = await browser.get(asking());
  await later(600);
  assert.equal((await browser.post("/consent", approval(over))).status, 400);
  const code = await codeOf(browser);
  await later(61);
  assert.deepEqual(errorOf(await redeem(code)), [400, "invalid_grant"]);
  const offline = JSON.parse((await redeem(await codeOf(browser))).text);
  await later(601);
  assert.equal(await usable(offline.access_token), false);
  // A token that is bound to the session, shortly before its end.
  await later(8 * 3600 - 599 - 600 - 61 - 601 - 60);
  const online = JSON.parse((await redeem(await codeOf(browser, asking({ scope: "openid email" })))).text);
  assert.ok(await usable(online.access_token));
  await later(120);
  assert.equal(await usable(online.access_token), false);
  assert.match((await browser.get(asking())).text, /Sign in to go on/);
  // Offline access goes on, but not for ever.
  const renewed = JSON.parse((await refreshed(offline.refresh_token, {}, { authorization: BASIC })).text);
  assert.ok(await usable(renewed.access_token));
  await later(15 * 86_400);
  assert.deepEqual(errorOf(await refreshed(offline.refresh_token, {}, { authorization: BASIC })), [400, "invalid_grant"]);
});

attack("a code is for its client, its address, its verifier, and who has the secret", async () => {
  const browser = new Browser();
  const cases = [
    [400, (code) => redeem(code, { redirect_uri: "https://calendar.example/other" })],
    [400, (code) => redeemPhotos(code)],
    [401, (code) => redeem(code, {}, {})],
    [401, (code) => redeem(code, {}, { authorization: `Basic ${btoa("calendar:wrong")}` })],
    [401, (code) => redeem(code, { client_id: "calendar", client_secret: "" }, {})],
    [400, (code) => redeem(createHash("sha256").update(code).digest("base64url"))],
  ];
  for (const [status, theft] of cases) assert.equal((await theft(await codeOf(browser))).status, status);
  for (const code_verifier of ["w".repeat(43), "", CHALLENGE]) {
    assert.deepEqual(errorOf(await redeemPhotos(await codeOf(browser, photos()), { code_verifier })), [400, "invalid_grant"]);
  }
  assert.deepEqual((await redeemPhotos(await codeOf(browser, photos()))).status, 200);
  // Without PKCE a public client gets no code, and plain is none.
  for (const more of [{ code_challenge: "" }, { code_challenge: VERIFIER, code_challenge_method: "plain" }]) {
    const refused = await browser.get(photos(more));
    assert.equal(new URL(refused.headers.location).searchParams.get("error"), "invalid_request");
  }
});

attack("a refresh token that was replaced ends everything that came of it", async () => {
  const browser = new Browser();
  const first = JSON.parse((await redeemPhotos(await codeOf(browser, photos()))).text);
  const second = JSON.parse((await refreshed(first.refresh_token)).text);
  assert.ok(second.refresh_token && second.refresh_token !== first.refresh_token);
  assert.ok(await usable(second.access_token));
  assert.deepEqual(errorOf(await refreshed(first.refresh_token)), [400, "invalid_grant"]);
  assert.equal(await usable(second.access_token), false);
  assert.deepEqual(errorOf(await refreshed(second.refresh_token)), [400, "invalid_grant"]);
  // At once: one at most wins, and then nobody has anything.
  const third = JSON.parse((await redeemPhotos(await codeOf(browser, photos()))).text);
  const answers = await Promise.all(Array.from({ length: 10 }, () => refreshed(third.refresh_token)));
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  assert.equal(await usable(JSON.parse(answers.find(({ status }) => status === 200).text).access_token), false);
  // Another client's refresh token, and a token of another kind.
  const fourth = JSON.parse((await redeemPhotos(await codeOf(browser, photos()))).text);
  assert.equal((await refreshed(fourth.refresh_token, {}, { authorization: BASIC })).status, 400);
  assert.equal((await refreshed(fourth.access_token)).status, 400);
  assert.equal(await usable(fourth.refresh_token), false);
});

attack("a client revokes its own tokens and no other's", async () => {
  const browser = new Browser();
  const { access_token, refresh_token } = JSON.parse((await redeemPhotos(await codeOf(browser, photos()))).text);
  await post("/revoke", { token: access_token }, { authorization: BASIC });
  assert.ok(await usable(access_token));
  const revoked = await post("/revoke", { token: refresh_token, client_id: "photos" });
  assert.deepEqual([revoked.status, revoked.text], [200, ""]);
  assert.deepEqual(errorOf(await refreshed(refresh_token)), [400, "invalid_grant"]);
});
