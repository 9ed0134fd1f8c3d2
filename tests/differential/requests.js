// What a step of a walk sends, the same to both sides.
import { createHash } from "node:crypto";
import { clients, secretOf } from "./clients.js";

export const VERIFIER = "a-verifier-of-the-tests-that-is-long-enough-0123";
const WRONG = VERIFIER.replace("a-", "b-");
const challenge = createHash("sha256").update(VERIFIER).digest("base64url");

const PKCE = {
  none: {},
  S256: { code_challenge: challenge, code_challenge_method: "S256" },
  plain: { code_challenge: VERIFIER, code_challenge_method: "plain" },
  no_method: { code_challenge: challenge },
};

/** A URI of the client, one that is not registered, or none. */
const redirect = (client, which) => ({ own: client.redirect_uris[0], other: "https://attacker.example/cb" })[which];

/** The query of an authorization request. */
export function authorization({ client, request, pkce = "none", redirect_uri = "own" }, hint) {
  const known = clients.get(client) ?? { redirect_uris: ["https://web.example/cb"] };
  const to = redirect(known, redirect_uri);
  return String(new URLSearchParams({
    client_id: client, ...(to === undefined ? {} : { redirect_uri: to }), ...request, ...PKCE[pkce], ...(hint === null ? {} : { id_token_hint: hint }),
  }));
}

/** The form of a code. */
export function exchange({ verifier = "right", redirect_uri = "own" }, client, { secret, challenged }) {
  const to = redirect(client, redirect_uri);
  // The right one is the one that belongs to the challenge, or none where there was no challenge.
  const verifiers = { right: challenged ? { code_verifier: VERIFIER } : {}, needless: { code_verifier: VERIFIER }, wrong: { code_verifier: WRONG }, none: {} };
  return form(client, { grant_type: "authorization_code", code: secret, ...(to === undefined ? {} : { redirect_uri: to }), ...verifiers[verifier] });
}

export const refresh = ({ scope }, client, refresh_token) =>
  form(client, { grant_type: "refresh_token", refresh_token, ...(scope === undefined ? {} : { scope }) });

export const revocation = ({ hint }, client, token) => form(client, { token, ...(hint === undefined ? {} : { token_type_hint: hint }) });

/** A public client says who it is; a confidential one proves it. */
const form = (client, fields) =>
  String(new URLSearchParams({ ...fields, ...(secretOf(client) === null ? { client_id: client.client_id } : {}) }));

export function authentication(client) {
  const secret = secretOf(client);
  return secret === null ? {} : { authorization: `Basic ${Buffer.from(`${client.client_id}:${secret}`).toString("base64")}` };
}

/** Whether a verifier fits a stored challenge. */
export const fits = (body, challenge) => {
  const verifier = new URLSearchParams(body).get("code_verifier");
  return verifier !== null && createHash("sha256").update(verifier).digest("base64url") === challenge;
};
