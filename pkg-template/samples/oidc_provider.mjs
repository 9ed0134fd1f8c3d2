// oidc-provider, driven by a policy: `ALICE_PASSWORD=secret CALENDAR_SECRET=secret node oidc_provider.mjs`.
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { promisify } from "node:util";
import * as oidc from "oidc-provider";
import { Policy } from "grantwise";
import { AdapterError, createAdapter, memory } from "grantwise/oidc-provider";
import { Bounded, Refused, escape, page, sameOrigin } from "./http.mjs";

const server = createServer();
server.listen(Number(process.env.PORT ?? 3000), "localhost");
await once(server, "listening");
const issuer = process.env.ISSUER ?? `http://localhost:${server.address().port}`;

// == The provider ==

const policy = Policy.profile("openid-core", {
  issuer,
  scopes_supported: ["openid", "offline_access", "email"],
  response_types_supported: ["code"],
  pkce_plain: "refuse",
});

/** The server's own configuration: everything but what the policy decides. */
const configuration = {
  clients: [{
    client_id: "calendar",
    client_secret: process.env.CALENDAR_SECRET ?? randomBytes(32).toString("base64url"),
    redirect_uris: ["https://calendar.example/cb"],
    grant_types: ["authorization_code", "refresh_token"],
  }],
  cookies: { keys: [process.env.COOKIE_KEY ?? randomBytes(32).toString("base64url")] },
  findAccount: (context, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
};

const adapter = createAdapter(policy, {
  oidc,
  configuration,
  records: memory(), // sql(database) keeps them
  report: ({ kind, error }) => console.error(kind, error),
});
const provider = new oidc.Provider(issuer, adapter.configuration);
await adapter.attach(provider);
setInterval(() => adapter.sweep().catch(console.error), 60_000).unref();

// == The page ==

/** What the person sees: what the policy decided to show, and nothing that a browser said. */
async function show(req, res) {
  const { outcome, consent, client_id } = await adapter.interaction(req, res);
  const body = outcome === "consent"
    ? `<ul>${consent.scopes.map(({ scope }) => `<li>${escape(scope)}`).join("")}</ul>
      ${consent.offline_access ? "<p>It has access while you are away, too.</p>" : ""}
      <button name="answer" value="allow">Allow</button> <button name="answer" value="deny">Do not allow</button>`
    : `<input name="user" autocomplete="username"> <input name="password" type="password" autocomplete="current-password">
      <button name="answer" value="sign_in">Sign in</button> <button name="answer" value="cancel">Cancel</button>`;
  page(res, 200, outcome === "consent" ? `${client_id} asks for` : "Sign in", `<form method="post">${body}</form>`);
}

/** What the person did. `done` is said only when the password was checked. */
async function answer(req, res) {
  sameOrigin(req);
  const fields = new URLSearchParams(await bodyOf(req));
  const { outcome } = await adapter.interaction(req, res);
  const pressed = fields.get("answer");
  if (outcome === "consent") return adapter.answer(req, res, { result: pressed === "allow" ? "approved" : "denied" });
  if (pressed !== "sign_in") return adapter.answer(req, res, { result: outcome === "select_account" ? "none_chosen" : "denied" });
  const user = fields.get("user") ?? "";
  if (!await passwordFits(user, fields.get("password") ?? "")) return show(req, res);
  return adapter.answer(req, res, { result: "done", accountId: user });
}

/** The body of a form, which has an end. */
async function bodyOf(req) {
  let text = "";
  for await (const part of req.setEncoding("utf8")) {
    text += part;
    if (text.length > 4096) throw new Refused(413, "This is too long");
  }
  return text;
}

const salt = randomBytes(16);
const stored = await promisify(scrypt)(process.env.ALICE_PASSWORD ?? randomBytes(16), salt, 32);
const failures = new Bounded(100_000, 900);

/** As slow for a user who is not there, and not at all after ten wrong passwords in a quarter of an hour. */
async function passwordFits(user, password) {
  const failed = failures.get(user) ?? 0;
  if (failed >= 10) return false;
  failures.set(user, failed + 1);
  const fits = timingSafeEqual(await promisify(scrypt)(password, salt, 32), stored) && user === "alice";
  if (fits) failures.take(user);
  return fits;
}

// == The start ==

const callback = provider.callback();
const pages = { GET: show, POST: answer };
server.on("request", async (req, res) => {
  if (!req.url.startsWith("/interaction/")) return callback(req, res);
  try {
    if (pages[req.method] === undefined) throw new Refused(405, "There is nothing here");
    await pages[req.method](req, res);
  } catch (error) {
    const isOver = error.name === "SessionNotFound" || error instanceof AdapterError;
    if (!isOver && !(error instanceof Refused)) console.error(error);
    page(res, isOver ? 400 : error instanceof Refused ? error.status : 500, isOver ? "This page is over; go back to the application" : error instanceof Refused ? error.message : "Something went wrong", "");
  }
});
console.log(issuer);
