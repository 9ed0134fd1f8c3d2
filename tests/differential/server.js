// The stock oidc-provider on loopback, with the pages of an application as its documentation shows them: what a person leaves
// out is rejected, and the rest is added to the grant.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { SignJWT } from "jose";
import { clients, secretOf } from "./clients.js";
import { clock } from "./clock.js";

const quiet = (say) => (line, ...more) => String(line).startsWith("oidc-provider ") || say(line, ...more);
console.info = quiet(console.info);
console.warn = quiet(console.warn);
const oidc = await import("oidc-provider");

export const SCOPES = ["openid", "offline_access", "profile", "email", "address", "phone"];

/** Beside clients and keys, what is not as it comes: what a client may ask for at all, and who the users are. */
const configuration = () => ({
  scopes: SCOPES,
  responseTypes: ["code", "id_token", "id_token token", "code id_token", "code token", "code id_token token", "none"],
  features: { devInteractions: { enabled: false }, revocation: { enabled: true } },
  cookies: { keys: ["a key of the tests"] },
  findAccount: async (ctx, sub) => ({ accountId: sub, claims: async () => ({ sub }) }),
});

/** `beside(configuration, oidc)` may give an adapter that looks on. */
export async function startServer({ beside = () => null } = {}) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = { ...privateKey.export({ format: "jwk" }), kid: "tests", use: "sig", alg: "RS256" };
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const registered = [...clients.values()].map((client) => {
    const secret = secretOf(client);
    return { ...client, ...(secret === null ? {} : { client_secret: secret }) };
  });
  const own = { ...configuration(), clients: registered, jwks: { keys: [jwk] } };
  const adapter = beside(own, oidc);
  const provider = new oidc.Provider(origin, adapter?.configuration ?? own);
  await adapter?.attach(provider);
  provider.on("server_error", (ctx, error) => console.error(error));
  // Why it refused, as its log has it; the client is not told all of it.
  let reason = null;
  for (const event of ["authorization.error", "grant.error", "revocation.error", "end_session.error"]) {
    provider.on(event, (ctx, error) => { reason = error.error_detail ?? error.error_description ?? null; });
  }
  const refusal = { forget: () => { reason = null; }, reason: () => reason };
  const callback = provider.callback();
  server.on("request", (req, res) => (req.url.startsWith("/interaction/")
    ? interaction(provider, req, res).catch((error) => res.writeHead(500).end(String(error.stack))) : callback(req, res)));

  /** An ID Token of this server, as the client got it earlier. */
  const hint = ({ sub, aud, age = 60, life = 3600 }, issuer = origin) => new SignJWT({ sub })
    .setProtectedHeader({ alg: "RS256", kid: "tests" }).setIssuer(issuer).setAudience(aud)
    .setIssuedAt(clock.now() - age).setExpirationTime(clock.now() - age + life).sign(privateKey);
  const stop = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return { origin, provider, hint, ...refusal, stop };
}

/** The page as data (GET), and what the person did on it (POST). */
async function interaction(provider, req, res) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(req, res);
  const grant = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const granted = grant?.getOIDCScope().split(" ") ?? []; // a rejected openid that was granted before is still granted
  const rejected = (grant?.getRejectedOIDCScope().split(" ") ?? []).filter((scope) => !granted.includes(scope));
  const offered = [...new Set((params.scope ?? "").split(" "))].filter((scope) => SCOPES.includes(scope) && !rejected.includes(scope));
  const missing = prompt.details.missingOIDCScope ?? [];
  if (req.method === "GET") return res.end(JSON.stringify({ screen: prompt.name, missing, offered, offline: offered.includes("offline_access") }));

  let body = "";
  for await (const part of req) body += part;
  const { deny, login, leave } = JSON.parse(body);
  if (deny) return provider.interactionFinished(req, res, { error: "access_denied" }, { mergeWithLastSubmission: false });
  if (prompt.name === "login") {
    return provider.interactionFinished(req, res, { login: { accountId: login } }, { mergeWithLastSubmission: false });
  }
  const given = grant ?? new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  const accepted = offered.filter((scope) => !leave.includes(scope));
  const refused = offered.filter((scope) => leave.includes(scope));
  if (accepted.length > 0) given.addOIDCScope(accepted.join(" "));
  if (refused.length > 0) given.rejectOIDCScope(refused.join(" "));
  return provider.interactionFinished(req, res, { consent: { grantId: await given.save() } }, { mergeWithLastSubmission: true });
}
