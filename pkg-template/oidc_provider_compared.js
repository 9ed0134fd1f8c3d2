// The policy's own run of the same traffic, in records of the shadow alone, and where it differs from what the server did.
import { asBound } from "./oidc_provider_binding.js";
import { Conflict } from "./store_errors.js";
import { hashOf } from "./store_secrets.js";
import { sessionOfToken } from "./oidc_provider_situation.js";

const PAGES = new Set(["login", "reauthenticate", "select_account", "consent"]);
const sorted = (scopes) => [...new Set(scopes)].sort().join(" ");

/** Error codes of pages have no place of their own in a policy's words and in the server's. */
const placeOf = (placement) => (placement === "http_400" ? "page" : placement);

export class Compared {
  #shared;
  #counts;
  #since = Math.floor(Date.now() / 1000);

  constructor(shared, counts) {
    this.#shared = shared;
    this.#counts = counts;
  }

  /** Why something is not compared, counted. */
  not(why) {
    this.#counts.not_compared[why] = (this.#counts.not_compared[why] ?? 0) + 1;
  }

  #differ(operation, facts, decision, server, policy, assuming = []) {
    this.#counts.compared += 1;
    this.#shared.keep.add(operation, decision, facts.names);
    const names = new Set([...Object.keys(server), ...Object.keys(policy)]);
    const differs = [...names].filter((name) => name in server && name in policy && JSON.stringify(server[name]) !== JSON.stringify(policy[name]));
    if (differs.length === 0) return;
    this.#counts.differences += 1;
    const { summary, situation } = decision;
    this.#shared.report({
      kind: "difference", operation, at: facts.at, client_id: facts.names.client_id, differs, server, policy, assuming,
      reason: reasonOf(decision, summary), situation, interactions: facts.names.interactions.filter(Boolean), grant: facts.names.grant,
    });
  }

  // == The authorization endpoint ==

  async authorization(facts) {
    const { policy, records } = this.#shared;
    const { client, session, at } = facts;
    const { record } = session === null || client === null ? { record: null }
      : await records.find("grant", { client_id: client.client_id, sub: session.sub, ...(policy.settings.grant_model === "per_session" && { sid: session.sid }) }, { newest: "granted_at" });
    const before = facts.answer?.screen === "consent" ? facts.before ?? null : facts.grant;
    const grant = record ?? recordOf(before, client, session);
    const ask = (answers) => policy.authorize({ request: facts.request, client, session, grant, id_token_hint: facts.id_token_hint ?? null, answers, now: at });
    let answers = [...facts.answers];
    if (facts.answer !== null) answers = this.#answered(facts, answers, ask);
    let decision = ask(answers);
    const assuming = [];
    const { server } = facts;
    this.#differ("authorize", facts, decision, ofServer(server), ofPolicy(decision));
    // The policy would have asked where the server did not: what comes after is what it gives if they approve.
    if (server.outcome === "issue" && decision.outcome === "consent") {
      assuming.push("approved");
      decision = ask([...answers, { screen: "consent", result: "approved", shown: decision.consent, at }]);
    }
    // Where both refuse, there is what is remembered of it: that the person left everything out.
    if (["issue", "error"].includes(server.outcome) && decision.outcome === server.outcome) await this.#store(decision.effects, facts.ids, at);
    return { answers };
  }

  /** The answer of the person, as one to the policy's own page; a page that the policy does not have is none of its own. */
  #answered({ answer, grant, at }, answers, ask) {
    if (answer.screen !== "consent") return [...answers, { ...answer, at }];
    const asked = ask(answers);
    if (asked.outcome !== "consent") return answers;
    if (answer.result !== "approved") return [...answers, { ...answer, at }];
    const granted = new Set(grant?.scope ?? []);
    const shown = asked.consent.scopes.map(({ scope }) => scope);
    const refused = shown.filter((scope) => !granted.has(scope) && (grant?.refused ?? []).includes(scope));
    const scope = shown.filter((one) => !refused.includes(one)).join(" ");
    return [...answers, { screen: "consent", result: "approved", scope, remember: true, shown: asked.consent, at }];
  }

  // == The token and revocation endpoints ==

  async token(facts, provider) {
    const { policy, records } = this.#shared;
    const kind = facts.operation === "exchange" ? "code" : "refresh_token";
    const { record } = await records.find(kind, { id: facts.presented ?? "" });
    if (record === null && facts.server.outcome === "tokens" && (facts.issued_at ?? 0) < this.#since) {
      this.not("the token is older than the shadow");
      return;
    }
    if (record === null && facts.server.outcome === "error") {
      this.not("neither knows the token");
      return;
    }
    if (record === null && kind === "code") {
      this.not("the policy had given no code");
      return;
    }
    const { request, client, client_authenticated, at, token_type, sender_constrained } = facts;
    const session = facts.session === undefined ? await sessionOfToken(provider, record?.sid) : facts.session;
    const common = { request, client, client_authenticated, session, now: at, token_type, [kind]: record };
    const decision = kind === "code"
      ? policy.exchange({ ...common, sender_constrained, ...await verifier(record, request.code_verifier) })
      : policy.refresh({ ...common, sender_proof: sender_constrained, id_token: (record?.scope ?? "").split(" ").includes("openid") });
    this.#differ(facts.operation, facts, decision, ofServer(facts.server), ofPolicy(decision));
    const [effects, ids] = planned(decision, facts.ids, kind, record);
    await this.#store(asBound(effects, facts.made), ids, at);
  }

  async revocation(facts) {
    const { policy, records } = this.#shared;
    let token = null;
    for (const kind of ["refresh_token", "access_token"]) token ??= (await records.find(kind, { id: facts.token })).record;
    if (token === null) {
      this.not("the token is older than the shadow");
      return;
    }
    const { request, client, client_authenticated, at } = facts;
    const decision = policy.revoke({ request, client, client_authenticated, token, now: at });
    this.#differ("revoke", facts, decision, ofServer(facts.server), ofPolicy(decision));
    await this.#store(decision.effects, {}, at);
  }

  async event(event) {
    const at = Math.floor(Date.now() / 1000);
    const decision = this.#shared.policy.event({ ...event, now: at });
    this.#shared.keep.event(decision);
    await this.#store(decision.effects, {}, at);
    return decision;
  }

  async #store(effects, ids, at) {
    await this.#shared.records.carryOut(effects, { ids, at }).catch((error) => {
      if (!(error instanceof Conflict)) throw error;
      this.not("two requests came at once");
    });
  }
}

/** Effects for tokens that the server did make, under its ids; what it did not make is not stored. */
function planned({ effects }, ids, kind, record) {
  const isStored = (effect, name) => effect.effect === "store" && effect.kind === name;
  const has = effects.some((effect) => isStored(effect, "refresh_token"));
  const kept = effects.filter((effect) => effect.effect !== "store" || effect.kind === "grant" || ids[effect.kind] !== undefined);
  if (kind !== "refresh_token") return [kept, ids];
  // The server did not rotate: the presented token goes on.
  if (has && ids.refresh_token === undefined) return [kept.filter((effect) => !(effect.effect === "consume" && effect.kind === "refresh_token")), ids];
  if (has || ids.refresh_token === undefined || record === null) return [kept, ids];
  // It rotated, and the policy did not: the record goes on under the new id.
  const { id, ...rest } = record;
  const moved = { effect: "store", kind: "refresh_token", record: rest };
  return [[...kept, moved], ids];
}

/** What is compared: the words that both sides have. */
function ofServer({ outcome, error, placement, scope, refresh_token, expires_in }) {
  if (PAGES.has(outcome)) return { outcome };
  if (outcome === "error") return { outcome, error, ...(placement === undefined ? {} : { placement }) };
  return {
    outcome, ...(scope === undefined ? {} : { scope: sorted(scope) }), ...(refresh_token === undefined ? {} : { refresh_token }),
    ...(expires_in === undefined ? {} : { expires_in }),
  };
}

function ofPolicy({ outcome, error, scope, tokens, access_token, refresh_token }) {
  if (outcome === "error") return { outcome, error: error.code, placement: placeOf(error.placement) };
  if (outcome === "issue") {
    const issued = tokens.token_endpoint?.access_token ?? tokens.front_channel.access_token;
    return { outcome, ...(issued || scope.granted.length > 0 ? { scope: sorted(issued?.scope.split(" ") ?? scope.granted) } : {}) };
  }
  if (outcome === "tokens") {
    return {
      outcome, scope: sorted(access_token.scope.split(" ")), refresh_token: (refresh_token ?? null) !== null,
      ...(access_token.expires_in === null ? {} : { expires_in: access_token.expires_in }),
    };
  }
  return { outcome };
}

/** Why, in a sentence: of an error its own, of a missing refresh token that one. */
function reasonOf({ error, tokens }, summary) {
  if (error !== null && error !== undefined) return error.description;
  return tokens?.refresh_token_because?.issued === false ? `${summary} ${tokens.refresh_token_because.sentence}` : summary;
}

/** What the server knows that was granted, as a record of a policy. */
function recordOf(grant, client, session) {
  if (!grant || client === null || session === null || grant.scope.length === 0) return null;
  return {
    v: 1, client_id: client.client_id, sub: session.sub, sid: session.sid, scope: grant.scope.filter((one) => one !== "").join(" "),
    offline: grant.scope.includes("offline_access"), status: "active", remembered: true,
    ...(grant.refused.length === 0 ? {} : { refused: grant.refused.join(" ") }), ...(grant.granted_at === undefined ? {} : { granted_at: grant.granted_at }),
  };
}

/** PKCE is computed again: the policy asks whether it fits. */
async function verifier(record, value) {
  if (!record?.code_challenge) return {};
  return { code_verifier_matches: typeof value === "string" && await hashOf(value) === record.code_challenge };
}
