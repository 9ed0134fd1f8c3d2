// A walk on the stock server: each step gives what was seen of it, in the form that compare.js compares.
import { Browser, FORM, http } from "./browser.js";
import { authentication, authorization, exchange, refresh, revocation } from "./requests.js";

/** What the log of the server says of something that was used before. */
const REPLAYS = ["authorization code already consumed", "refresh token already used"];

export class StockWalk {
  #server;
  #browsers = [];

  constructor(server) {
    this.#server = server;
  }

  #browser(number = 0) {
    return this.#browsers[number] ??= new Browser(this.#server.origin);
  }

  async authorize(step, hint) {
    const browser = this.#browser(step.browser);
    const pages = [];
    let answer = await browser.follow(`/auth?${authorization(step, hint)}`);
    while (answer.to?.pathname.startsWith("/interaction/")) {
      const page = JSON.parse((await browser.open(answer.to)).text);
      const isConsent = page.screen === "consent";
      pages.push(isConsent ? { screen: "consent", new: page.missing.sort(), offered: page.offered.sort(), offline: page.offline } : { screen: page.screen });
      const given = isConsent ? step.consent ?? [] : step.login ?? "alice";
      const body = JSON.stringify(given === "deny" ? { deny: true } : isConsent ? { leave: given } : { login: given });
      const done = await browser.open(answer.to, { method: "POST", body });
      if (done.status !== 303) throw new Error(`the page answers ${done.status}: ${done.text}`);
      answer = await browser.follow(done.headers.location);
    }
    return this.#response(pages, answer);
  }

  async #response(pages, { to, form, status, text }) {
    if (to === undefined && (form === null || !form.posts)) {
      const code = /<strong>error<\/strong>: ([^<]*)/.exec(text)?.[1] ?? null;
      return { seen: { pages, outcome: "error", placement: "page", error: code, status }, minted: {} };
    }
    const [placement, fields] = to === undefined ? ["form_post", form.fields]
      : to.hash.length > 1 ? ["fragment", Object.fromEntries(new URLSearchParams(to.hash.slice(1)))]
        : ["query", Object.fromEntries(to.searchParams)];
    const address = to === undefined ? form.action : to.href.split(/[?#]/)[0];
    const { code, access_token, id_token, error = null, state = null } = fields;
    const token = access_token === undefined ? null : await this.#token("AccessToken", access_token);
    const seen = {
      pages, outcome: error === null ? "issue" : "error", placement, error, address, state,
      code: code !== undefined, id_token: idToken(id_token), access_token: token,
      expires_in: fields.expires_in === undefined ? null : Number(fields.expires_in),
    };
    return { seen, minted: { code, access_token } };
  }

  async exchange(step, client, code) {
    return this.#tokens(client, exchange(step, client, code), null);
  }

  async refresh(step, client, { secret }) {
    return this.#tokens(client, refresh(step, client, secret), secret);
  }

  async #tokens(client, body, presented) {
    const answer = await http(`${this.#server.origin}/token`, { method: "POST", headers: { ...FORM, ...authentication(client) }, body });
    const fields = JSON.parse(answer.text);
    const { access_token, refresh_token, id_token, error = null } = fields;
    const isNew = refresh_token !== undefined && refresh_token !== presented;
    const seen = {
      status: answer.status, error, replay: REPLAYS.includes(this.#server.reason()),
      access_token: access_token === undefined ? null : await this.#token("AccessToken", access_token),
      refresh_token: isNew ? await this.#token("RefreshToken", refresh_token) : null,
      id_token: idToken(id_token),
      expires_in: fields.expires_in ?? null,
    };
    return { seen, minted: { access_token, refresh_token: isNew ? refresh_token : undefined } };
  }

  async revoke(step, client, token) {
    const headers = { ...FORM, ...authentication(client) };
    const answer = await http(`${this.#server.origin}/token/revocation`, { method: "POST", headers, body: revocation(step, client, token) });
    return { status: answer.status, error: answer.text === "" ? null : JSON.parse(answer.text).error };
  }

  async logout(step, hint) {
    const browser = this.#browser(step.browser);
    const fields = { ...(step.client === undefined ? {} : { client_id: step.client }), ...(hint === null ? {} : { id_token_hint: hint }) };
    const shown = await browser.follow(`/session/end?${new URLSearchParams(fields)}`);
    const asked = shown.form?.fields.xsrf !== undefined;
    if (!asked) {
      const error = /<strong>error<\/strong>: ([^<]*)/.exec(shown.text)?.[1] ?? null;
      return { asked, error, status: error === null ? 200 : shown.status };
    }
    const done = await browser.post(shown.form.action, { ...shown.form.fields, ...(step.answer === "yes" ? { logout: "yes" } : {}) });
    return { asked, error: null, status: done.status === 303 ? 200 : done.status };
  }

  /** Whether it is alive, looked up as the endpoint does that would take it. */
  async alive(kind, value) {
    const { provider } = this.#server;
    const grantLives = async ({ grantId }) => (await provider.Grant.find(grantId, { ignoreExpiration: true }))?.isExpired === false;
    if (kind === "access_token") {
      const token = await provider.AccessToken.find(value); // lib/shared/access_token.js
      return token !== undefined && await grantLives(token);
    }
    const model = kind === "code" ? provider.AuthorizationCode : provider.RefreshToken;
    const token = await model.find(value, { ignoreExpiration: true }); // lib/actions/grants/
    return token !== undefined && !token.isExpired && !token.consumed && await grantLives(token);
  }

  async #token(model, value) {
    const token = await this.#server.provider[model].find(value);
    if (token === undefined) return "dead";
    const grant = await this.#server.provider.Grant.find(token.grantId);
    const ends = model === "RefreshToken" ? Math.min(token.exp, grant?.exp ?? 0) : token.exp;
    return { scope: sorted(token.scope), binding: token.expiresWithSession ? "session" : "offline", lives: ends - token.iat };
  }
}

const sorted = (scope) => (scope ?? "").split(" ").filter(Boolean).sort().join(" ");

function idToken(jwt) {
  if (jwt === undefined) return null;
  const { sub, aud, nonce = null } = JSON.parse(Buffer.from(jwt.split(".")[1], "base64url"));
  return { sub, aud, nonce };
}

