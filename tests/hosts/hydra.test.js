// samples/hydra.mjs beside what Hydra's documentation says of itself, and what somebody would try.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CALLBACK, Hydra } from "./hydra_fake.js";
import { Browser, PASSWORD, Running } from "./support.js";

const ASKED = { response_type: "code", client_id: "calendar", redirect_uri: CALLBACK, scope: "openid calendar", state: "a state" };
const served = (title, work, { profile } = {}) => test(title, async () => {
  const hydra = await new Hydra().start();
  const app = await new Running("hydra.mjs", { HYDRA_ADMIN: hydra.admin, ...(profile ? { PROFILE: profile } : {}) }).start();
  hydra.serves(app.address.origin);
  try {
    await work({ hydra, browser: new Browser(app.address.origin), app });
    assert.deepEqual(app.complaints, []);
  } finally {
    await app.remove();
    await hydra.stop();
  }
});

/** To a page, or to the client. Hydra's own redirects are where the fake says. */
async function followed(browser, answer, origin) {
  let at = answer;
  while (at.headers.location?.startsWith(origin)) at = await browser.get(at.headers.location);
  return at;
}
const arrived = async ({ hydra, browser, app }, more = {}) =>
  followed(browser, { headers: { location: hydra.authorize({ ...ASKED, ...more }) } }, app.address.origin);
const interactionOf = ({ text }) => /name="interaction" value="([\w-]{43})"/.exec(text)?.[1] ?? "";
const answer = async ({ browser, app }, page, path, answered, more = {}) =>
  followed(browser, await browser.post(path, { interaction: interactionOf(page), answer: answered, ...more }), app.address.origin);
const signIn = (all, page, password = PASSWORD) => answer(all, page, "/login", "sign_in", { user: "alice", password });
const parametersOf = ({ headers }) => Object.fromEntries(new URL(headers.location).searchParams);

async function allowed(all, more) {
  let page = await arrived(all, more);
  if (/Sign in/.test(page.text)) page = await signIn(all, page);
  return parametersOf(/May it/.test(page.text) ? await answer(all, page, "/consent", "allow") : page);
}

served("first visit: it signs in, asks, and Hydra learns what was granted", async (all) => {
  const page = await signIn(all, await arrived(all));
  assert.match(page.text, /Pocket &#60;Calendar&#62; \(calendar\) asks alice for/);
  const { code, scope } = parametersOf(await answer(all, page, "/consent", "allow"));
  assert.deepEqual([typeof code, scope], ["string", "openid calendar"]);
  assert.deepEqual(all.hydra.said.map(([what]) => what), ["login/accept", "consent/accept"]);
});

served("who comes back sees no page; what is new, and prompt, bring one", async (all) => {
  await allowed(all);
  assert.ok(parametersOf(await arrived(all)).code);
  assert.ok(parametersOf(await arrived(all, { prompt: "none" })).code);
  assert.match((await arrived(all, { scope: "openid calendar offline_access" })).text, /offline_access/);
  assert.match((await arrived(all, { prompt: "consent" })).text, /May it/);
  for (const more of [{ prompt: "login" }, { prompt: "select_account" }, { max_age: "0" }]) {
    const page = await arrived(all, more);
    assert.match(page.text, /Sign in/);
    assert.ok(parametersOf(await signIn(all, page)).code);
  }
});

served("offline asked: a refresh token. Not asked, or not registered: none", async (all) => {
  assert.equal((await allowed(all)).refresh_token, "no");
  assert.equal((await allowed(all, { scope: "openid offline_access" })).refresh_token, "yes");
  const { scope, refresh_token } = await allowed(all, { client_id: "notes", scope: "openid offline_access" });
  assert.deepEqual([scope, refresh_token], ["openid", "no"]);
});

served("the profile openid-core: offline_access without prompt=consent is not granted, with it it is", async (all) => {
  const offline = { scope: "openid calendar offline_access" };
  assert.deepEqual((({ scope, refresh_token }) => [scope, refresh_token])(await allowed(all, offline)), ["openid calendar", "no"]);
  assert.equal((await allowed(all, { ...offline, prompt: "consent" })).refresh_token, "yes");
  assert.equal((await allowed(all, { scope: "openid calendar everything" })).scope, "openid calendar");
  assert.equal((await allowed(all, { client_id: "notes", scope: "openid offline_access", prompt: "consent" })).scope, "openid");
}, { profile: "openid-core" });

served("refused, cancelled, and a scope that nobody knows: the client learns it, and nothing is granted", async (all) => {
  assert.equal(parametersOf(await answer(all, await arrived(all), "/login", "cancel")).error, "access_denied");
  const page = await signIn(all, await arrived(all));
  assert.equal(parametersOf(await answer(all, page, "/consent", "deny")).error, "access_denied");
  assert.equal(parametersOf(await arrived(all, { scope: "openid everything" })).error, "invalid_scope");
  assert.deepEqual(all.hydra.consents, []);
});

served("a page is answered once, from here, by its own browser, for what it is about, with what it showed", async (all) => {
  const { browser, app, hydra } = all;
  const page = await signIn(all, await arrived(all));
  const thief = new Browser(app.address.origin);
  for (const other of [thief, new Browser(app.address.origin)]) {
    assert.equal((await answer({ ...all, browser: other }, page, "/consent", "allow")).status, 400);
    await other.get("/login?login_challenge=guessed");
  }
  const foreign = await browser.post("/consent", { interaction: interactionOf(page), answer: "allow" }, { "sec-fetch-site": "cross-site" });
  assert.equal(foreign.status, 403);
  for (const path of ["/login", "/logout"]) assert.equal((await answer(all, page, path, "sign_in", { user: "alice", password: PASSWORD })).status, 400);
  const { scope } = parametersOf(await answer(all, page, "/consent", "allow", { scope: "openid calendar offline_access", consent_challenge: "other" }));
  assert.equal(scope, "openid calendar");
  assert.equal((await answer(all, page, "/consent", "allow")).status, 400);
  assert.equal(hydra.consents.length, 1);
});

served("a challenge that is guessed, missing or over", async (all) => {
  for (const kind of ["login", "consent", "logout"]) {
    for (const query of ["", `?${kind}_challenge=guessed`, `?${kind}_challenge=..%2F..%2Fclients`]) assert.equal((await all.browser.get(`/${kind}${query}`)).status, 400);
  }
  await allowed(all);
  for (const kind of ["login", "consent"]) {
    const [challenge] = all.hydra.asked[kind].keys();
    assert.equal((await all.browser.get(`/${kind}?${kind}_challenge=${challenge}`)).status, 400);
  }
});

served("another client's consent, or another user's, is none of this one's", async (all) => {
  await allowed(all);
  assert.match((await arrived(all, { client_id: "notes" })).text, /notes asks alice/);
  for (const one of all.hydra.consents) one.consent_request.subject = "bob";
  assert.match((await arrived(all)).text, /May it/);
});

served("a wrong password signs nobody in, and ten of them are enough; a logout is confirmed", async (all) => {
  let page = await arrived(all);
  for (let round = 0; round < 10; round += 1) page = await signIn(all, page, "wrong");
  assert.match((await signIn(all, page)).text, /Sign in/);
  all.hydra.remembered = { subject: "alice", sid: "s" };
  const confirm = await all.browser.get(all.hydra.logout());
  assert.match(confirm.text, /Sign out\?/);
  assert.notEqual(all.hydra.remembered, null);
  const { headers } = await answer(all, confirm, "/logout", "");
  assert.deepEqual([headers.location, all.hydra.remembered], ["https://as.example/signed-out", null]);
});
