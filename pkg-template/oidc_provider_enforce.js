// Grantwise decides: the parts of the adapter, and where each stands in the server.
import { Authorization } from "./oidc_provider_authorization.js";
import { configurationOf, sessionSecondsOf } from "./oidc_provider_configuration.js";
import { AdapterError, takeBack } from "./oidc_provider_errors.js";
import { Interactions } from "./oidc_provider_interaction.js";
import { Sessions } from "./oidc_provider_session.js";
import { now } from "./oidc_provider_situation.js";
import { Tokens } from "./oidc_provider_tokens.js";

export class Enforce {
  decides = true;
  configuration;
  authorization;
  tokens;
  sessions;
  interactions;
  #shared;

  constructor(shared) {
    this.#shared = shared;
    shared.sessionSeconds = sessionSecondsOf(shared.own);
    this.authorization = new Authorization(shared);
    this.tokens = new Tokens(shared);
    this.sessions = new Sessions(shared);
    this.interactions = new Interactions(shared);
    const { own, policy, interactionPolicy } = shared;
    this.configuration = configurationOf({ own, policy, interactionPolicy, authorization: this.authorization, tokens: this.tokens });
  }

  /** What stands before the server, by the method and the name of its route. */
  routes() {
    const { authorization, tokens, sessions } = this;
    return [
      { method: "GET", name: "authorization", run: (ctx, next) => authorization.first(ctx, next) },
      { method: "GET", name: "resume", run: (ctx, next) => authorization.around(ctx, next) },
      { method: "POST", name: "token", run: (ctx, next) => tokens.around(ctx, next) },
      { method: "POST", name: "end_session_confirm", run: (ctx, next) => sessions.around(ctx, next) },
    ];
  }

  /** A route of the policy's that was reached past it. */
  async missed(ctx) {
    const { AuthorizationCode, AccessToken, RefreshToken } = ctx.oidc.entities;
    for (const token of [AuthorizationCode, AccessToken, RefreshToken]) await token?.destroy();
    takeBack(ctx);
    this.#shared.report({ kind: "failed", error: new AdapterError("not_carried_out", `A request came to ${ctx.path} past the adapter`) });
  }

  async ready() {
    await this.#shared.records.ready();
  }

  sweep(keep_s = 30 * 86_400) {
    return this.#shared.records.sweep(this.#shared.policy, now(), keep_s);
  }
}
