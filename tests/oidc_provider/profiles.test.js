// Eight profiles in front of people with browsers: pages, tokens and their end are what walk.js has written down.
import assert from "node:assert/strict";
import { test } from "node:test";
import { App, SCOPES, started } from "./support.js";
import { EXPECTED, walk } from "./walk.js";

for (const [profile, expected] of Object.entries(EXPECTED)) {
  test(`${profile}: pages, tokens and their end are those of the profile`, async () => {
    const host = await started(profile);
    try {
      assert.deepEqual(await walk(host, profile), expected);
      assert.deepEqual(host.reported, []);
    } finally {
      await host.close();
    }
  });
}

// The scope online_access gives a refresh token that ends with the session, whatever else does not.
test("online-access: online_access gives a refresh token until the logout", async () => {
  const host = await started("online-access", { overrides: { scopes_supported: [...SCOPES, "online_access"] } });
  try {
    const app = await App.of(host);
    const { tokens } = await app.authorize({ scope: "openid online_access" });
    await app.refresh(tokens.refresh_token);
    await app.browser.logout();
    assert.equal(await app.refused(app.refresh(tokens.refresh_token)), "invalid_grant");
  } finally {
    await host.close();
  }
});

// existing_grant at the exchange carries an earlier grant into the new tokens.
test("incremental-auth: earlier scopes come along where the client brings its refresh token", async () => {
  const host = await started("incremental-auth");
  try {
    const app = await App.of(host);
    const first = await app.authorize({ scope: "openid email" });
    const more = await app.authorize({ scope: "openid calendar", include_granted_scopes: "true" });
    assert.deepEqual(new Set(more.tokens.scope.split(" ")), new Set(["openid", "email", "calendar"]));
    const page = await App.of(host, "page", app.browser);
    const before = await page.authorize({ scope: "openid email" });
    const code = await page.authorize({ scope: "openid calendar" }, {}, { redeem: false });
    const { authorizationCodeGrant } = await import("openid-client");
    const widened = await authorizationCodeGrant(page.config, code.url, { pkceCodeVerifier: code.pkce, expectedState: code.state }, { existing_grant: before.tokens.refresh_token });
    assert.deepEqual(new Set(widened.scope.split(" ")), new Set(["openid", "email", "calendar"]));
    assert.notEqual(first.tokens.refresh_token, undefined);
  } finally {
    await host.close();
  }
});
