// What was decided, kept for the support desk: by grant, by interaction, and for one user and client.

/** The newest decisions first; the oldest are forgotten when there are more than `limit` names. */
export class Summaries {
  #limit;
  #by = new Map();
  #each;

  /** At most `limit` grants and interactions are remembered, with 20 decisions each; `each` is told of every one. */
  constructor(limit, each) {
    this.#limit = limit;
    this.#each = each;
  }

  authorization(ctx, decision, interaction) {
    const { oidc } = ctx;
    const client_id = oidc.client?.clientId;
    const earlier = oidc.route === "resume" ? oidc.entities.Interaction?.uid ?? interaction : undefined;
    this.#keep("authorize", decision, {
      client_id, interactions: [interaction, earlier, ctx.params?.uid], grant: client_id && oidc.session?.grantIdFor?.(client_id),
    });
  }

  token(ctx, decision) {
    const { client, grant, entities, body } = ctx.oidc;
    const id = grant?.jti ?? entities.Grant?.jti ?? entities.RefreshToken?.grantId;
    this.#keep(body.grant_type === "refresh_token" ? "refresh" : "exchange", decision, { client_id: client?.clientId, interactions: [], grant: id });
  }

  event(decision, { grant } = {}) {
    this.#keep("event", decision, { interactions: [], grant });
  }

  add(operation, decision, names) {
    this.#keep(operation, decision, names);
  }

  #keep(operation, decision, { client_id, interactions, grant }) {
    const kept = keptOf(operation, decision, client_id);
    if (grant) this.#add(`grant ${grant}`, kept);
    interactions.forEach((uid, at) => {
      if (uid && interactions.indexOf(uid) === at) this.#add(`interaction ${uid}`, kept);
    });
    this.#each?.(kept);
  }

  #add(key, kept) {
    const known = this.#by.get(key);
    if (known === undefined) this.#by.set(key, [kept]);
    else {
      // The names stand in the order in which they were last heard of.
      this.#by.delete(key);
      this.#by.set(key, known);
      known.push(kept);
      if (known.length > 20) known.shift();
    }
    if (this.#by.size > this.#limit) this.#by.delete(this.#by.keys().next().value);
  }

  /** What was decided, the newest first. */
  of({ grant, interaction }) {
    return [...this.#by.get(grant === undefined ? `interaction ${interaction}` : `grant ${grant}`) ?? []].reverse();
  }
}

const NOTHING = Object.freeze([]);

/** What is worth keeping of a decision, without what it would have stored. */
function keptOf(operation, { outcome, error, summary, situation, tokens, refresh_token, ignored = NOTHING }, client_id) {
  return {
    at: Math.floor(Date.now() / 1000), operation, client_id, outcome, error: error?.code ?? null, summary, situation,
    refresh_token: tokens?.refresh_token_because ?? (refresh_token === undefined ? null : { issued: refresh_token !== null }),
    ignored: ignored.map(({ param, value, reason, sentence }) => ({ param, value, reason, sentence })),
  };
}
