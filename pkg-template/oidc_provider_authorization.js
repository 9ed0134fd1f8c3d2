// The authorization endpoint: one decision for each pass, asked for by whichever hook comes first.
import { Conflict } from "./store_errors.js";
import { AdapterError, authorizationError, replaceError, takeBack } from "./oidc_provider_errors.js";
import { endAtServer } from "./oidc_provider_records.js";
import { REQUEST, clientOf, hintOf, now, queriesOf, sessionOf } from "./oidc_provider_situation.js";

/** The screens of a policy, each a prompt of oidc-provider, with what it reports where no page may be shown. */
export const SCREENS = {
  login: { prompt: "login", reason: "grantwise_login" },
  reauthenticate: { prompt: "login", reason: "grantwise_reauthenticate" },
  select_account: { prompt: "select_account", reason: "grantwise_select_account" },
  consent: { prompt: "consent", reason: "grantwise_consent" },
};

/** What is known of one pass. Most hooks are called when it is decided, and need not wait: a wait costs more than what they do. */
class Pass {
  arrived = null;
  /** The decision under way, and the decision. */
  deciding = null;
  made = null;
}

const NO_ANSWERS = Object.freeze([]);

export class Authorization {
  #passes = new WeakMap();
  #bound = new WeakSet();
  #queries;
  #shared;

  constructor(shared) {
    this.#shared = shared;
    this.#queries = queriesOf(shared.policy.settings);
  }

  #passOf(ctx) {
    let pass = this.#passes.get(ctx);
    if (pass === undefined) this.#passes.set(ctx, (pass = new Pass()));
    return pass;
  }

  // == Deciding ==

  /** The decision of this pass; made once, however many hooks ask. */
  decided(ctx) {
    const pass = this.#passOf(ctx);
    return (pass.deciding ??= this.#decide(ctx, pass));
  }

  /** Hands over the decision: at once where it is made already. */
  #with(ctx, use) {
    const { made } = this.#passOf(ctx);
    return made === null ? this.decided(ctx).then(use) : use(made);
  }

  async #decide(ctx, pass) {
    const { oidc } = ctx;
    const { policy, sessionSeconds, facts } = this.#shared;
    const request = this.#requestOf(ctx, pass);
    // What comes back from a page is decided on what arrived, which oidc-provider keeps with the page.
    oidc.params[REQUEST] = request;
    const session = oidc.account ? sessionOf(oidc.session, sessionSeconds(ctx, oidc.session)) : null;
    const client = clientOf(oidc.client);
    const seen = session === null ? null : await this.#grantOf(client, session);
    const input = {
      ...(facts === null ? null : await facts(ctx)), client, session, request,
      id_token_hint: oidc.params.id_token_hint === undefined ? null : await hintOf(ctx), answers: oidc.result?.grantwise?.answers ?? NO_ANSWERS,
    };
    pass.made = { input, seen, ...this.#ask(policy, input, seen) };
    return pass.made;
  }

  /** As it arrived. What comes back from a page is what was kept with it. */
  #requestOf(ctx, { arrived }) {
    const request = ctx.oidc.route === "authorization" ? arrived : ctx.oidc.params[REQUEST] ?? null;
    if (request === null) throw new AdapterError("not_attached", "This request came past the adapter; attach it before provider.callback()");
    return request;
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
  shows(ctx, screen) {
    return this.#with(ctx, ({ decision }) => {
      if (decision.outcome === "error") throw authorizationError(this.#shared.errors, decision, ctx);
      return decision.outcome === screen;
    });
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
    if (carry(grant, scopes, oidc.resourceServers) || !isOurs) await grant.save();
    // From here on oidc-provider works with what was granted, in the place that the policy says.
    oidc.params.scope = decision.scope.granted.join(" ");
    oidc.params.response_mode = decision.response.placement;
    return grant;
  }

  /** Codes and access tokens of the authorization endpoint get the scope and the binding of the decision. */
  expiresWithSession(ctx, source) {
    return this.#with(ctx, ({ decision }) => {
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
    });
  }

  /** Seconds of a front-channel access token; null where the policy has no number. Hooks for lifetimes cannot wait. */
  lifetimeOf(ctx) {
    return this.#passes.get(ctx)?.made?.decision.tokens?.front_channel.access_token?.expires_in ?? null;
  }

  // == Around the endpoint ==

  /** Hides from oidc-provider what it would judge before the policy. */
  first(ctx, next) {
    const { arrived, shown } = this.#queries(ctx.querystring);
    this.#passOf(ctx).arrived = arrived;
    if (shown !== arrived) ctx.querystring = shown;
    return this.around(ctx, next);
  }

  async around(ctx, next) {
    await next();
    const { entities = {} } = ctx.oidc ?? {};
    const pass = this.#passOf(ctx);
    if (pass.deciding === null) return this.#refusedBefore(ctx, pass);
    const made = pass.made ?? await pass.deciding.catch((error) => ({ error }));
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
  async #refusedBefore(ctx, pass) {
    if (ctx.oidc === undefined) return;
    const { entities, client } = ctx.oidc;
    if (entities.AuthorizationCode !== undefined || entities.AccessToken !== undefined) {
      await this.#undo(ctx, "The server issued something, and the policy was not asked");
      return;
    }
    const failure = this.#shared.failures.get(ctx);
    if (failure === undefined || ctx.oidc.route !== "authorization") return;
    const request = this.#requestOf(ctx, pass);
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
  const issued = new Set(scope.granted);
  for (const token of [front_channel.access_token, token_endpoint?.access_token, token_endpoint?.refresh_token]) {
    for (const one of token?.scope.split(" ") ?? []) issued.add(one);
  }
  issued.delete("");
  return [...issued];
}

/** Lets the server's grant carry these scopes, and says whether it did not before. */
function carry(grant, scopes, resourceServers) {
  let isNew = false;
  const carried = new Set(grant.getOIDCScope().split(" "));
  if (scopes.some((scope) => !carried.has(scope))) {
    grant.addOIDCScope(scopes);
    isNew = true;
  }
  for (const [resource, { scopes: known }] of Object.entries(resourceServers)) {
    const there = new Set(grant.getResourceScope(resource).split(" "));
    const covered = scopes.filter((scope) => known.has(scope));
    if (covered.every((scope) => there.has(scope))) continue;
    grant.addResourceScope(resource, covered);
    isNew = true;
  }
  return isNew;
}
