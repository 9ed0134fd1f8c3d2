// The desk: two sample clients, the tokens that they have, what lives of them, and what was decided and why.
import { createHash } from "node:crypto";
import { Bounded, Refused, escape, sameOrigin, secret } from "./package.js";
import { SCOPES } from "./authorization_server.js";
import { failed, fieldsOf, go, send } from "./pages.js";

const COOKIE = "grantwise_desk";
const REFRESHING = { grant_types: ["authorization_code", "refresh_token"], response_types: ["code"] };

/** As they are registered. */
export const sampleClients = (origin) => [
  {
    client_id: "calendar", client_secret: secret(), ...REFRESHING, redirect_uris: [`${origin}/callback/calendar`], post_logout_redirect_uris: [`${origin}/`],
  },
  {
    client_id: "phone", application_type: "native", token_endpoint_auth_method: "none", ...REFRESHING, redirect_uris: [`${origin}/callback/phone`],
    post_logout_redirect_uris: [`${origin}/`],
  },
];

export class Desk {
  #origin;
  #clients;
  #server; // the authorization server
  #asked = new Bounded(1000, 600); // by state: what a request was about, and which browser sent it
  #tokens = [];
  #said = "";

  constructor({ origin, clients, server }) {
    this.#origin = origin;
    this.#clients = new Map(clients.map((client) => [client.client_id, client]));
    this.#server = server;
  }

  #routes = {
    "GET /": (req, res) => this.#overview(req, res),
    "GET /callback/calendar": (req, res, url) => this.#callback(req, res, url, "calendar"),
    "GET /callback/phone": (req, res, url) => this.#callback(req, res, url, "phone"),
    "POST /ask": (req, res, fields) => this.#ask(req, res, fields),
    "POST /refresh": (req, res, fields) => this.#refresh(res, fields),
    "POST /revoke": (req, res, fields) => this.#revoke(res, fields),
    "POST /logout": (req, res, fields) => this.#logout(res, fields),
    "POST /profile": (req, res, fields) => this.#profile(res, fields),
  };

  async handle(req, res) {
    try {
      if (req.headers.host !== new URL(this.#origin).host) throw new Refused(421, "This is another host");
      const url = URL.parse?.(req.url, this.#origin) ?? new URL(req.url, this.#origin);
      const route = this.#routes[`${req.method} ${url.pathname}`];
      if (route === undefined) throw new Refused(404, "There is nothing here");
      if (req.method === "GET") return await route(req, res, url);
      sameOrigin(req);
      const fields = await fieldsOf(req);
      const browser = browserOf(req);
      if (browser === null || fields.get("form") !== formOf(browser)) throw new Refused(403, "This form was not sent from here");
      return await route(req, res, fields);
    } catch (error) {
      return failed(res, error);
    }
  }

  // == What the clients do ==

  #ask(req, res, fields) {
    const client = this.#client(fields);
    const [state, verifier] = [secret(), secret()];
    const more = Object.fromEntries(new URLSearchParams(fields.get("more") ?? ""));
    const request = {
      ...more, response_type: "code", client_id: client.client_id, redirect_uri: client.redirect_uris[0], scope: fields.getAll("scope").join(" "), state,
      code_challenge: createHash("sha256").update(verifier).digest("base64url"), code_challenge_method: "S256",
      ...(fields.get("prompt") ? { prompt: fields.get("prompt") } : {}),
    };
    this.#asked.set(state, { client, verifier, browser: browserOf(req) });
    return go(res, `${this.#server.origin}/auth?${new URLSearchParams(request)}`);
  }

  async #callback(req, res, { searchParams }, client_id) {
    const asked = this.#asked.take(searchParams.get("state"));
    if (asked === undefined || asked.client.client_id !== client_id || asked.browser !== browserOf(req)) throw new Refused(400, "Nobody asked for this");
    if (searchParams.get("iss") !== this.#server.origin) throw new Refused(400, "This is of another server");
    const error = searchParams.get("error");
    if (error !== null) return this.#back(res, `${client_id} got an error: ${error} (${searchParams.get("error_description") ?? ""})`);
    const code = { grant_type: "authorization_code", code: searchParams.get("code"), redirect_uri: asked.client.redirect_uris[0], code_verifier: asked.verifier };
    return this.#back(res, await this.#tokensFor(asked.client, code, "redeemed its code"));
  }

  async #refresh(res, fields) {
    const { client, value } = this.#token(fields);
    return this.#back(res, await this.#tokensFor(client, { grant_type: "refresh_token", refresh_token: value }, "refreshed", value));
  }

  async #revoke(res, fields) {
    const { client, value, kind } = this.#token(fields);
    const { status } = await this.#post("/token/revocation", client, { token: value });
    return this.#back(res, `${client.client_id} revoked its ${kind.replace("_", " ")}: ${status}`);
  }

  async #tokensFor(client, request, did, presented = null) {
    const { status, body } = await this.#post("/token", client, request);
    if (status !== 200) return `${client.client_id} could not: ${body.error} (${body.error_description ?? ""})`;
    const got = ["access_token", "refresh_token"].filter((kind) => body[kind] !== undefined && body[kind] !== presented);
    for (const kind of got) this.#tokens.unshift({ id: secret(), client, kind, value: body[kind], scope: body.scope ?? "", at: new Date() });
    const names = [...got, ...(body.id_token === undefined ? [] : ["id_token"])].map((name) => name.replace("_", " "));
    return `${client.client_id} ${did}, and got: ${names.join(", ")}`;
  }

  async #post(path, client, fields) {
    const own = client.client_secret === undefined ? { client_id: client.client_id } : {};
    const authorization = client.client_secret === undefined ? {} : { authorization: `Basic ${Buffer.from(`${client.client_id}:${client.client_secret}`).toString("base64")}` };
    const response = await fetch(this.#server.origin + path, { method: "POST", headers: authorization, body: new URLSearchParams({ ...fields, ...own }) });
    const text = await response.text();
    return { status: response.status, body: text === "" ? {} : JSON.parse(text) };
  }

  #logout(res, fields) {
    const client = this.#client(fields);
    const request = { client_id: client.client_id, post_logout_redirect_uri: client.post_logout_redirect_uris[0] };
    this.#said = "";
    return go(res, `${this.#server.origin}/session/end?${new URLSearchParams(request)}`);
  }

  async #profile(res, fields) {
    const name = fields.get("profile");
    if (!this.#server.offered.some((one) => one.name === name)) throw new Refused(400, "There is no such profile here");
    this.#tokens = [];
    await this.#server.use(name);
    return this.#back(res, `The policy is ${name} now; everybody is signed out, and all tokens are gone.`);
  }

  #client(fields) {
    const client = this.#clients.get(fields.get("client"));
    if (client === undefined) throw new Refused(400, "There is no such client");
    return client;
  }

  #token(fields) {
    const token = this.#tokens.find(({ id }) => id === fields.get("token"));
    if (token === undefined) throw new Refused(400, "There is no such token");
    return token;
  }

  #back(res, said) {
    this.#said = said;
    return go(res, `${this.#origin}/`);
  }

  // == What is shown ==

  async #overview(req, res) {
    const browser = browserOf(req) ?? secret();
    res.setHeader("set-cookie", `${COOKIE}=${browser}; Path=/; HttpOnly; SameSite=Lax`);
    const form = (action, body, attributes = "") =>
      `<form method="post" action="${action}" ${attributes}><input type="hidden" name="form" value="${formOf(browser)}">${body}</form>`;
    const rows = await Promise.all(this.#tokens.slice(0, 30).map((token) => this.#row(token, form)));
    const { offered, refused } = this.#server;
    const others = [...refused].map(([name, sentences]) => `<li>${escape(name)}: ${escape(sentences.join("; "))}.</li>`);
    const { title, character } = offered.find(({ name }) => name === this.#server.profile);
    return send(res, 200, "A server to look at", `
<p role="status" id="said">${escape(this.#said)}</p>
<section aria-labelledby="policy"><h2 id="policy">Policy: ${escape(this.#server.profile)}</h2><p>${escape(title)}: ${escape(character)}</p>
${form("/profile", `<label>Profile <select name="profile">${offered.map(({ name }) => `<option${name === this.#server.profile ? " selected" : ""}>${escape(name)}</option>`).join("")}</select></label> <button>Switch</button>`)}
<details><summary>Profiles that oidc-provider cannot carry out</summary><ul>${others.join("")}</ul></details></section>
<div class="two">${[...this.#clients.values()].map((client) => this.#asking(client, form)).join("")}</div>
<h2 id="alive">What is alive</h2>
<table aria-labelledby="alive"><thead><tr><th scope="col">Client</th><th scope="col">Token</th><th scope="col">Scope</th><th scope="col">Since</th><th scope="col">Alive</th><th scope="col">Do</th></tr></thead>
<tbody>${rows.join("") || "<tr><td colspan=\"6\">No client has a token yet.</td></tr>"}</tbody></table>
<h2 id="why">What was decided, and why</h2><ol aria-labelledby="why">${this.#server.decided.map(explained).join("") || "<li>Nothing yet.</li>"}</ol>`, this.#server.origin, this.#origin);
  }

  #asking({ client_id, application_type = "web", client_secret }, form) {
    const boxes = SCOPES.map((scope) => `<label><input type="checkbox" name="scope" value="${scope}"${scope === "profile" || scope === "calendar" ? "" : " checked"}> ${scope}</label>`);
    const named = `<input type="hidden" name="client" value="${client_id}">`;
    return `<section aria-labelledby="${client_id}"><h2 id="${client_id}">${client_id}</h2><p>A ${application_type} client, ${client_secret === undefined ? "public" : "confidential"}.</p>
${form("/ask", `${named}<fieldset><legend>Scopes for ${client_id}</legend>${boxes.join("\n")}</fieldset>
<label>prompt <select name="prompt"><option value="">(none given)</option><option>consent</option><option>login</option><option>none</option></select></label>
<label>More parameters <input name="more" placeholder="access_type=offline"></label> <button>Ask for access as ${client_id}</button>`)}
${form("/logout", `${named}<button>Log out from ${client_id}</button>`)}</section>`;
  }

  async #row({ id, client, kind, value, scope, at }, form) {
    const isAlive = await this.#server.isAlive(kind, value);
    const named = `<input type="hidden" name="token" value="${id}">`;
    const label = kind.replace("_", " ");
    const actions = [...(kind === "refresh_token" ? [["/refresh", "Refresh"]] : []), ["/revoke", "Revoke"]]
      .map(([action, name]) => form(action, `${named}<button aria-label="${name} the ${label} of ${client.client_id}">${name}</button>`, "class=\"inline\""));
    return `<tr><td>${client.client_id}</td><td>${label} <code>${escape(value.slice(0, 8))}…</code></td><td>${escape(scope)}</td>
<td>${at.toISOString().slice(11, 19)}</td><td>${isAlive ? "yes" : "no"}</td><td>${actions.join(" ")}</td></tr>`;
  }
}

function explained({ operation, client_id, outcome, error, summary, refresh_token, ignored }) {
  const because = refresh_token?.sentence ? `<br>Refresh token: ${escape(refresh_token.sentence)}` : "";
  const aside = ignored.map(({ param, value, sentence }) => `<br>Set aside: ${escape(param)}=${escape(value)}. ${escape(sentence)}`).join("");
  return `<li><strong>${escape(operation)}</strong>${client_id ? ` of ${escape(client_id)}` : ""}: ${escape(error ?? outcome)}<br>${escape(summary)}${because}${aside}</li>`;
}

function browserOf(req) {
  return new RegExp(`(?:^|; )${COOKIE}=([\\w-]{43})(?:;|$)`).exec(req.headers.cookie ?? "")?.[1] ?? null;
}

/** What a form of the desk carries: only a page of the desk can know it. */
const formOf = (browser) => createHash("sha256").update(`form of ${browser}`).digest("base64url");
