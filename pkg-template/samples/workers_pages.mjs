// What workers.mjs needs around its decisions: sessions, passwords, pages that nobody keeps or frames.
import { env } from "cloudflare:workers";

/** Nobody can guess it: 256 bits. */
export const secret = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))).replaceAll("+", "-").replaceAll("/", "_").replace("=", "");

/** `__Host-`: only this host could set it, over https. No script reads it, and no form of another site sends it along. */
export const cookieOf = (name, attributes = "") => `__Host-session=${name}; Path=/; HttpOnly; Secure; SameSite=Lax${attributes}`;

export async function sessionOf(req) {
  const name = /(?:^|; )__Host-session=([\w-]{43})(?:;|$)/.exec(req.headers.get("cookie") ?? "")?.[1];
  const session = name === undefined ? null : await env.OAUTH_KV.get(`session:${name}`, "json");
  return session === null || await env.OAUTH_KV.get(`ended:${session.sid}`) !== null ? null : session;
}

/** A form of no great length, posted by a page of this server: browsers say so, and let no page say anything else. */
export async function formOf(req) {
  const site = req.headers.get("sec-fetch-site") ?? "same-origin"; // an old browser says nothing; there is the cookie, too
  if (site !== "same-origin") throw new Response("This form was not sent from here", { status: 403 });
  const type = (req.headers.get("content-type") ?? "").split(";")[0].trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") throw new Response("This is no form", { status: 415 });
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of req.body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length > 16_384) throw new Response("This is too long", { status: 413 });
  }
  return new URLSearchParams(text);
}

/** One user, for the example. SIGN_INS is a rate limit of the platform: ten a minute for each name. */
export async function passwordFits(user, password) {
  const { success } = await env.SIGN_INS.limit({ key: user });
  const [given, own] = await Promise.all([password, env.ALICE_PASSWORD].map((text) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
  return crypto.subtle.timingSafeEqual(given, own) && user === "alice" && success;
}

const escape = (text) => String(text).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

export const SIGN_IN = `<form method="post"><input name="user" autocomplete="username"> <input name="password" type="password" autocomplete="current-password">
  <button name="answer" value="sign_in">Sign in</button> <button name="answer" value="cancel">Cancel</button></form>`;

/** Whoever registers may choose a name. Where the tokens go, nobody can choose. */
export const asksFor = ({ clientName, redirectHost, redirectIsLoopback }, shown, handle) => `<form method="post">
  <input type="hidden" name="handle" value="${escape(handle)}"><p>${escape(clientName)} asks ${escape(shown.sub)} for:</p>
  <ul>${shown.scopes.map(({ scope }) => `<li>${escape(scope)}`).join("")}</ul><p>The answer goes to ${escape(redirectHost)}${
    redirectIsLoopback ? ": a program on your computer. Allow it only if you have just started it" : ""}.</p>
  <button name="answer" value="allow">Allow</button> <button name="answer" value="deny">Do not allow</button></form>`;

export function page(status, title, body, headers = new Headers()) {
  for (const [name, value] of Object.entries(PRIVATE)) headers.set(name, value);
  headers.set("content-type", "text/html; charset=utf-8");
  const text = `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>${escape(title)}</title><h1>${escape(title)}</h1>${body}`;
  return new Response(text, { status, headers });
}

/** 303: the browser goes there with GET, and does not post the password again. */
export function redirect(address, headers = new Headers()) {
  for (const [name, value] of Object.entries({ ...PRIVATE, location: address })) headers.set(name, value);
  return new Response(null, { status: 303, headers });
}

const PRIVATE = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
};
