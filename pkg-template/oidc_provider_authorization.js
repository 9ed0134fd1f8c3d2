// The authorization endpoint: one decision for each pass, asked for by whichever hook comes first.
import { Conflict } from "./store_errors.js";
import { AdapterError, authorizationError, replaceError, takeBack } from "./oidc_provider_errors.js";
import { endAtServer } from "./oidc_provider_records.js";
import { REQUEST, clientOf, hintOf, now, queries, sessionOf } from "./oidc_provider_situation.js";

/** The screens of a policy, each a prompt of oidc-provider, with what it reports where no page may be shown. */
export const SCREENS = {
  login: { prompt: "login", reason: "grantwise_login" },
  reauthenticate: { prompt: "login", reason: "grantwise_reauthenticate" },
  select_account: { prompt: "select_account", reason: "grantwise_select_account" },
  consent: { prompt: "consent", reason: "grantwise_consent" },
};

export class Authorization {
  #of = new WeakMap();
  #arrived = new WeakMap();
  #bound = new WeakSet();
  #shared;

  constructor(shared) {
    this.#shared = shared;
  }

  // == Deciding ==

  /** The decision of this pass; made once, however many hooks ask. */
  decided(ctx) {
    if (!this.#of.has(ctx)) this.#of.set(ctx, this.#decide(ctx));
    return this.#of.get(ctx);
  }

  async #decide(ctx) {
    const { oidc } = ctx;
    const { policy, sessionSeconds, facts } = this.#shared;
    const session = oidc.account ? sessionOf(oidc.session, sessionSeconds(ctx, oidc.session)) : null;
    const client = clientOf(oidc.client);
    const seen = session === null ? null : await this.#grantOf(client, session);
    const input = {
      ...await facts(ctx), client, session, request: this.#requestOf(ctx), id_token_hint: await hintOf(ctx),
      answers: oidc.result?.grantwise?.answers ?? [],
    };
    const asked = this.#ask(policy, input, seen);
    this.#lifetimes.set(ctx, asked.decision.tokens?.front_channel.access_token?.expires_in ?? null);
    return { input, seen, ...asked };
  }

  /** As it arrived. What comes back from a page is what was kept with it. */
  #requestOf(ctx) {
    const arrived = ctx.oidc.route === "authorization" ? this.#arrived.get(ctx) : ctx.oidc.params[REQUEST];
    if (arrived === undefined) throw new AdapterError("not_attached", "This request came past the adapter; attach it before provider.callback()");
    return arrived;
  }

  #ask(policy, input, seen) {
    const at = now();
    return { at, decision: policy.authorize({ ...input, grant: seen?.record ?? null, now: at }) };
  }

  #grantOf({ client_id }, { sub, sid }) {
    const { policy, records } = this.#shared;
    const where = policy.settings.grant_model === "per_session" ? { client_id, sub, sid } : { client_id, sub };
    return records.find("grant", where, { newest: "granted_at" });
  }

  // == The hooks ==

  /** Whether this screen is to be shown. An error of the policy is thrown here. */
  async shows(ctx, screen) {
    const { decision } = await this.decided(ctx);
    if (decision.outcome === "error") throw authorizationError(this.#shared.errors, decision, ctx);
    return decision.outcome === screen;
  }

  /** What the page says, kept by oidc-provider with the interaction. */
  async details(ctx) {
    const { decision } = await this.decided(ctx);
    const { outcome, consent, summary, situation } = decision;
    return { grantwise: { outcome, consent, summary, situation } };
  }

  /**
   * The server's grant only carries what is issued; what counts as consent stands in the adapter's records. It stays the same one
   * for the whole session, for tokens that are bound to the session end with its id.
   */
  async loadExistingGrant(ctx) {
    if (!ctx.oidc.account) return undefined;
    const { decision } = await this.decided(ctx);
    if (decision.outcome !== "issue") return undefined;
    const { oidc } = ctx;
    const { provider, client, account } = oidc;
    const scopes = issuedScopes(decision);
    const id = oidc.session.grantIdFor(client.clientId);
    const found = id === undefined ? undefined : await provider.Grant.find(id);
    const isOurs = found?.accountId === account.accountId && found.clientId === client.clientId;
    const grant = isOurs ? found : new provider.Grant({ accountId: account.accountId, clientId: client.clientId });
    const before = JSON.stringify([grant.openid, grant.resources]);
    grant.addOIDCScope(scopes);
    for (const [resource, { scopes: known }] of Object.entries(oidc.resourceServers)) {
      const covered = scopes.filter((scope) => known.has(scope));
      if (covered.length > 0) grant.addResourceScope(resource, covered);
    }
    if (!isOurs || JSON.stringify([grant.openid, grant.resources]) !== before) await grant.save();
    // From here on oidc-provider works with what was granted, in the place that the policy says.
    oidc.params.scope = decision.scope.granted.join(" ");
    oidc.params.response_mode = decision.response.placement;
    return grant;
  }

  /** Codes and access tokens of the authorization endpoint get the scope and the binding of the decision. */
  async expiresWithSession(ctx, source) {
    const { decision } = await this.decided(ctx);
    const { front_channel, token_endpoint } = decision.tokens;
    this.#bound.add(source);
    // What a logout ends is decided by the policy, and ended by the adapter.
    ctx.oidc.session.authorizationFor(ctx.oidc.client.clientId).persistsLogout = true;
    if (source.kind === "AccessToken") {
      source.scope = front_channel.access_token.scope;
      return front_channel.access_token.binding === "session";
    }
    source.scope = token_endpoint.access_token.scope;
    const { access_token, refresh_token } = token_endpoint;
    return access_token.binding === "session" && refresh_token?.binding !== "offline";
  }

  /** Seconds of a front-channel access token; null where the policy has no number. Hooks for lifetimes cannot wait. */
  lifetimeOf(ctx) {
    return this.#lifetimes.get(ctx) ?? null;
  }

  #lifetimes = new WeakMap();

  // == Around the endpoint ==

  /** Hides from oidc-provider what it would judge before the policy. */
  async first(ctx, next) {
    const { arrived, shown } = queries(ctx.querystring, this.#shared.policy.settings);
    this.#arrived.set(ctx, arrived);
    ctx.querystring = shown;
    return this.around(ctx, next);
  }

  async around(ctx, next) {
    await next();
    const { entities = {} } = ctx.oidc ?? {};
    if (!this.#of.has(ctx)) return this.#refusedBefore(ctx);
    const made = await this.#of.get(ctx).catch((error) => ({ error }));
    const issued = entities.AuthorizationCode ?? entities.AccessToken;
    if (made.error !== undefined) return this.#undo(ctx, "The policy could not be asked", made.error);
    this.#shared.keep.authorization(ctx, made.decision, entities.Interaction?.uid);
    const { outcome, effects } = made.decision;
    // Nothing is issued, and what the person left out may have to be remembered.
    if (outcome === "error" && issued === undefined) return effects.length === 0 ? undefined : this.#carryOut(ctx, made);
    if (this.#shared.failures.has(ctx)) return undefined;
    if (outcome === "issue") return this.#carryOut(ctx, made);
    if (issued !== undefined) return this.#undo(ctx, "The server issued what the policy had not decided");
    return undefined;
  }

  /** A request that never came to the policy: its error is the policy's, where the policy refuses it, too. */
  async #refusedBefore(ctx) {
    if (ctx.oidc === undefined) return;
    const { entities, client } = ctx.oidc;
    if (entities.AuthorizationCode !== undefined || entities.AccessToken !== undefined) {
      await this.#undo(ctx, "The server issued something, and the policy was not asked");
      return;
    }
    const failure = this.#shared.failures.get(ctx);
    if (failure === undefined || ctx.oidc.route !== "authorization") return;
    const request = this.#requestOf(ctx);
    const at = now();
    const decision = this.#shared.policy.authorize({ request, client: clientOf(client), session: null, grant: null, now: at });
    if (decision.outcome === "error") replaceError(ctx, decision);
    else this.#shared.report({ kind: "refused_by_server", error: failure.error ?? failure.message, client_id: client?.clientId });
    this.#shared.keep.authorization(ctx, decision, undefined);
  }

  async #carryOut(ctx, made) {
    const { entities, provider } = ctx.oidc;
    for (const token of [entities.AuthorizationCode, entities.AccessToken]) {
      if (token !== undefined && !this.#bound.has(token)) {
        await this.#undo(ctx, "expiresWithSession of the provider is not the adapter's");
        return;
      }
    }
    const ids = {};
    if (entities.AuthorizationCode) ids.code = entities.AuthorizationCode.jti;
    if (entities.AccessToken) ids.access_token = entities.AccessToken.jti;
    let { decision, seen, at } = made;
    try {
      for (let tries = 0; ; tries += 1) {
        try {
          const ended = await this.#shared.records.carryOut(decision.effects, { ids, seen: [seen], at });
          await endAtServer(provider, ended);
          return;
        } catch (error) {
          // Another request of the same user changed the grant: decided again, the same has to come of it.
          if (!(error instanceof Conflict) || tries === 5) throw error;
          seen = await this.#grantOf(made.input.client, made.input.session);
          const again = this.#ask(this.#shared.policy, made.input, seen);
          if (said(again.decision) !== said(decision)) throw error;
          ({ decision, at } = again);
        }
      }
    } catch (cause) {
      await this.#undo(ctx, "The decision could not be stored", cause);
    }
  }

  /** What was issued and cannot be answered for is taken back. */
  async #undo(ctx, message, cause) {
    const { entities } = ctx.oidc;
    takeBack(ctx);
    for (const token of [entities.AuthorizationCode, entities.AccessToken]) await token?.destroy();
    this.#shared.report({ kind: "failed", error: new AdapterError("not_carried_out", message, { cause }) });
  }
}

/** What went out, which cannot be another any more. */
const said = ({ outcome, error, tokens }) => JSON.stringify([outcome, error, tokens]);

/** All scopes that anything of this decision has. */
function issuedScopes({ scope, tokens: { front_channel, token_endpoint } }) {
  const texts = [front_channel.access_token?.scope, token_endpoint?.access_token.scope, token_endpoint?.refresh_token?.scope];
  return [...new Set([...scope.granted, ...texts.filter(Boolean).flatMap((text) => text.split(" "))])].filter(Boolean);
}
