// The web entry in Chromium, served as files, without a bundler.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { withPage, withServer } from "../../xtask/js/chromium.js";

const folder = process.env.GRANTWISE_PACKAGE;

/** Runs a function in a fresh page of Chromium. */
const inPage = (run) => withServer({ "/package/": folder }, (origin) => withPage(async (page) => {
  await page.goto(origin);
  return page.evaluate(run);
}));

test("before ready() a call throws not_ready; the tables are there and frozen from the start", async () => {
  const seen = await inPage(async () => {
    const grantwise = await import("/package/web.js");
    const { profiles } = grantwise;
    let thrown = null;
    try {
      grantwise.Policy.profile("openid-core");
    } catch (error) {
      thrown = { known: error instanceof grantwise.GrantwiseError, name: error.name, code: error.code, path: error.path };
    }
    const before = profiles.length;
    await Promise.all([grantwise.ready(), grantwise.ready()]);
    return { thrown, before, after: profiles.length, frozen: Object.isFrozen(profiles), names: Object.keys(grantwise).sort() };
  });
  assert.deepEqual(seen.thrown, { known: true, name: "GrantwiseError", code: "not_ready", path: "" });
  assert.equal(seen.before, 35);
  assert.equal(seen.after, 35);
  assert.equal(seen.frozen, true);
  assert.deepEqual(seen.names, [
    "Client", "GrantwiseError", "Policy", "atHash", "cHash", "configuration", "form", "knobs", "location", "profiles",
    "ready", "rules", "tokenResponse", "version",
  ]);
});

test("the .wasm file can come from elsewhere, and a failed start can be tried again", async () => {
  const outcome = await inPage(async () => {
    const grantwise = await import("/package/web.js");
    let failed = false;
    await grantwise.ready(new URL("/package/missing.wasm", location.href)).catch(() => { failed = true; });
    await grantwise.ready(fetch("/package/grantwise_bg.wasm"));
    return { failed, name: grantwise.Policy.profile("google").name };
  });
  assert.deepEqual(outcome, { failed: true, name: "google" });
});

test("c_hash is computed by the browser", async () => {
  const hash = await inPage(async () =>
    (await import("/package/web.js")).cHash("Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk", "RS256"));
  assert.equal(hash, "LDktKdoQak3Pk0cnXxCltA");
});

test("the inline entry is ready on import", async () => {
  const name = await inPage(async () => (await import("/package/inline.js")).Policy.profile("google").name);
  assert.equal(name, "google");
});

test("every situation is decided in Chromium as it is natively: the digests are the committed ones", async () => {
  const committed = JSON.parse(await readFile(new URL("../golden/digests.json", import.meta.url), "utf8"));
  const found = await inPage(async () => {
    const [{ Policy, ready }, explorer] = await Promise.all([import("/package/web.js"), import("/package/explore.js")]);
    await Promise.all([ready(), explorer.ready()]);
    return ["openid-core", "google-2011"].map((name) => {
      const { components } = explorer.explore(Policy.profile(name));
      return [name, Object.fromEntries(components.map(({ endpoint, component, digest }) => [`${endpoint} ${component}`, digest]))];
    });
  });
  assert.equal(found.length, 2);
  for (const [name, digests] of found) assert.deepEqual(digests, committed[name]);
});
