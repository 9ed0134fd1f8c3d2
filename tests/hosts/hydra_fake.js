// An Ory Hydra as its documentation describes it, as far as its login, consent and logout app can see it. It is no Hydra.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";

export const CALLBACK = "https://calendar.example/cb";
export const CLIENTS = {
  calendar: { client_id: "calendar", client_name: "Pocket <Calendar>", redirect_uris: [CALLBACK], grant_types: ["authorization_code", "refresh_token"], response_types: ["code"], token_endpoint_auth_method: "client_secret_basic" },
  notes: { client_id: "notes", client_name: "", redirect_uris: [CALLBACK], grant_types: ["authorization_code"], response_types: ["code"], token_endpoint_auth_method: "client_secret_basic" },
};
const secret = () => randomBytes(16).toString("hex");
const words = (text) => (text ?? "").split(" ").filter((word) => word !== "");

/** Hydra's state: what it asks its app, by challenge, and what it remembers. */
export class Hydra {
  asked = { login: new Map(), consent: new Map(), logout: new Map() };
  remembered = null; // the signed-in browser: there is one
  consents = [];
  said = []; // what the app told it
  #app = null;

  async start() {
    this.server = createServer((req, res) => this.#answer(req, res)).listen(0, "127.0.0.1");
    await once(this.server, "listening");
    this.admin = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  serves(app) {
    this.#app = app;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }

  // == The public side, as a browser would go through it: where it is sent ==

  authorize(parameters) {
    const request_url = `${this.admin}/oauth2/auth?${new URLSearchParams(parameters)}`;
    const prompts = words(parameters.prompt);
    const known = this.remembered !== null && !prompts.includes("login") && !prompts.includes("select_account") && parameters.max_age !== "0";
    if (prompts.includes("none") && !known) return `${CALLBACK}?error=login_required`;
    return this.#ask("login", {
      request_url, skip: known, subject: known ? this.remembered.subject : "", client: CLIENTS[parameters.client_id],
      session_id: known ? this.remembered.sid : secret(), requested_scope: words(parameters.scope), requested_access_token_audience: [],
    });
  }

  logout() {
    return this.#ask("logout", { subject: this.remembered?.subject ?? "", sid: this.remembered?.sid ?? "", rp_initiated: true });
  }

  #ask(kind, fields) {
    const challenge = secret();
    this.asked[kind].set(challenge, { challenge, ...fields });
    return `${this.#app}/${kind}?${kind}_challenge=${challenge}`;
  }

  // == What becomes of what the app says ==

  #login(asked, { subject, remember = false, context }) {
    if (asked.skip && subject !== asked.subject) throw new Error("the subject of a skipped login cannot change");
    if (remember) this.remembered = { subject, sid: asked.session_id };
    const { skip, session_id, challenge, ...rest } = asked;
    const covering = this.#covering(subject, asked);
    const prompts = words(new URL(asked.request_url).searchParams.get("prompt"));
    if (prompts.includes("none") && !covering) return `${CALLBACK}?error=consent_required`;
    const consent = { ...rest, subject, login_challenge: challenge, login_session_id: session_id, skip: covering && !prompts.includes("consent") };
    return this.#ask("consent", context === undefined ? consent : { ...consent, context });
  }

  #covering(subject, { client, requested_scope }) {
    const own = this.consents.filter((one) => one.remember && one.consent_request.subject === subject && one.consent_request.client.client_id === client.client_id);
    return requested_scope.every((scope) => own.at(-1)?.grant_scope.includes(scope));
  }

  #consent(asked, { grant_scope = [], remember = false, remember_for = 0 }) {
    if (!grant_scope.every((scope) => asked.requested_scope.includes(scope))) throw new Error("should be a subset of requested_scope");
    this.consents.push({ consent_request: asked, grant_scope, remember, remember_for, handled_at: new Date().toISOString() });
    const refreshes = asked.client.grant_types.includes("refresh_token") && grant_scope.some((scope) => ["offline", "offline_access"].includes(scope));
    return `${CALLBACK}?${new URLSearchParams({ code: secret(), scope: grant_scope.join(" "), refresh_token: refreshes ? "yes" : "no" })}`;
  }

  #logout() {
    this.remembered = null;
    return "https://as.example/signed-out";
  }

  // == The admin API ==

  async #answer(req, res) {
    const { pathname, searchParams } = new URL(req.url, this.admin);
    const reply = (status, body) => res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    let text = "";
    for await (const part of req) text += part;
    if (req.method === "GET" && pathname === "/admin/oauth2/auth/sessions/consent") {
      return reply(200, this.consents.filter(({ consent_request }) => consent_request.subject === searchParams.get("subject")));
    }
    const [, kind, verb] = /^\/admin\/oauth2\/auth\/requests\/(login|consent|logout)(?:\/(accept|reject))?$/.exec(pathname) ?? [];
    const asked = this.asked[kind]?.get(searchParams.get(`${kind}_challenge`));
    if (asked === undefined) return reply(404, { error: "Not Found" });
    if (asked.handled) return reply(410, { redirect_to: asked.handled });
    if (req.method === "GET" && verb === undefined) return reply(200, asked);
    const body = text === "" ? {} : JSON.parse(text);
    this.said.push([`${kind}/${verb}`, body]);
    try {
      const rejected = `${CALLBACK}?${new URLSearchParams({ error: body.error ?? "" })}`;
      asked.handled = verb === "reject" ? rejected : { login: this.#login, consent: this.#consent, logout: this.#logout }[kind].call(this, asked, body);
    } catch (error) {
      return reply(400, { error: error.message });
    }
    return reply(200, { redirect_to: asked.handled });
  }
}
