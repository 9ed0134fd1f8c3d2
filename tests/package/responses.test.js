// What goes back to the client: location() and form() escape everything, and take exactly what was to be minted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { GrantwiseError, Policy, form, location } from "grantwise";
import { CLIENT, input, query } from "./input.js";

const policy = Policy.profile("openid-core");
const NASTY = `"><script>alert(1)</script>&state=evil#fragment%0d%0aSet-Cookie: a=b '\`\r\n\u2028é+ `;

const decide = (parameters, changes = {}) => policy.authorize(input({ request: query(parameters), ...changes }));

function misuse(act) {
  assert.throws(act, (error) => error instanceof GrantwiseError && typeof error.code === "string" && typeof error.path === "string");
}

test("a code goes into the query, with state, and comes out as it went in", () => {
  const decision = decide({ state: NASTY });
  assert.equal(decision.outcome, "issue");
  assert.deepEqual(decision.response.mint, ["code"]);
  const target = location(decision, { code: NASTY });
  assert.match(target, /^https:\/\/client\.example\/cb\?[\x21-\x7e]*$/);
  assert.ok(!/["'<>`\\]/.test(target), target);
  const url = new URL(target);
  assert.equal(url.hash, "");
  assert.deepEqual([...url.searchParams.keys()].sort(), ["code", "state"]);
  assert.equal(url.searchParams.get("code"), NASTY);
  assert.equal(url.searchParams.get("state"), NASTY);
});

test("the query of a registered redirect URI is kept", () => {
  const redirect_uri = "https://client.example/cb?tenant=a%26b";
  const decision = decide({ redirect_uri }, { client: { ...CLIENT, redirect_uris: [redirect_uri] } });
  assert.equal(location(decision, { code: "c" }), `${redirect_uri}&code=c&state=s1`);
});

test("the issuer is named when the policy names it", () => {
  const named = Policy.profile("openid-core", { issuer: "https://as.example/tenant" });
  const url = new URL(location(named.authorize(input()), { code: "c" }));
  assert.equal(url.searchParams.get("iss"), "https://as.example/tenant");
});

test("an error is redirected without anything minted", () => {
  const decision = decide({ prompt: "none", state: NASTY }, { session: null });
  assert.equal(decision.outcome, "error");
  assert.equal(decision.error.code, "login_required");
  const url = new URL(location(decision));
  assert.equal(url.searchParams.get("error"), "login_required");
  assert.equal(url.searchParams.get("state"), NASTY);
  misuse(() => location(decision, { code: "c" }));
});

test("an implicit answer goes into the fragment", () => {
  const client = { ...CLIENT, response_types: ["id_token token"], grant_types: ["implicit"] };
  const decision = decide({ response_type: "id_token token", nonce: "n", state: NASTY }, { client });
  assert.equal(decision.outcome, "issue");
  const target = location(decision, { access_token: NASTY, id_token: "a.b.c" });
  const [before, fragment, ...rest] = target.split("#");
  assert.deepEqual([before, rest], ["https://client.example/cb", []]);
  const parameters = new URLSearchParams(fragment);
  assert.equal(parameters.get("access_token"), NASTY);
  assert.equal(parameters.get("state"), NASTY);
  assert.equal(parameters.get("token_type"), "Bearer");
});

test("exactly what was named must be minted", () => {
  const decision = decide({});
  misuse(() => location(decision));
  misuse(() => location(decision, {}));
  misuse(() => location(decision, { code: "c", access_token: "t" }));
  misuse(() => location(decision, { code: "" }));
  misuse(() => location(decision, { code: 7 }));
  misuse(() => location(decision, { code: "\uD800" }));
  misuse(() => location(decision, { cod: "c" }));
});

test("a decision without a redirect has no location and no form", () => {
  for (const decision of [decide({}, { client: null }), decide({}, { session: null }), decide({}, { grant: null })]) {
    misuse(() => location(decision));
    misuse(() => form(decision));
  }
  misuse(() => location(null));
  misuse(() => location({}));
  misuse(() => form(decide({}), { code: "c" }));
});

test("an unregistered redirect URI is never followed", () => {
  for (const redirect_uri of ["https://evil.example/cb", "https://client.example/cb/", "https://client.example/cb?x=1",
    "https://client.example/CB", "https://client.example@evil.example/cb", "javascript:alert(1)"]) {
    const decision = decide({ redirect_uri });
    assert.equal(decision.outcome, "error", redirect_uri);
    assert.equal(decision.error.placement, "page", redirect_uri);
    assert.equal(decision.response, null);
  }
});

test("a form posts to the redirect URI and escapes every value", () => {
  const decision = decide({ response_mode: "form_post", state: NASTY });
  assert.equal(decision.response.placement, "form_post");
  const { action, fields, html } = form(decision, { code: NASTY });
  assert.equal(action, "https://client.example/cb");
  assert.deepEqual(fields, { code: NASTY, state: NASTY });
  assert.match(html, /^<!doctype html>/i);
  assert.ok(!html.includes("<script>alert(1)"), "a value opened an element");
  const inputs = [...html.matchAll(/<input\b[^>]*>/g)].map(([tag]) => tag);
  assert.deepEqual(inputs.map((tag) => attribute(tag, "name")).sort(), ["code", "state"]);
  for (const tag of inputs) assert.equal(attribute(tag, "value"), NASTY);
  assert.equal(attribute(/<form\b[^>]*>/.exec(html)[0], "action"), action);
  misuse(() => location(decision, { code: "c" }));
});

/** The value of an attribute as a browser reads it. */
function attribute(tag, name) {
  const [, value] = new RegExp(`\\b${name}="([^"]*)"`).exec(tag);
  return value.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (_, decimal, hexadecimal, entity) =>
    entity ? { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }[entity]
      : String.fromCodePoint(parseInt(decimal ?? hexadecimal, decimal ? 10 : 16)));
}
