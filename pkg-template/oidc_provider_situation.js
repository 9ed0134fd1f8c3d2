// What oidc-provider knows of a request, a client, a session and a token, as a policy reads it.

/** The parameter under which the request as it arrived is kept with a page, beside what oidc-provider makes of it. */
export const REQUEST = "grantwise_request";

export const now = () => Math.floor(Date.now() / 1000);

const CLIENT = [
  "client_id", "redirect_uris", "application_type", "token_endpoint_auth_method", "response_types", "grant_types", "default_max_age",
  "publishing_status", "user_type",
];
const clients = new WeakMap();

/** Registered metadata; null for a client that is not there. */
export function clientOf(client) {
  if (!client) return null;
  if (!clients.has(client)) {
    const metadata = client.metadata();
    clients.set(client, Object.fromEntries(CLIENT.map((name) => [name, metadata[name]]).filter(([, value]) => value !== undefined)));
  }
  return clients.get(client);
}

/** A session in which somebody is signed in; null otherwise. `lives` is how many seconds it lives from now on. */
export function sessionOf(session, lives) {
  if (!session?.accountId) return null;
  const expires_at = lives === undefined ? session.exp : now() + lives;
  return {
    sid: session.uid, sub: session.accountId, auth_time: session.loginTs ?? 0, ...(expires_at === undefined ? {} : { expires_at }),
  };
}

/** The session that a token names, if it is still there. */
export async function sessionOfToken(provider, sid) {
  if (!sid) return null;
  const session = await provider.Session.findByUid(sid);
  return session && !session.isExpired ? sessionOf(session) : null;
}

/** The verified id_token_hint. oidc-provider verifies it on the first request alone. */
export async function hintOf(ctx) {
  const { params, entities, client, provider } = ctx.oidc;
  if (params.id_token_hint === undefined) return null;
  const { payload } = entities.IdTokenHint ?? await provider.IdToken.validate(params.id_token_hint, client);
  return { sub: payload.sub, expired: payload.exp <= now() };
}

/** A form, with whatever was sent twice. */
export const requestOf = (body) => Object.fromEntries(Object.entries(body ?? {}).filter(([, value]) => value !== undefined));

/** Parameters that oidc-provider refuses where the scope openid was not asked for. They are the policy's to judge. */
const OPENID_ONLY = ["acr_values", "claims", "claims_locales", "id_token_hint", "max_age", "nonce"];

/** A query as most clients send it: names without encoding, values of which every letter is ASCII. */
const USUAL = /^[a-z_]+=(?:[\w.~:/+*-]|%[0-7][\da-fA-F])*(?:&[a-z_]+=(?:[\w.~:/+*-]|%[0-7][\da-fA-F])*)*$/;
const OF_OPENID = new RegExp(`(?:^|&)(?:${OPENID_ONLY.join("|")})=`);
const ASKS_OPENID = /(?:^|&)scope=(?:[^&]*(?:\+|%20))?openid(?:\+|%20|&|$)/;

/**
 * The query as it arrived, and the one that oidc-provider gets to see: without the parameters that it would refuse before the policy
 * is asked. What a browser sends under the adapter's own name is dropped. Where nothing is to be taken out, nothing is taken apart.
 */
export function queriesOf({ response_mode_parameter }) {
  const hidden = ["prompt", ...(response_mode_parameter === "unknown" ? ["response_mode"] : [])];
  const isHidden = new RegExp(`(?:^|&)(?:${[REQUEST, ...hidden].join("|")})=`);
  const isAsItIs = (query) => USUAL.test(query) && !isHidden.test(query) && (!OF_OPENID.test(query) || ASKS_OPENID.test(query));
  return (querystring) => {
    if (isAsItIs(querystring)) return { arrived: querystring, shown: querystring };
    const query = new URLSearchParams(querystring);
    query.delete(REQUEST);
    const arrived = String(query);
    for (const name of hidden) query.delete(name);
    if (!(query.get("scope") ?? "").split(" ").includes("openid") && !(query.get("response_type") ?? "").includes("id_token")) {
      for (const name of OPENID_ONLY) query.delete(name);
    }
    return { arrived, shown: String(query) };
  };
}
