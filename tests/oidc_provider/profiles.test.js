// Eight profiles, each driven by people with browsers: what they see and what the client gets is written down here by hand, from what
// the profile says, and nobody asks the policy.
import assert from "node:assert/strict";
import { test } from "node:test";
import { App, SCOPES, started } from "./support.js";

const CONSENT = { prompt: "consent" };
const OFFLINE = { scope: "openid email offline_access" };

/** How each profile is asked for the page, and for offline access. */
const SPOKEN = {
  "google-2011": { forced: { approval_prompt: "force" }, offline: { access_type: "offline" } },
  "google-2012": { forced: { prompt: "force" }, offline: { access_type: "offline" } },
};

const CORE = {
  first: "login consent", returning: "silent", forced: "consent", new_scope: "consent", offline_asked: "silent", offline_forced: "consent, refresh",
  refused: "consent, access_denied", none: "silent", none_signed_out: "login_required", none_unknown: "consent_required",
  phone: "login consent", phone_again: "consent", page: "login consent, refresh", page_again: "silent",
  rotates: false, first_access_token_after_logout: false, first_refresh_after_logout: null, after_revocation: "login",
};
/** Refresh tokens that live until they are revoked, to every client. */
const ALWAYS = {
  ...CORE, first: "login consent, refresh", returning: "silent, refresh", forced: "consent, refresh", new_scope: "consent, refresh",
  offline_asked: "consent, refresh", none: "silent, refresh", phone: "login consent, refresh", phone_again: "consent, refresh",
  page_again: "consent, refresh", first_access_token_after_logout: true, first_refresh_after_logout: true, after_revocation: "login, refresh",
};
const GOOGLE = { ...CORE, phone: "login consent, refresh", phone_again: "consent, refresh" };

const EXPECTED = {
  // There is no prompt yet: what is called so has no effect.
  "google-2011": { ...GOOGLE, none_signed_out: "login", none_unknown: "consent" },
  // Who revokes a refresh token is asked again.
  "google-2012": { ...GOOGLE, after_revocation: "login consent" },
  // Refresh tokens to all, which end with the session; offline ones live on.
  aol: {
    ...ALWAYS, first_access_token_after_logout: false, first_refresh_after_logout: "invalid_grant", phone_again: "silent, refresh", page_again: "silent, refresh",
  },
  "openid-core": CORE,
  "online-access": CORE,
  "incremental-auth": ALWAYS,
  "security-bcp": { ...ALWAYS, rotates: true },
  // An app under a scheme of its own is not admitted; a page at https is remembered.
  mcp: { ...ALWAYS, rotates: true, phone: "page 400", phone_again: "page 400", page_again: "silent, refresh" },
};

const brief = ({ pages, tokens, error, status }) => {
  const seen = pages.join(" ");
  const got = tokens === undefined ? error ?? `page ${status}` : tokens.refresh_token === undefined ? null : "refresh";
  if (got === null) return seen || "silent";
  return tokens === undefined && seen === "" ? got : `${seen || "silent"}, ${got}`;
};

for (const [profile, expected] of Object.entries(EXPECTED)) {
  test(`${profile}: pages, tokens and their end are those of the profile`, async () => {
    const host = await started(profile);
    try {
      const { forced, offline } = SPOKEN[profile] ?? { forced: CONSENT, offline: OFFLINE };
      const seen = {};
      const remembered = { remember: true };
      const app = await App.of(host);
      const first = await app.authorize({}, remembered);
      seen.first = brief(first);
      seen.returning = brief(await app.authorize());
      seen.forced = brief(await app.authorize(forced, remembered));
      seen.new_scope = brief(await app.authorize({ scope: "openid email calendar" }, remembered));
      seen.offline_asked = brief(await app.authorize(offline, remembered));
      const lasting = await app.authorize({ ...offline, ...forced }, remembered);
      seen.offline_forced = brief(lasting);
      seen.refused = brief(await app.authorize(forced, { approve: false }));
      seen.none = brief(await app.authorize({ prompt: "none" }));
      seen.none_signed_out = brief(await (await App.of(host)).authorize({ prompt: "none" }));
      seen.none_unknown = brief(await (await App.of(host, "plain", app.browser)).authorize({ prompt: "none" }));

      const phone = await App.of(host, "phone");
      seen.phone = brief(await phone.authorize(offline, remembered));
      seen.phone_again = brief(await phone.authorize());

      const page = await App.of(host, "page");
      const public_client = await page.authorize({ ...offline, ...forced }, remembered);
      seen.page = brief(public_client);
      seen.page_again = brief(await page.authorize());
      const presented = public_client.tokens.refresh_token;
      const renewed = await page.refresh(presented);
      seen.rotates = renewed.refresh_token !== undefined && renewed.refresh_token !== presented;
      if (seen.rotates) {
        assert.equal(await page.refused(page.refresh(presented)), "invalid_grant");
        assert.equal(await page.refused(page.refresh(renewed.refresh_token)), "invalid_grant", "the thief's and the owner's end alike");
        assert.equal(await page.isAlive(renewed.access_token), false);
      } else {
        await page.refresh(presented);
      }

      assert.equal(await app.isAlive(first.tokens.access_token), true);
      assert.equal((await app.browser.logout()).status, 303);
      seen.first_access_token_after_logout = await app.isAlive(first.tokens.access_token);
      const own = first.tokens.refresh_token;
      seen.first_refresh_after_logout = own === undefined ? null : await app.refresh(own).then(() => true, ({ error }) => error);

      const { access_token } = await app.refresh(lasting.tokens.refresh_token);
      assert.equal(await app.isAlive(access_token), true, "offline access goes on");
      await app.revoke(lasting.tokens.refresh_token);
      assert.equal(await app.refused(app.refresh(lasting.tokens.refresh_token)), "invalid_grant");
      assert.equal(await app.isAlive(access_token), false);
      seen.after_revocation = brief(await app.authorize({}, remembered));

      assert.deepEqual(seen, expected);
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
