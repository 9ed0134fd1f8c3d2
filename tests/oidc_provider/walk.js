// Eight profiles, each driven by people with browsers: what they see and what the client gets is written down here by hand, from what
// the profile says, and nobody asks the policy.
import assert from "node:assert/strict";
import { App } from "./support.js";

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

export const EXPECTED = {
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

/** Everything that people do, one after the other, and what each came to. `between` is called after every step. */
export async function walk(host, profile, between = async () => {}) {
  const { forced, offline } = SPOKEN[profile] ?? { forced: CONSENT, offline: OFFLINE };
  const seen = {};
  const remembered = { remember: true };
  const then = async (work) => {
    const came = await work;
    await between();
    return came;
  };
  const asked = async (name, app, ...request) => {
    const came = await then(app.authorize(...request));
    seen[name] = brief(came);
    return came;
  };
  const app = await App.of(host);
  const first = await asked("first", app, {}, remembered);
  await asked("returning", app);
  await asked("forced", app, forced, remembered);
  await asked("new_scope", app, { scope: "openid email calendar" }, remembered);
  await asked("offline_asked", app, offline, remembered);
  const lasting = await asked("offline_forced", app, { ...offline, ...forced }, remembered);
  await asked("refused", app, forced, { approve: false });
  await asked("none", app, { prompt: "none" });
  await asked("none_signed_out", await App.of(host), { prompt: "none" });
  await asked("none_unknown", await App.of(host, "plain", app.browser), { prompt: "none" });

  const phone = await App.of(host, "phone");
  await asked("phone", phone, offline, remembered);
  await asked("phone_again", phone);

  const page = await App.of(host, "page");
  const { tokens: { refresh_token: presented } } = await asked("page", page, { ...offline, ...forced }, remembered);
  await asked("page_again", page);
  const renewed = await then(page.refresh(presented));
  seen.rotates = renewed.refresh_token !== undefined && renewed.refresh_token !== presented;
  if (seen.rotates) {
    assert.equal(await then(page.refused(page.refresh(presented))), "invalid_grant");
    assert.equal(await page.refused(page.refresh(renewed.refresh_token)), "invalid_grant", "the thief's and the owner's end alike");
    assert.equal(await page.isAlive(renewed.access_token), false);
  } else {
    await page.refresh(presented);
  }

  assert.equal(await app.isAlive(first.tokens.access_token), true);
  assert.equal((await then(app.browser.logout())).status, 303);
  seen.first_access_token_after_logout = await app.isAlive(first.tokens.access_token);
  const own = first.tokens.refresh_token;
  seen.first_refresh_after_logout = own === undefined ? null : await app.refresh(own).then(() => true, ({ error }) => error);

  const { access_token } = await then(app.refresh(lasting.tokens.refresh_token));
  assert.equal(await app.isAlive(access_token), true, "offline access goes on");
  await then(app.revoke(lasting.tokens.refresh_token));
  assert.equal(await app.refused(app.refresh(lasting.tokens.refresh_token)), "invalid_grant");
  assert.equal(await app.isAlive(access_token), false);
  await asked("after_revocation", app, {}, remembered);
  return seen;
}
