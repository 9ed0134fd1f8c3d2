// The token and revocation endpoints: one decision for each request, made before oidc-provider makes a token.
import { Conflict } from "./store_errors.js";
import { hashOf } from "./store_secrets.js";
import { asBound, hasCertificate, isLoose, tokenTypeOf } from "./oidc_provider_binding.js";
import { AdapterError, takeBack, tokenError } from "./oidc_provider_errors.js";
import { endAtServer } from "./oidc_provider_records.js";
import { clientOf, now, requestOf, sessionOfToken } from "./oidc_provider_situation.js";

/** What is presented, by the grant type: its record, its parameter, and the operation that decides. */
const PRESENTED = {
  AuthorizationCode: { kind: "code", operation: "exchange" },
  RefreshToken: { kind: "refresh_token", operation: "refresh" },
};

export class Tokens {
  #of = new WeakMap();
  #shared;

  constructor(shared) {
    this.#shared = shared;
  }

  // == Deciding ==

  /**
   * The hook that finds the account comes first, and may wait: whatever the others are asked for later is decided here. A refusal
   * is carried out at once, for it may end what a thief got, and thrown.
   */
  async decide(ctx, source) {
    if (ctx.oidc.route !== "token" || PRESENTED[source?.kind] === undefined || this.#of.has(ctx)) return;
    const made = await this.#ask(ctx, source);
    this.#of.set(ctx, made);
    const { decision } = made;
    if (decision.outcome === "error") await this.#refuse(ctx, made);
    const { access_token, refresh_token } = decision;
    if (source.kind === "AuthorizationCode") {
      source.scope = access_token.scope;
      source.expiresWithSession = access_token.binding === "session";
      await this.#widen(ctx, access_token.scope);
    } else {
      ctx.oidc.params.scope = access_token.scope;
      if (refresh_token !== null) {
        source.scope = refresh_token.scope;
        source.expiresWithSession = refresh_token.binding === "session";
      }
    }
  }

  async #ask(ctx, source, become) {
    const { policy, records, own } = this.#shared;
    const { kind, operation } = PRESENTED[source.kind];
    const { oidc } = ctx;
    const token_type = tokenTypeOf(ctx, own);
    const at = now();
    const seen = await records.find(kind, { id: source.jti });
    const record = seen.record === null ? null : { ...seen.record, ...become };
    const common = {
      request: requestOf(oidc.body), client: clientOf(oidc.client), client_authenticated: oidc.client.clientAuthMethod !== "none",
      session: await sessionOfToken(oidc.provider, record?.sid), now: at, [kind]: record,
      token_type,
    };
    const input = operation === "refresh"
      ? { ...common, id_token: source.scopes.has("openid"), sender_proof: source.isSenderConstrained() || hasCertificate(oidc.client) }
      : { ...common, ...await verifier(record, oidc.body.code_verifier), ...await this.#existingGrant(oidc.body), sender_constrained: token_type === "DPoP" || hasCertificate(oidc.client) };
    return { seen, at, source, decision: policy[operation](input) };
  }

  async #existingGrant({ existing_grant }) {
    if (typeof existing_grant !== "string") return {};
    for (const kind of ["refresh_token", "access_token"]) {
      const { record } = await this.#shared.records.find(kind, { id: existing_grant });
      if (record !== null) return { existing_grant: record };
    }
    return {};
  }

  /** oidc-provider cuts an access token to what its grant carries. */
  async #widen({ oidc: { grant } }, scope) {
    const carried = new Set(grant.getOIDCScope().split(" "));
    const missing = scope.split(" ").filter((one) => one !== "" && !carried.has(one));
    if (missing.length === 0) return;
    grant.addOIDCScope(missing);
    await grant.save();
  }

  /** Carries out what a refusal ends, and throws it. Where another call came between, it is looked at again. */
  async #refuse(ctx, first) {
    const { records, errors, keep } = this.#shared;
    let made = first;
    for (let tries = 0; ; tries += 1) {
      const { decision, seen, at, source, using = [] } = made;
      if (decision.outcome !== "error") throw new AdapterError("not_carried_out", "Another call came between, and nothing was issued");
      try {
        await endAtServer(ctx.oidc.provider, await records.carryOut([...using, ...decision.effects], { seen: [seen], at }));
        keep.token(ctx, decision);
        throw tokenError(errors, decision);
      } catch (error) {
        if (!(error instanceof Conflict) || tries === 5) throw error;
        made = first.using === undefined ? await this.#ask(ctx, source) : await this.#askUsed(ctx, source);
      }
    }
  }

  /**
   * Decides about a code or a refresh token that was used already. The request which used it may not have stored that yet: then it is
   * used up here, so that the other one finds itself too late.
   */
  async #askUsed(ctx, source) {
    const { kind } = PRESENTED[source.kind];
    const at = now();
    const set = kind === "code" ? { status: "used" } : { status: "superseded", superseded_at: at };
    const { record } = await this.#shared.records.find(kind, { id: source.jti });
    if (record?.status !== "active") return this.#ask(ctx, source);
    const using = [{ effect: "consume", kind, where: { id: source.jti, status: "active" }, set }];
    return { ...await this.#ask(ctx, source, set), using };
  }

  // == The hooks ==

  made(ctx) {
    return this.#of.get(ctx) ?? null;
  }

  issueRefreshToken(ctx, source) {
    const refresh_token = this.made(ctx)?.decision.refresh_token ?? null;
    if (refresh_token === null) return false;
    const scopes = new Set(refresh_token.scope.split(" "));
    // The ID Token of this response is made from the same source, and looks for openid alone.
    if (source.scopes.has("openid")) scopes.add("openid");
    source.scope = [...scopes].join(" ");
    source.expiresWithSession = refresh_token.binding === "session";
    return true;
  }

  rotateRefreshToken(ctx) {
    return (this.made(ctx)?.decision.refresh_token ?? null) !== null;
  }

  /** Seconds of what is being made; null where the policy has no number. */
  lifetimeOf(ctx, token) {
    const decision = this.made(ctx)?.decision;
    if (decision === undefined) return null;
    if (token.kind === "AccessToken") return decision.access_token?.expires_in ?? null;
    const record = decision.effects.find(({ effect, kind }) => effect === "store" && kind === "refresh_token")?.record;
    return record?.expires_at ? Math.max(1, record.expires_at - now()) : null;
  }

  /**
   * oidc-provider found a code or a refresh token used already, and is about to revoke everything of the grant. What ends is the
   * policy's; throwing here keeps the rest.
   */
  async reused(ctx) {
    const { oidc } = ctx;
    if (oidc.route === "revocation") {
      throw new AdapterError("conflicting_configuration", "features.revocation.allowedPolicy of the provider is not the adapter's");
    }
    if (oidc.route !== "token") return true;
    const isCode = oidc.params.grant_type === "authorization_code";
    const model = isCode ? oidc.provider.AuthorizationCode : oidc.provider.RefreshToken;
    const value = isCode ? oidc.params.code : oidc.params.refresh_token;
    const source = await model.find(value, { ignoreExpiration: true, ignoreSessionBinding: true });
    if (source === undefined) return true;
    const made = await this.#askUsed(ctx, source);
    // Without a record it is from before the adapter, and ends as oidc-provider ends it.
    if (made.seen.record === null || made.decision.outcome !== "error") return true;
    return this.#refuse(ctx, made);
  }

  // == Around the endpoint ==

  async around(ctx, next) {
    await next();
    if (ctx.status !== 200 || ctx.oidc === undefined) return;
    const { grant_type } = ctx.oidc.params ?? {};
    if (grant_type !== "authorization_code" && grant_type !== "refresh_token") return;
    const made = this.made(ctx);
    if (made === null) {
      await this.#undo(ctx, "The server made tokens, and the policy was not asked");
      return;
    }
    const { decision, seen, at } = made;
    const { AccessToken, RefreshToken } = ctx.oidc.entities;
    const fresh = RefreshToken?.jti === made.source.jti ? undefined : RefreshToken;
    const ids = { ...(AccessToken && { access_token: AccessToken.jti }), ...(fresh && { refresh_token: fresh.jti }) };
    if ((decision.refresh_token !== null) !== (fresh !== undefined)) {
      await this.#undo(ctx, "The server did not make the tokens that were decided");
      return;
    }
    if (isLoose(decision.effects, AccessToken)) {
      await this.#undo(ctx, "The server made a token that is bound to no key, and the policy had decided on one that is");
      return;
    }
    try {
      const effects = asBound(decision.effects, { access_token: AccessToken, refresh_token: fresh });
      await endAtServer(ctx.oidc.provider, await this.#shared.records.carryOut(effects, { ids, seen: [seen], at }));
      this.#shared.keep.token(ctx, decision);
    } catch (error) {
      if (error instanceof Conflict) await this.#lost(ctx, made);
      else await this.#undo(ctx, "The decision could not be stored", error);
    }
  }

  /** Another request was faster with the same code or token: this one is a replay, and is decided as one. */
  async #lost(ctx, made) {
    await this.#destroy(ctx);
    const again = await this.#askUsed(ctx, made.source);
    const refused = again.decision.outcome === "error" ? await this.#refuse(ctx, again).catch((error) => error) : null;
    if (refused === null) {
      takeBack(ctx, "temporarily_unavailable", 503);
      return;
    }
    ctx.status = refused.statusCode ?? 500;
    ctx.body = { error: refused.error ?? "server_error", error_description: refused.error_description };
  }

  async #undo(ctx, message, cause) {
    await this.#destroy(ctx);
    takeBack(ctx);
    this.#shared.report({ kind: "failed", error: new AdapterError("not_carried_out", message, { cause }) });
  }

  async #destroy(ctx) {
    const { AccessToken, RefreshToken } = ctx.oidc.entities;
    await AccessToken?.destroy();
    if (RefreshToken && RefreshToken.jti !== this.made(ctx)?.source.jti) await RefreshToken.destroy();
  }

  // == Revocation ==

  /** Everything that the revocation ends is ended here, so that oidc-provider is told to do nothing. */
  async revoke(ctx, client, token) {
    const kind = { AccessToken: "access_token", RefreshToken: "refresh_token" }[token.kind];
    if (kind === undefined) return token.clientId === client.clientId;
    const { policy, records, errors, keep } = this.#shared;
    const at = now();
    const seen = await records.find(kind, { id: token.jti });
    const decision = policy.revoke({
      request: requestOf(ctx.oidc.body), client: clientOf(client), client_authenticated: client.clientAuthMethod !== "none",
      token: seen.record, now: at,
    });
    keep.event(decision, { grant: token.grantId });
    if (decision.outcome === "error") throw tokenError(errors, decision);
    // A token from before the adapter has no record, and ends all the same.
    if (seen.record === null && token.clientId === client.clientId) await token.destroy();
    await endAtServer(ctx.oidc.provider, await records.carryOut(decision.effects, { at }));
    return false;
  }
}

/** PKCE with S256, the only method that oidc-provider has. */
async function verifier(record, value) {
  if (!record?.code_challenge) return {};
  return { code_verifier_matches: typeof value === "string" && await hashOf(value) === record.code_challenge };
}
