// Beside the server: what it did is written down when the answer has gone out, and the policy is asked afterwards. Nothing here can
// change an answer or hold one up; whatever fails is counted and reported.
import { Afterwards } from "./oidc_provider_afterwards.js";
import { Compared } from "./oidc_provider_compared.js";
import { hasCertificate, isUnproven, tokenTypeOf } from "./oidc_provider_binding.js";
import { AdapterError } from "./oidc_provider_errors.js";
import { clientOf, hintOf, now, requestOf, sessionOfToken } from "./oidc_provider_situation.js";

/** Flows of which a page is open; the oldest are forgotten. */
const FLOWS = 10_000;

export class Shadow {
  configuration;
  interactions = { page: refuse, answer: refuse };
  sessions = { happened: (event) => this.#happened(event) };
  counts = { compared: 0, differences: 0, not_compared: {}, failed: 0, dropped: 0 };
  #shared;
  #compared;
  #afterwards = new Afterwards((cause) => this.#failed(cause));
  #flows = new Map();
  #answered = new WeakMap();

  constructor(shared) {
    this.#shared = shared;
    this.configuration = shared.own;
    this.#compared = new Compared(shared, this.counts);
  }

  listen(provider) {
    // The interaction that was answered is replaced in the context by the next one.
    provider.on("interaction.ended", (ctx) => this.#answered.set(ctx, ctx.oidc.entities.Interaction));
  }

  async ready() {} // the records may be down; then the shadow fails, and the server does not

  routes() {
    const beside = (record, seen) => (ctx, next) => this.#beside(ctx, next, record, seen);
    const authorization = beside((ctx, came) => this.#authorization(ctx, came));
    return [
      { method: "GET", name: "authorization", run: authorization },
      { method: "POST", name: "authorization", run: authorization },
      { method: "GET", name: "resume", run: authorization },
      { method: "POST", name: "token", run: beside((ctx, came) => this.#token(ctx, came), sessionNow) },
      { method: "POST", name: "revocation", run: beside((ctx, came) => this.#revocation(ctx, came)) },
      { method: "POST", name: "end_session_confirm", run: beside((ctx) => this.#logout(ctx)) },
    ];
  }

  sweep(keep_s = 30 * 86_400) {
    return this.#shared.records.sweep(this.#shared.policy, now(), keep_s);
  }

  /** Resolves when all that has come so far is compared. For tests, and before a process ends. */
  settled() {
    return this.#afterwards.run(() => {});
  }

  // == Beside an answer ==

  /** `seen` looks when the answer is out at what may be another by the time of the comparison. */
  #beside(ctx, next, record, seen = () => undefined) {
    const arrived = ctx.querystring;
    this.#afterwards.during(ctx.res, () => {
      if (ctx.oidc === undefined) return;
      const at = now();
      const saw = seen(ctx);
      if (!this.#afterwards.add(() => record(ctx, { arrived, at, saw }))) this.counts.dropped += 1;
    });
    return next();
  }

  #failed(cause) {
    this.counts.failed += 1;
    this.#shared.report({ kind: "shadow_failed", error: new AdapterError("shadow_failed", `The shadow failed: ${cause?.message ?? cause}`, { cause }) });
  }

  // == What happened ==

  async #authorization(ctx, { arrived, at }) {
    const { oidc } = ctx;
    const { entities, route, session, result, params } = oidc;
    // Sent elsewhere or refused before the server read the request that the page belongs to; it can still come back.
    if (route === "resume" && params === undefined) {
      // Another user signed in on the page, and the session before is ended on the way back; or this browser has no such page.
      if (this.#shared.failures.has(ctx)) this.#compared.not("the server did not find the page that was answered");
      return;
    }
    const answered = this.#answered.get(ctx) ?? (route === "resume" ? entities.Interaction : undefined);
    const started = entities.Interaction !== answered ? entities.Interaction : undefined;
    const flow = route === "resume" ? this.#flows.get(answered?.cid) : this.#flowOf(ctx, arrived);
    if (typeof flow === "string" || flow === undefined) {
      this.#compared.not(flow ?? "the page belongs to a request of before the shadow");
      return;
    }
    const failure = this.#shared.failures.get(ctx);
    const code = entities.AuthorizationCode;
    const facts = {
      request: flow.request, client: clientOf(oidc.client), grant: grantOf(entities.Grant),
      session: session?.accountId ? { sid: session.uid, sub: session.accountId, auth_time: session.loginTs ?? 0, ...(session.exp && { expires_at: session.exp }) } : null,
      at, answer: answerOf(answered, result, failure),
      ids: { ...(code && { code: code.jti }), ...(entities.AccessToken && { access_token: entities.AccessToken.jti }) },
      names: { client_id: oidc.client?.clientId, interactions: [answered?.uid, started?.uid], grant: code?.grantId ?? entities.Grant?.jti },
      server: failure === undefined ? outcomeOf(started, oidc) : errorOf(ctx, failure),
    };
    if (started !== undefined) this.#keep(started.cid, flow);
    else if (answered !== undefined) this.#flows.delete(answered.cid);
    // A request that is refused before the server comes to the hint has one all the same; where it is none of this server's, both refuse.
    if (route !== "resume") flow.id_token_hint = await hintOf(ctx).catch(() => null);
    const { answers, id_token_hint } = flow;
    const seen = await this.#compared.authorization({ ...facts, before: flow.grant, answers, id_token_hint });
    flow.answers = seen.answers;
    // The grant as it was before the next page: what the person grants there is in the server's grant when it comes back.
    flow.grant = facts.server.outcome === "consent" ? facts.grant : flow.grant;
  }

  /** What arrived; or why it cannot be compared. */
  #flowOf(ctx, arrived) {
    const { oidc } = ctx;
    if (oidc.entities.PushedAuthorizationRequest !== undefined || ctx.query.request_uri !== undefined) return "a pushed request is not seen as it arrived";
    if (ctx.query.request !== undefined) return "a request object is not seen as it arrived";
    return { request: ctx.method === "POST" ? requestOf(oidc.body) : arrived, answers: [], grant: undefined };
  }

  #keep(cid, flow) {
    this.#flows.delete(cid);
    this.#flows.set(cid, flow);
    if (this.#flows.size > FLOWS) this.#flows.delete(this.#flows.keys().next().value);
  }

  async #token(ctx, { at, saw }) {
    const { oidc } = ctx;
    const { entities, params, client } = oidc;
    const operation = { authorization_code: "exchange", refresh_token: "refresh" }[params?.grant_type];
    if (operation === undefined || !client) return;
    const { AccessToken, RefreshToken, RotatedRefreshToken } = entities;
    const failure = this.#shared.failures.get(ctx);
    const isRefresh = operation === "refresh";
    const fresh = isRefresh && RotatedRefreshToken === undefined ? undefined : RefreshToken;
    const unproven = failure !== undefined && isUnproven(failure);
    if (unproven && !isRefresh) {
      this.#compared.not("the server refused a proof of possession, of which no policy is asked");
      return;
    }
    const token_type = AccessToken?.tokenType ?? tokenTypeOf(ctx, this.#shared.own);
    const facts = {
      operation, presented: isRefresh ? params.refresh_token : params.code, request: requestOf(oidc.body), client: clientOf(client),
      client_authenticated: client.clientAuthMethod !== "none", at, token_type,
      // The server verified the proof before it made a token; where it made none, it may have refused it.
      sender_constrained: AccessToken === undefined ? !unproven && (token_type === "DPoP" || hasCertificate(client)) : AccessToken.isSenderConstrained(),
      session: await saw,
      made: { access_token: AccessToken, refresh_token: fresh },
      issued_at: (isRefresh ? (RotatedRefreshToken ?? RefreshToken)?.iat : entities.AuthorizationCode?.iat) ?? null,
      ids: failure === undefined ? { access_token: AccessToken?.jti, ...(fresh && { refresh_token: fresh.jti }) } : {},
      names: { client_id: client.clientId, interactions: [], grant: AccessToken?.grantId ?? RefreshToken?.grantId ?? entities.Grant?.jti },
      server: failure === undefined
        ? { outcome: "tokens", scope: words(AccessToken?.scope), refresh_token: fresh !== undefined, expires_in: ctx.body?.expires_in }
        : { outcome: "error", error: failure.error ?? failure.message },
    };
    await this.#compared.token(facts, oidc.provider);
  }

  #revocation(ctx, { at }) {
    const { client, params } = ctx.oidc;
    if (!client || typeof params?.token !== "string") return undefined;
    const failure = this.#shared.failures.get(ctx);
    const facts = {
      token: params.token, request: requestOf(ctx.oidc.body), client: clientOf(client), client_authenticated: client.clientAuthMethod !== "none", at,
      names: { client_id: client.clientId, interactions: [], grant: ctx.oidc.entities.RefreshToken?.grantId ?? ctx.oidc.entities.AccessToken?.grantId },
      server: failure === undefined ? { outcome: "done" } : { outcome: "error", error: failure.error ?? failure.message },
    };
    return this.#compared.revocation(facts);
  }

  #logout(ctx) {
    const { session, entities, params } = ctx.oidc;
    if (!session?.accountId || ctx.status >= 400) return undefined;
    const who = { sid: session.uid, sub: session.accountId };
    const client_id = entities.Client?.clientId;
    // Another account signed in where the server is on its way back to a request.
    const isSwitch = session.state?.postLogoutRedirectUri?.startsWith(this.#shared.provider().urlFor("authorization")) === true;
    const event = params?.logout ? { event: isSwitch ? "switch_account" : "logout", session: who }
      : client_id === undefined ? undefined : { event: "rp_initiated_logout", session: who, client_id, user_answer: "no" };
    return event === undefined ? undefined : this.#compared.event(event);
  }

  #happened(event) {
    return this.#afterwards.run(() => this.#compared.event(event));
  }
}

function refuse() {
  throw new AdapterError("shadow", "In shadow mode the server has its own pages; the adapter has none");
}

const words = (text) => (text ?? "").split(" ").filter(Boolean);

/** The server's grant as facts, before it changes again. */
function grantOf(grant) {
  if (grant?.jti === undefined) return null;
  const names = (what) => [...new Set([what, ...Object.values(grant.resources ?? {})].flatMap(words))];
  return { scope: names(grant.getOIDCScope()), refused: words(grant.getRejectedOIDCScope()), granted_at: grant.iat };
}

/**
 * The session that the presented code or token names, as it is at this moment: the user may have signed out when the policy is
 * asked. Undefined where the server found no such code or token.
 */
function sessionNow({ oidc }) {
  const { AuthorizationCode, RotatedRefreshToken, RefreshToken } = oidc.entities;
  const presented = AuthorizationCode ?? RotatedRefreshToken ?? RefreshToken;
  if (!presented?.sessionUid) return undefined;
  const session = sessionOfToken(oidc.provider, presented.sessionUid);
  // Told where it is waited for.
  session.catch(() => {});
  return session;
}

/** Reasons of a sign-in by whoever it may be: nobody is signed in, or another user than the one who is asked for. */
const SIGN_IN = new Set(["no_session", "id_token_hint", "claims_id_token_sub_value"]);

/** A sign-in that was asked for again is another screen than the first: the reasons tell them apart. */
const screenOf = ({ name, reasons }) => (name !== "login" ? name : reasons.some((reason) => SIGN_IN.has(reason)) ? "login" : "reauthenticate");

/** What the person did on the page that was answered. */
function answerOf(answered, result, failure) {
  if (answered === undefined) return null;
  const screen = screenOf(answered.prompt);
  if (result === undefined && answered.result?.error !== undefined) return { screen, result: answered.result.error === "access_denied" ? "denied" : "failed" };
  if (failure !== undefined && result === undefined) return null;
  return { screen, result: screen === "consent" ? "approved" : "done" };
}

function outcomeOf(started, { entities, params, grant, requestParamOIDCScopes }) {
  if (started !== undefined) return { outcome: screenOf(started.prompt), reasons: [...started.prompt.reasons] };
  const issued = entities.AuthorizationCode ?? entities.AccessToken;
  // An ID Token alone has no scope of its own, and neither has no token at all: it is what the grant has of the request.
  return { outcome: "issue", scope: words(issued === undefined ? grant?.getOIDCScopeFiltered(requestParamOIDCScopes) : issued.scope), response_type: params?.response_type };
}

function errorOf(ctx, failure) {
  return { outcome: "error", error: failure.error ?? failure.message, placement: placementOf(ctx, failure) };
}

/** Without an address it is a page of the server's own, or one that posts itself to the client. */
function placementOf({ oidc, response, query }, { allow_redirect }) {
  const to = response.get("location") ?? "";
  if (to !== "") return new URL(to).hash === "" ? "query" : "fragment";
  const { redirect_uri, response_mode } = oidc.params ?? oidc.body ?? query;
  const isSent = allow_redirect === true && oidc.client !== undefined && typeof redirect_uri === "string";
  return isSent && String(response_mode).startsWith("form_post") ? "form_post" : "page";
}
