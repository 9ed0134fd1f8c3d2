// The same walk through the profile, on records that `grantwise/store` keeps: a server as docs/store.md describes it.
import { clients, secretOf } from "./clients.js";
import { clock } from "./clock.js";
import { authorization, exchange, fits, refresh, revocation } from "./requests.js";
import { imported } from "../built_package.js";

export const { Policy, form, location, profiles } = await imported("node.js");
const { memory, openStore } = await imported("store.js");

/**
 * How long a session lives after the last request of its browser. Sessions are the server's own, so that they live as long here as
 * they do there: 14 days, and the clock's tolerance beyond (ttl.Session and clockTolerance in lib/helpers/defaults.js).
 */
const SESSION_S = 14 * 86_400 + 15;

/** One policy for all, and one with a list of scopes for each client that has one. */
export function policies(overrides = {}) {
  const all = Policy.profile("oidc-provider", overrides);
  const own = new Map([...clients.values()].filter(({ scope }) => scope !== undefined).map(({ client_id, scope }) =>
    [client_id, Policy.profile("oidc-provider", { allowed_scopes: scope.split(" "), ...overrides })]));
  const of = (client) => own.get(client?.client_id) ?? all;
  return {
    settings: all.settings,
    authorize: (input) => of(input.client).authorize(input),
    exchange: (input) => of(input.client).exchange(input),
    refresh: (input) => of(input.client).refresh(input),
    revoke: (input) => of(input.client).revoke(input),
    event: (input) => all.event(input),
    status: (record, context) => all.status(record, context),
  };
}

export class Profile {
  #policy;

  constructor(overrides = {}) {
    this.#policy = policies(overrides);
  }

  async walk() {
    const id_token = (decision) => JSON.stringify(decision.id_token ?? decision.response.id_token.claims);
    return new ProfileWalk(await openStore(this.#policy, memory(), { now: () => clock.now(), mint: { id_token } }));
  }
}

/** Rules by which something that was used before is noticed. */
const REPLAYS = ["code.replay_ends_grant", "refresh.reused_grant"];

class ProfileWalk {
  #store;
  #browsers = [];

  constructor(store) {
    this.#store = store;
  }

  #browser(number = 0) {
    return this.#browsers[number] ??= { caller: `nobody-${number}`, until: Infinity };
  }

  /** Who sends a request keeps the session alive; one that was left alone for too long is over. */
  async passed() {
    for (const browser of this.#browsers) {
      if (browser === undefined || clock.now() < browser.until) continue;
      const session = await this.#store.session(browser.caller);
      if (session !== null) await this.#store.event({ event: "session_timeout", session: { sid: session.sid, sub: session.sub } });
      browser.until = Infinity;
    }
  }

  async authorize(step, hint, facts) {
    const browser = this.#browser(step.browser);
    const input = { request: authorization(step, hint), client: clients.get(step.client) ?? null, id_token_hint: facts };
    const pages = [];
    let { decision, minted, interaction } = await this.#store.authorize({ ...input, caller: browser.caller });
    while (interaction !== null) {
      const page = await this.#store.takePage({ interaction, caller: browser.caller });
      const isConsent = page.outcome === "consent";
      pages.push(isConsent ? consentOf(page.shown) : { screen: page.outcome === "reauthenticate" ? "login" : page.outcome });
      const given = isConsent ? step.consent ?? [] : step.login ?? "alice";
      if (!isConsent && given !== "deny") {
        ({ caller: browser.caller } = await this.#store.startSession({ sub: given, caller: browser.caller }));
      }
      const answer = given === "deny" ? { result: "denied" } : isConsent ? approved(page.shown, given) : { result: "done" };
      ({ decision, minted, interaction } = await this.#store.authorize({ ...input, page, answer, caller: browser.caller }));
    }
    browser.until = clock.now() + SESSION_S;
    return { seen: { pages, ...responseOf(decision, minted) }, minted };
  }

  async exchange(step, client, code) {
    const request = exchange(step, client, code);
    const verified = (record) => (record?.code_challenge ? fits(request, record.code_challenge) : undefined);
    const { decision, minted } = await this.#store.exchange({ ...known(client), request, code_verifier_matches: verified });
    return this.#tokens(decision, minted);
  }

  async refresh(step, client, { secret }) {
    const id_token = (record) => record !== null && record.scope.split(" ").includes("openid");
    const { decision, minted } = await this.#store.refresh({ ...known(client), request: refresh(step, client, secret), id_token });
    return this.#tokens(decision, minted);
  }

  async #tokens(decision, minted) {
    const seen = {
      status: decision.response.status, error: decision.error?.code ?? null, replay: decision.trace.some(({ rule }) => REPLAYS.includes(rule)),
      access_token: tokenOf(await this.#stored(minted.access_token, "access_token")),
      refresh_token: tokenOf(await this.#stored(minted.refresh_token, "refresh_token")),
      id_token: idToken(minted.id_token),
      expires_in: decision.response.body.expires_in ?? null,
    };
    return { seen, minted };
  }

  async #stored(value, kind) {
    return value === undefined ? null : (await this.#store.status(value, { kind })).record;
  }

  async revoke(step, client, token) {
    const { decision } = await this.#store.revoke({ ...known(client), request: revocation(step, client, token) });
    return { status: decision.response.status, error: decision.error?.code ?? null };
  }

  async logout(step, facts) {
    const browser = this.#browser(step.browser);
    const session = await this.#store.session(browser.caller);
    const event = {
      event: "rp_initiated_logout", session: session === null ? null : { sid: session.sid, sub: session.sub },
      ...(step.client === undefined ? {} : { client_id: step.client }), ...(facts === null ? {} : { id_token_hint: facts }),
    };
    let { decision } = await this.#store.event(event);
    const asked = decision.outcome === "ask_user";
    if (asked) ({ decision } = await this.#store.event({ ...event, user_answer: step.answer }));
    browser.until = clock.now() + SESSION_S;
    return { asked, error: decision.error?.code ?? null, status: decision.outcome === "error" ? 400 : 200 };
  }

  async alive(kind, value) {
    return (await this.#store.status(value, { kind })).alive;
  }
}

const known = (client) => ({ client, client_authenticated: secretOf(client) !== null });

const names = (scopes) => scopes.map(({ scope }) => scope).sort();

function consentOf({ scopes, offline_access }) {
  return { screen: "consent", new: names(scopes.filter(({ status }) => status === "new")), offered: names(scopes), offline: offline_access };
}

/** All that the page offers, but for what the person leaves out. */
function approved({ scopes }, leave) {
  return { result: "approved", scope: names(scopes).filter((scope) => !leave.includes(scope)).join(" ") };
}

function responseOf(decision, minted) {
  const { outcome, error, response } = decision;
  if (response === null) return { outcome, placement: "page", error: error.code, status: 400 };
  // What is sent is read as a client reads it.
  const sent = response.placement === "form_post" ? form(decision, minted) : null;
  const url = sent === null ? new URL(location(decision, minted)) : null;
  const fields = sent?.fields ?? Object.fromEntries(response.placement === "fragment" ? new URLSearchParams(url.hash.slice(1)) : url.searchParams);
  const token = decision.tokens?.front_channel.access_token ?? null;
  return {
    outcome, placement: response.placement, error: fields.error ?? null, address: sent?.action ?? url.href.split(/[?#]/)[0],
    state: fields.state ?? null, code: fields.code !== undefined, id_token: idToken(minted.id_token),
    access_token: fields.access_token === undefined ? null : { scope: sorted(token.scope), binding: token.binding, lives: token.expires_in },
    expires_in: fields.expires_in === undefined ? null : Number(fields.expires_in),
  };
}

const sorted = (scope) => scope.split(" ").filter(Boolean).sort().join(" ");

function tokenOf(record) {
  if (record === null) return null;
  const ends = Math.min(...[record.expires_at, record.grant_expires_at].filter((time) => typeof time === "number"));
  return { scope: sorted(record.scope), binding: record.binding, lives: ends - record.issued_at };
}

function idToken(claims) {
  if (claims === undefined) return null;
  const { sub, aud, nonce = null } = JSON.parse(claims);
  return { sub, aud, nonce };
}
