// What the tests of the store share: the package, a policy, and somebody who signs in, approves, exchanges and refreshes.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FOLDER, imported, link } from "../built_package.js";

export { FOLDER };
link(import.meta.dirname);
export const { Policy, knobs, location, profiles, tokenResponse } = await imported("node.js");
export const { StoreError, memory, openStore, sql } = await imported("store.js");
export const schema = await imported("store_schema.js");
export const effects = await imported("store_effects.js");
export const statements = await imported("store_statements.js");

export const NOW = 1_700_000_000;
export const policy = Policy.profile("openid-core", {
  issuer: "https://as.example", refresh_token_rotation: "all", code_lifetime_s: 600, access_token_lifetime_s: 600,
  plain_oauth_refresh_token: "always",
});

export const client = {
  client_id: "calendar", redirect_uris: ["https://calendar.example/cb"], grant_types: ["authorization_code", "refresh_token"],
};
export const known = { client, client_authenticated: true };
export const REQUEST = "response_type=code&client_id=calendar&scope=openid+email+offline_access&prompt=consent"
  + "&redirect_uri=https%3A%2F%2Fcalendar.example%2Fcb";

/** Without offline access: what it gives ends with the session, where the policy has such tokens. */
export const ONLINE = REQUEST.replace("+offline_access", "");

/** How every store of the tests is opened. A machine may be busy. */
export const OPTIONS = { patience_s: 300, mint: { id_token: () => "signed" } };

export const folder = () => mkdtempSync(join(tmpdir(), "grantwise-store-"));

export const signedIn = (store, more = {}) =>
  store.startSession({ sub: "alice", auth_time: NOW - 60, expires_at: NOW + 28_800, now: NOW, ...more });

/** The code that an approval gives. */
export async function codeOf(store, { caller, request = REQUEST, now = NOW, ...more } = {}) {
  const browser = caller ?? (await signedIn(store, { sub: more.sub ?? "alice", now })).caller;
  const asked = await store.authorize({ request, client, caller: browser, now });
  if (asked.decision.outcome === "issue") return asked.minted.code;
  const page = await store.takePage({ interaction: asked.interaction, caller: browser, now });
  const { decision, minted } = await store.authorize({ page, answer: { result: "approved" }, client, caller: browser, now });
  if (decision.outcome !== "issue") throw new Error(`${decision.outcome}: ${decision.summary}`);
  return minted.code;
}

export const exchanged = (store, code, more = {}) => store.exchange({
  ...known, request: { grant_type: "authorization_code", code, redirect_uri: "https://calendar.example/cb" }, now: NOW + 1, ...more,
});
export const refreshed = (store, refresh_token, more = {}) =>
  store.refresh({ ...known, request: { grant_type: "refresh_token", refresh_token }, now: NOW + 2, ...more });
export const statusOf = async (store, token, kind, now = NOW + 3) => (await store.status(token, { kind, now })).status;
