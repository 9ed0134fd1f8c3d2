import { parse, type Parsed } from "../state/request_text.ts";

/** What a text is that is no authorization request, and what to do instead. */
export interface Kind {
  is: (names: ReadonlySet<string>, path: string) => boolean;
  says: string;
}

const BEFORE = "Paste the request that came before it: it goes to the authorization endpoint and has response_type and client_id.";

const any = (names: ReadonlySet<string>, ...wanted: string[]) => wanted.some((one) => names.has(one));

/** In this order; the first that fits. What fits none and has a parameter of a request is a request. */
const ADDRESSES: readonly Kind[] = [
  { is: (names) => names.has("grant_type"), says: "This goes to the token endpoint, where no user is asked. This page decides the authorization request that came before; what a refresh gives is shown by the timeline." },
  { is: (names, path) => names.has("post_logout_redirect_uri") || /(log-?out|end-?session|end_session)\/?$/i.test(path), says: "This ends a session. It decides no screen and no token; what a sign-out ends is shown by the timeline." },
  { is: (names) => any(names, "error", "error_description") && !any(names, "client_id", "response_type"), says: `This is a server's answer, an error that came back to the client, and no request. ${BEFORE}` },
  { is: (names) => any(names, "code", "access_token", "id_token", "response") && !any(names, "client_id", "response_type"), says: `This is a server's answer, come back to the client, and no request. ${BEFORE}` },
  { is: (_, path) => /\/(revoke|revocation|introspect|userinfo|token|device_?authorization|device\/code|register|registration|jwks|certs)\/?$/i.test(path), says: "This goes to another endpoint than the authorization endpoint, and no user is asked there. Paste the request that the browser was sent with." },
  { is: (_, path) => /\/\.well-known\//.test(path), says: "This is where a server describes itself. Paste a request to the authorization endpoint that is named there." },
];

const MEMBERS: readonly Kind[] = [
  { is: (names) => names.has("request_uri") && names.has("expires_in"), says: "This is the answer to a pushed authorization request: it has only a reference. Paste the parameters that were pushed." },
  { is: (names) => any(names, "access_token", "refresh_token", "id_token"), says: "These are tokens, the token endpoint's answer, and nothing of them was kept. Paste the authorization request that came before." },
  { is: (names) => any(names, "issuer", "authorization_endpoint"), says: "This is a server's description of itself. Paste a request to its authorization_endpoint, and choose its profile under Policy." },
  { is: (names) => any(names, "redirect_uris", "token_endpoint_auth_method"), says: "This is how a client is registered. Paste one of its requests, and set what is registered under the circumstances." },
  { is: (names) => names.has("keys"), says: "These are keys. Paste an authorization request." },
  { is: (names) => names.has("error"), says: "This is a server's error. Paste the authorization request that it answers." },
];

const WANTED = ["response_type", "client_id", "scope", "redirect_uri", "request_uri", "request", "prompt", "access_type"];

export type Found = { request: true } | { request: false; says: string };

export function kindOfAddress({ endpoint, pairs }: Parsed, behindHash: string): Found | null {
  const names = new Set([...pairs, ...parse(`?${behindHash}`).pairs].map(({ name }) => name));
  const path = endpoint.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "");
  const other = ADDRESSES.find(({ is }) => is(names, path));
  if (other) return { request: false, says: other.says };
  return any(names, ...WANTED) ? { request: true } : null;
}

export function kindOfMembers(names: ReadonlySet<string>): Found | null {
  const other = MEMBERS.find(({ is }) => is(names, ""));
  if (other) return { request: false, says: other.says };
  return any(names, "response_type", "client_id") ? { request: true } : null;
}
