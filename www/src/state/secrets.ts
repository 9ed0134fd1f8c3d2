/**
 * What people paste by mistake. This page has no use for it, and it must end up neither in the address bar nor in
 * a copied link.
 */
const SECRET = new Set([
  "client_secret", "client_assertion", "assertion", "code", "code_verifier", "access_token", "refresh_token",
  "id_token", "token", "password", "existing_grant", "subject_token", "actor_token", "logout_token",
  "device_code", "saml_response", "samlresponse", "authorization", "api_key", "apikey", "secret",
]);

/** Parameters that a request may have, whose content is somebody's: the value is dropped, the parameter stays. */
const STAND_INS: Readonly<Record<string, string>> = {
  id_token_hint: "an.id.token",
  request: "a.request.object",
  login_hint: "alice",
};

export interface Dropped {
  name: string;
  /** What happened, for the note. */
  how: "removed" | "replaced";
}

export function isSecret(name: string): boolean {
  return SECRET.has(name.toLowerCase());
}

/** A signed or encrypted token, wherever it stands. */
export function looksLikeToken(value: string): boolean {
  return /\beyJ[\w-]{8,}\.[\w-]*\.[\w-]*/.test(value);
}

export function isStandIn(name: string, value: string): boolean {
  return STAND_INS[name] === value;
}

/** What becomes of one pair: null when it is dropped. */
export function clean(name: string, value: string): { value: string | null; dropped: Dropped | null } {
  if (isSecret(name)) return { value: null, dropped: { name, how: "removed" } };
  const standIn = Object.hasOwn(STAND_INS, name) ? STAND_INS[name] : undefined;
  const personal = name === "login_hint" ? value.includes("@") : name === "request" ? value.length > 40 : standIn !== undefined;
  if (standIn !== undefined && personal && value !== standIn && value !== "") {
    return { value: standIn, dropped: { name, how: "replaced" } };
  }
  if (looksLikeToken(value)) return { value: null, dropped: { name, how: "removed" } };
  return { value, dropped: null };
}
