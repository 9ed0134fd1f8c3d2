import { randomBytes } from "node:crypto";
import { Policy, tokenResponse } from "grantwise";
import { Store } from "./store.mjs";

const policy = Policy.profile("aol");
const store = new Store();
const client = {
  client_id: "calendar",
  redirect_uris: ["https://calendar.example/cb"],
  grant_types: ["authorization_code", "refresh_token"],
};
const now = 1_700_000_000;
const session = { sid: "s1", sub: "alice", auth_time: now - 60, expires_at: now + 28_800 };

/** Mints what the decision names, stores it, and only then makes the response. */
async function carriedOut(step, decision) {
  const minted = Object.fromEntries(decision.response.mint.map((name) => [name, randomBytes(32).toString("base64url")]));
  await store.execute(decision.effects, minted);
  console.log(`${step}: ${decision.summary}`);
  return minted;
}

// Alice approves; the decision stores the grant and the code.
const redirect_uri = "https://calendar.example/cb";
const request = { client_id: "calendar", redirect_uri, response_type: "code", scope: "openid email" };
const asking = { request, client, session, grant: null, now };
const answers = [{ screen: "consent", result: "approved", shown: policy.authorize(asking).consent }];
const { code } = await carriedOut("approve", policy.authorize({ ...asking, answers }));

// The code is redeemed. What comes as `id_token` here, a server signs.
const common = { client, client_authenticated: true, session };
const exchange = { grant_type: "authorization_code", code, redirect_uri };
const record = await store.find("code", code);
const exchanged = policy.exchange({ ...common, request: exchange, code: record, now: now + 5 });
const minted = await carriedOut("exchange", exchanged);
const { status, headers, body } = tokenResponse(exchanged, minted);
console.log(`  ${status}, ${headers["Cache-Control"]}: ${Object.keys(body).join(" ")}`);

// Half an hour before the session ends, the access token is renewed.
const refresh = { grant_type: "refresh_token", refresh_token: minted.refresh_token };
const stored = () => store.find("refresh_token", minted.refresh_token);
const renewed = policy.refresh({ ...common, request: refresh, refresh_token: await stored(), now: now + 27_000 });
await carriedOut("refresh", renewed);

// Alice logs out: everything that is bound to her session ends. There is nothing to mint.
const logout = policy.event({ event: "logout", session: { sid: "s1", sub: "alice" }, now: now + 27_100 });
await store.execute(logout.effects);
console.log(`logout: ${logout.summary}`);

// A refresh after that is refused.
const late = { ...common, session: null, request: refresh, refresh_token: await stored(), now: now + 27_200 };
await carriedOut("refresh", policy.refresh(late));
console.log(store.rows.map(({ kind, record }) => `${kind} ${record.status}`).join(", "));
