// oidc-provider under a policy, with a sign-in page and a consent page. Another policy takes its place where it is told to.
import { createHash, generateKeyPairSync, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import * as oidc from "oidc-provider";
import { Policy, Refused, createAdapter, escape, memory, profiles, sameOrigin, secret } from "./package.js";
import { document, failed, fieldsOf, headersOf, send } from "./pages.js";

export const SCOPES = ["openid", "email", "profile", "calendar", "offline_access"];

/** Who can sign in, and with what. It is a server to look at, on loopback alone. */
export const USERS = new Map([["alice", "wonderland"], ["bob", "builder"]]);

const digest = (text) => createHash("sha256").update(text).digest();
const passwordFits = (user, password) => timingSafeEqual(digest(USERS.get(user) ?? secret()), digest(password));

/** What this server is, whatever the policy; a policy that asks for more than oidc-provider can do is not offered. */
const settings = (issuer) => ({
  issuer, scopes_supported: SCOPES, response_types_supported: ["code"], pkce_plain: "refuse", code_lifetime_s: 60,
});

export class AuthorizationServer {
  #server;
  #clients;
  #desk;
  #jwks;
  #running;

  /** The profiles that oidc-provider can carry out, and why it cannot do the others. */
  offered;
  refused;

  /** What was decided since the policy is in force, the newest first. */
  decided = [];

  static async start({ server, clients, desk, profile }) {
    const started = new AuthorizationServer();
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    Object.assign(started, { origin: `http://127.0.0.1:${server.address().port}` });
    started.#server = server;
    started.#clients = clients;
    started.#desk = desk;
    started.#jwks = { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" }] };
    const reasons = new Map(profiles.map(({ name }) => [name, started.#refusals(name)]));
    started.offered = profiles.filter(({ name }) => reasons.get(name).length === 0);
    started.refused = new Map([...reasons].filter(([, sentences]) => sentences.length > 0));
    await started.use(profile);
    server.on("request", (req, res) => {
      const { adapter, callback } = started.#running;
      if (!req.url.startsWith("/interaction/")) return callback(req, res);
      return started.#page(adapter, req, res).catch((error) => failed(res, error));
    });
    return started;
  }

  get profile() {
    return this.#running.profile;
  }

  /** Another policy, and a server that knows nobody yet: sessions, grants and tokens are gone. */
  async use(profile) {
    this.decided = [];
    const adapter = this.#adapter(profile);
    const provider = new oidc.Provider(this.origin, adapter.configuration);
    await adapter.attach(provider);
    this.#running = { profile, adapter, provider, callback: provider.callback() };
  }

  #refusals(profile) {
    try {
      this.#adapter(profile);
      return [];
    } catch (error) {
      if (error.code !== "unsupported_policy") throw error;
      return error.refusals.map(({ sentence }) => sentence);
    }
  }

  #adapter(profile) {
    const decided = (one) => { this.decided = [one, ...this.decided].slice(0, 30); };
    return createAdapter(Policy.profile(profile, settings(this.origin)), { oidc, configuration: this.#configuration(), records: memory(), decided });
  }

  #configuration() {
    const page = (title, body) => (ctx, ...more) => {
      for (const [name, value] of Object.entries(headersOf(this.#desk))) ctx.set(name, value);
      ctx.body = document(title, body(ctx, ...more));
    };
    return {
      clients: this.#clients,
      jwks: this.#jwks,
      cookies: { keys: [secret()] }, // the cookies of the policy before count for nothing
      findAccount: (ctx, sub) => ({ accountId: sub, claims: () => ({ sub, email: `${sub}@example.com` }) }),
      interactions: { url: (ctx, { uid }) => `/interaction/${uid}` },
      renderError: page("This does not work", (ctx, { error, error_description }) => `<p>${escape(error)}: ${escape(error_description ?? "")}</p>`),
      features: {
        rpInitiatedLogout: {
          logoutSource: page("Sign out?", (ctx, form) => `${form}
            <button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>
            <button type="submit" form="op.logoutForm">Stay signed in</button>`),
          postLogoutSuccessSource: page("You are signed out", () => `<p><a href="${escape(this.#desk)}">Back to the desk</a></p>`),
        },
      },
    };
  }

  /** Whether a token would be taken now. */
  async isAlive(kind, value) {
    const { provider } = this.#running;
    const model = kind === "access_token" ? provider.AccessToken : provider.RefreshToken;
    const token = await model.find(value);
    return token !== undefined && !token.consumed && !token.isExpired;
  }

  async #page(adapter, req, res) {
    const shown = await adapter.interaction(req, res).catch((error) => {
      throw error.statusCode === 400 ? new Refused(400, "This page is over; go back to the application") : error;
    });
    const isConsent = shown.outcome === "consent";
    if (req.method === "GET") return this.#draw(res, shown);
    sameOrigin(req);
    const fields = await fieldsOf(req);
    if (isConsent) return adapter.answer(req, res, consentOf(fields, shown.consent));
    if (fields.get("answer") !== "sign_in") return adapter.answer(req, res, { result: shown.outcome === "select_account" ? "none_chosen" : "denied" });
    const user = fields.get("user") ?? "";
    if (!passwordFits(user, fields.get("password") ?? "")) return this.#draw(res, shown, "The name and the password do not fit.");
    return adapter.answer(req, res, { result: "done", accountId: user });
  }

  #draw(res, { outcome, consent, summary, client_id }, problem = "") {
    const body = outcome === "consent" ? consentForm(consent) : SIGN_IN;
    const title = outcome === "consent" ? `What may ${client_id} do?` : `Sign in to go on to ${client_id}`;
    const said = problem === "" ? "" : `<p role="alert">${escape(problem)}</p>`;
    return send(res, problem === "" ? 200 : 401, title, `${said}<form method="post">${body}</form><h2>Why this page is shown</h2><p>${escape(summary)}</p>`, this.#desk);
  }
}

const SIGN_IN = `<p><label>Name <input name="user" autocomplete="username" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label></p>
<p><button name="answer" value="sign_in">Sign in</button> <button name="answer" value="cancel" formnovalidate>Cancel</button></p>
<p>${[...USERS].map(([user, password]) => `${user} signs in with ${password}`).join("; ")}.</p>`;

function consentForm({ sub, scopes, offline_access, remember, because }) {
  const boxes = scopes.map(({ scope, status, optional }) => `<label><input type="checkbox" name="scope" value="${escape(scope)}" checked${optional ? "" : " disabled"}> ${escape(scope)}${status === "new" ? "" : " (granted before)"}</label>`);
  return `<p>${escape(sub)} is asked because of: ${escape(because.join(", "))}.</p>
<fieldset><legend>Scopes</legend>${boxes.join("\n")}</fieldset>
${offline_access ? "<p>It goes on while you are away.</p>" : ""}
${remember === "checkbox" ? "<p><label><input type=\"checkbox\" name=\"remember\" value=\"yes\" checked> Remember this</label></p>" : ""}
<p><button name="answer" value="allow">Allow</button> <button name="answer" value="deny">Do not allow</button></p>`;
}

/** What was drawn decides what a box stands for; the browser says which are ticked. */
function consentOf(fields, { scopes, remember }) {
  if (fields.get("answer") !== "allow") return { result: "denied" };
  const ticked = fields.getAll("scope");
  const scope = scopes.filter((one) => !one.optional || ticked.includes(one.scope)).map((one) => one.scope).join(" ");
  return { result: "approved", scope, ...(remember === "checkbox" ? { remember: fields.get("remember") === "yes" } : {}) };
}
