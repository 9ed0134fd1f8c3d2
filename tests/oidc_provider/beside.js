// A server as people have it: oidc-provider with its own policy and pages of its own, and a shadow beside it.
import { createServer } from "node:http";
import { OWN, Policy, createAdapter, keptIn, oidc } from "./support.js";

export async function beside(profile, { overrides = {}, own = {}, adapter: options = {}, shadow = true, as = (policy) => policy } = {}) {
  const server = createServer();
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const policy = Policy.profile(profile, { issuer, ...overrides });
  const reported = [];
  const configuration = { ...OWN, scopes: ["openid", "offline_access", "email", "profile", "calendar"], features: { devInteractions: { enabled: false }, revocation: { enabled: true } }, ...own };
  const adapter = createAdapter(as(policy), { mode: "shadow", report: (one) => reported.push(one), ...options });
  const provider = new oidc.Provider(issuer, { ...configuration, adapter: keptIn() });
  if (shadow) await adapter.attach(provider);
  let callback = provider.callback();
  server.on("request", (req, res) => {
    if (!req.url.startsWith("/interaction/")) return callback(req, res);
    return page(provider, req, res).catch((error) => res.writeHead(500).end(error.stack));
  });
  const differences = () => reported.filter(({ kind }) => kind === "difference");
  const close = () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); });
  return { issuer, policy, provider, adapter, reported, differences, close, restart: () => { callback = provider.callback(); } };
}

/** The pages of the server: what oidc-provider's own documentation shows. */
async function page(provider, req, res) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(req, res);
  if (req.method === "GET") {
    const scopes = (prompt.details.missingOIDCScope ?? params.scope?.split(" ") ?? []).map((scope) => ({ scope }));
    const shown = { outcome: prompt.name, consent: { scopes } };
    return res.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(shown));
  }
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  const { result, accountId, scope = "" } = JSON.parse(Buffer.concat(chunks));
  const finish = (what) => provider.interactionFinished(req, res, what, { mergeWithLastSubmission: result !== "denied" });
  if (result === "denied") return finish({ error: "access_denied", error_description: "End-User aborted interaction" });
  if (prompt.name !== "consent") return finish({ login: { accountId } });
  const grant = grantId === undefined ? new provider.Grant({ accountId: session.accountId, clientId: params.client_id }) : await provider.Grant.find(grantId);
  const asked = prompt.details.missingOIDCScope ?? [];
  const approved = asked.filter((one) => scope.split(" ").includes(one));
  if (approved.length > 0) grant.addOIDCScope(approved);
  const refused = asked.filter((one) => !approved.includes(one));
  if (refused.length > 0) grant.rejectOIDCScope(refused);
  return finish({ consent: { grantId: await grant.save() } });
}
