// Somebody in a real browser in front of the server: signs in, consents, looks, refreshes, logs out, and switches the policy.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { get } from "node:http";
import { test } from "node:test";
import { withPage } from "../../xtask/js/chromium.js";
import { start } from "./serve.js";

const served = async (options, use) => {
  const { origin, issuer, stop } = await start(options);
  try {
    return await use({ origin, issuer });
  } finally {
    await stop();
  }
};

const inBrowser = (options, use) => served(options, (at) => withPage(async (page) => {
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => { if (/Content Security Policy/.test(message.text())) wrong.push(message.text()); });
  await page.goto(at.origin);
  await use(page, at);
  assert.deepEqual(wrong, []);
}));

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const said = (page) => page.locator("#said").innerText();
const heading = (page) => page.getByRole("heading", { level: 1 }).innerText();

async function signIn(page, user, password) {
  await page.getByLabel("Name").fill(user);
  await page.getByLabel("Password").fill(password);
  await press(page, "Sign in");
}

/** Each token of the table: which, and whether it is alive. */
const tokens = (page) => page.locator("tbody tr").evaluateAll((rows) => rows.filter((row) => row.cells.length === 6)
  .map(({ cells }) => `${cells[0].innerText} ${cells[1].innerText.split(" ").slice(0, 2).join(" ")}: ${cells[4].innerText}`));

const asked = (page, client, prompt) => page.getByRole("region", { name: client }).getByLabel("prompt").selectOption(prompt);

test("sign in, consent, tokens with their reason, refresh, log out, and what dies", () => inBrowser({}, async (page) => {
  await asked(page, "calendar", "consent");
  await press(page, "Ask for access as calendar");
  assert.equal(await heading(page), "Sign in to go on to calendar");
  await signIn(page, "alice", "wrong");
  assert.match(await page.getByRole("alert").innerText(), /do not fit/);
  await signIn(page, "alice", "wonderland");
  assert.equal(await heading(page), "What may calendar do?");
  assert.deepEqual(await page.getByRole("checkbox").evaluateAll((boxes) => boxes.map(({ value }) => value).sort()), ["email", "offline_access", "openid"]);
  await press(page, "Allow");
  assert.equal(await said(page), "calendar redeemed its code, and got: access token, refresh token, id token");
  assert.deepEqual(await tokens(page), ["calendar access token: yes", "calendar refresh token: yes"].sort().reverse());
  assert.match(await page.getByRole("list", { name: "What was decided, and why" }).innerText(), /calendar gets an access token and a refresh token that survives the session/);

  await press(page, "Refresh the refresh token of calendar");
  assert.match(await said(page), /^calendar refreshed, and got: access token/);

  // Without prompt=consent there is nothing that survives the session, and the reason is told.
  await press(page, "Ask for access as calendar");
  assert.equal(await said(page), "calendar redeemed its code, and got: access token, id token");
  assert.match(await page.getByRole("list", { name: "What was decided, and why" }).innerText(), /Set aside: scope=offline_access/);
  assert.equal((await tokens(page))[0], "calendar access token: yes");

  await press(page, "Log out from calendar");
  assert.equal(await heading(page), "Sign out?");
  await press(page, "Sign out");
  assert.equal(await heading(page), "A server to look at");
  const after = await tokens(page);
  assert.equal(after[0], "calendar access token: no", "what was bound to the session died with it");
  assert.ok(after.includes("calendar refresh token: yes"), "what was granted for later lives");

  await press(page, "Revoke the refresh token of calendar");
  assert.ok((await tokens(page)).includes("calendar refresh token: no"));
}));

test("another policy decides otherwise, and knows nobody", () => inBrowser({}, async (page) => {
  await press(page, "Ask for access as phone");
  await signIn(page, "bob", "builder");
  await press(page, "Allow");
  assert.equal(await said(page), "phone redeemed its code, and got: access token, id token");
  await page.locator("select[name=profile]").selectOption("aol");
  await press(page, "Switch");
  assert.match(await said(page), /^The policy is aol now/);
  assert.deepEqual(await tokens(page), []);
  await press(page, "Ask for access as phone");
  assert.equal(await heading(page), "Sign in to go on to phone");
  await signIn(page, "bob", "builder");
  await press(page, "Allow");
  assert.equal(await said(page), "phone redeemed its code, and got: access token, refresh token, id token");
}));

test("every profile can be chosen that oidc-provider can carry out, and the others say why not", () => inBrowser({}, async (page) => {
  const offered = await page.locator("select[name=profile] option").allInnerTexts();
  assert.ok(offered.includes("openid-core") && offered.includes("oidc-provider") && offered.length > 20, offered.join(", "));
  await page.getByText("Profiles that oidc-provider cannot carry out").click();
  assert.match(await page.locator("details").innerText(), /^google: grant_model is "per_project", and oidc-provider has one grant for each session and client/m);
}));

test("who does not allow it, and who does not sign in", () => inBrowser({}, async (page) => {
  await press(page, "Ask for access as calendar");
  await signIn(page, "alice", "wonderland");
  await press(page, "Do not allow");
  assert.match(await said(page), /^calendar got an error: access_denied/);
  await asked(page, "calendar", "login");
  await press(page, "Ask for access as calendar");
  await press(page, "Cancel");
  assert.match(await said(page), /^calendar got an error: /);
}));

test("without colours, scripts and a mouse it is the same page", () => inBrowser({}, async (page) => {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const [back, text] = await page.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]);
    assert.ok(contrast(back, text) > 7, `${colorScheme}: ${text} on ${back}`);
  }
  assert.equal(await page.locator("script").count(), 0);
  const unnamed = await page.evaluate(() => [...document.querySelectorAll("input:not([type=hidden]), select")].filter(({ labels }) => labels.length === 0).length);
  assert.equal(unnamed, 0);
  await page.getByRole("button", { name: "Ask for access as phone" }).focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("Name").waitFor();
}));

function contrast(...colours) {
  const [low, high] = colours.map((colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map((part) => part / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }).sort((one, other) => one - other);
  return (high + 0.05) / (low + 0.05);
}

// == Attacks, without a browser ==

const opened = async (origin) => {
  const response = await fetch(origin);
  const cookie = response.headers.get("set-cookie").split(";")[0];
  return { response, cookie, form: /name="form" value="([^"]+)"/.exec(await response.text())[1] };
};
const posted = (address, fields, headers = {}) => fetch(address, { method: "POST", redirect: "manual", headers, body: new URLSearchParams(fields) });

test("a form of another page changes nothing", () => served({}, async ({ origin }) => {
  const { cookie, form } = await opened(origin);
  const fields = { form, profile: "aol" };
  assert.equal((await posted(`${origin}/profile`, fields, { cookie, "sec-fetch-site": "same-site" })).status, 403);
  assert.equal((await posted(`${origin}/profile`, fields, {})).status, 403, "without the cookie");
  const ofNobody = createHash("sha256").update("form of null").digest("base64url");
  assert.equal((await posted(`${origin}/profile`, { form: ofNobody, profile: "aol" }, {})).status, 403, "with what a form for nobody would carry");
  assert.equal((await posted(`${origin}/profile`, { profile: "aol" }, { cookie })).status, 403, "without what the form carries");
  const { form: foreign } = await opened(origin);
  assert.equal((await posted(`${origin}/profile`, { form: foreign, profile: "aol" }, { cookie })).status, 403, "with that of another browser");
  assert.equal((await posted(`${origin}/profile`, fields, { cookie, "content-type": "text/plain" })).status, 415);
  assert.equal((await posted(`${origin}/profile`, { ...fields, profile: "no-such" }, { cookie })).status, 400);
  assert.equal((await posted(`${origin}/profile`, { ...fields, more: "x".repeat(20_000) }, { cookie })).status, 413);
  assert.match(await (await fetch(origin)).text(), /Policy: openid-core/);
  assert.equal((await posted(`${origin}/profile`, fields, { cookie })).status, 303);
  assert.match(await (await fetch(origin)).text(), /Policy: aol/);
}));

test("a response that nobody asked for is refused, and what it says is text", () => served({}, async ({ origin, issuer }) => {
  const { cookie, form } = await opened(origin);
  assert.equal((await fetch(`${origin}/callback/calendar?code=x&state=y`, { headers: { cookie } })).status, 400);
  const asking = await posted(`${origin}/ask`, { form, client: "calendar", scope: "openid", more: "" }, { cookie });
  const state = new URL(asking.headers.get("location")).searchParams.get("state");
  const error = `error=${encodeURIComponent("<b>no</b>")}`;
  assert.equal((await fetch(`${origin}/callback/calendar?${error}&state=${state}&iss=https%3A%2F%2Fother.example`, { headers: { cookie } })).status, 400, "of another server");
  assert.equal((await fetch(`${origin}/callback/calendar?${error}&state=${state}&iss=${encodeURIComponent(issuer)}`, { headers: { cookie } })).status, 400, "a state counts once");

  const again = await posted(`${origin}/ask`, { form, client: "calendar", scope: "openid", more: "" }, { cookie });
  const stolen = `state=${new URL(again.headers.get("location")).searchParams.get("state")}&iss=${encodeURIComponent(issuer)}`;
  const { cookie: other } = await opened(origin);
  const refused = await fetch(`${origin}/callback/calendar?${error}&${stolen}`, { headers: { cookie: other } });
  assert.equal(refused.status, 400);
  assert.match(await refused.text(), /Nobody asked for this/, "in another browser");
  const third = await posted(`${origin}/ask`, { form, client: "calendar", scope: "openid", more: "" }, { cookie });
  const own = `state=${new URL(third.headers.get("location")).searchParams.get("state")}&iss=${encodeURIComponent(issuer)}`;
  assert.equal((await fetch(`${origin}/callback/phone?${error}&${own}`, { headers: { cookie } })).status, 400, "of another client");
  const last = await posted(`${origin}/ask`, { form, client: "calendar", scope: "openid", more: "" }, { cookie });
  const good = `state=${new URL(last.headers.get("location")).searchParams.get("state")}&iss=${encodeURIComponent(issuer)}`;
  const shown = await (await fetch(`${origin}/callback/calendar?${error}&${good}`, { headers: { cookie } })).text();
  assert.match(shown, /got an error: &#60;b&#62;no/);
}));

test("a page of sign-in is answered by itself alone", () => served({}, async ({ origin, issuer }) => {
  const { cookie, form } = await opened(origin);
  const asking = await posted(`${origin}/ask`, { form, client: "calendar", scope: "openid", more: "" }, { cookie });
  const started = await fetch(asking.headers.get("location"), { redirect: "manual" });
  const page = new URL(started.headers.get("location"), issuer);
  assert.match(page.pathname, /^\/interaction\//);
  const cookies = started.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
  const fields = { answer: "sign_in", user: "alice", password: "wonderland" };
  assert.equal((await posted(page, fields, { cookie: cookies, "sec-fetch-site": "same-site" })).status, 403, "sent by another page");
  assert.equal((await posted(page, fields, {})).status, 400, "in another browser");
  assert.equal((await posted(page, { ...fields, password: "" }, { cookie: cookies })).status, 401);
  assert.equal((await posted(page, { ...fields, user: "mallory" }, { cookie: cookies })).status, 401);
  assert.equal((await posted(page, fields, { cookie: cookies })).status, 303);
}));

test("the desk answers under its own name alone", () => served({}, async ({ origin }) => {
  const status = await new Promise((resolve, reject) => {
    get(origin, { headers: { host: "attacker.example" } }, (response) => resolve(response.resume().statusCode)).on("error", reject);
  });
  assert.equal(status, 421);
}));

test("no page may be framed, kept or scripted", () => served({}, async ({ origin, issuer }) => {
  for (const address of [origin, `${issuer}/session/end`, `${issuer}/auth`, `${issuer}/interaction/x`]) {
    const { headers } = await fetch(address);
    const policy = headers.get("content-security-policy") ?? "";
    if (address.endsWith("/session/end")) continue; // nobody is signed in: oidc-provider's own page posts itself
    assert.match(policy, /default-src 'none'.*frame-ancestors 'none'/, address);
    assert.doesNotMatch(policy, /unsafe/);
    assert.match(headers.get("cache-control"), /no-store/, address);
  }
}));
