import type { AuthorizeResponse, Decision, Mint, Minted } from "grantwise";

/** Stand-ins for what the server would mint. The code is the one of RFC 6749, section 4.1.2. */
const EXAMPLES: Readonly<Record<Mint, string>> = {
  code: "SplxlOBeZQQYbYS6WxSbIA",
  access_token: "2YotnFZFEjr1zCsicMWpAA",
  id_token: "header.payload.signature",
};

export function minted({ response }: Decision): Minted {
  return Object.fromEntries((response?.mint ?? []).map((name) => [name, EXAMPLES[name]]));
}

/** How the answer travels to the client; null when it does not. */
export type Delivery = { kind: "redirect"; location: string } | { kind: "form"; action: string; fields: Record<string, string> };

/**
 * What `location` and `form` make of a decision in a server. The engine of pages sends nothing and has neither; a test
 * holds the two against each other.
 */
export function delivery({ response }: Decision): Delivery | null {
  if (response === null) return null;
  const uri = ascii(response.redirect_uri);
  const fields = parameters(response);
  if (response.placement === "form_post") return { kind: "form", action: uri, fields: Object.fromEntries(fields) };
  const joint = response.placement === "fragment" ? "#" : fields.length === 0 || /[?&]$/.test(uri) ? "" : uri.includes("?") ? "&" : "?";
  return { kind: "redirect", location: `${uri}${joint}${fields.map(([name, value]) => `${name}=${encoded(value)}`).join("&")}` };
}

function parameters({ mint, expires_in, error, error_description, scope, state, iss }: AuthorizeResponse): [string, string][] {
  const tokens = mint.flatMap((name) => [
    [name, EXAMPLES[name]],
    ...(name === "access_token" ? [["token_type", "Bearer"], ["expires_in", expires_in]] : []),
  ]);
  const rest = Object.entries({ error, error_description, scope, state, iss });
  return [...tokens, ...rest].filter(([, value]) => value !== null && value !== undefined).map(([name, value]) => [String(name), String(value)]);
}

/** Everything but RFC 3986's unreserved characters is percent-encoded. */
const encoded = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, percent);
/** What an address has encoded already stays as it is. */
const ascii = (address: string) => address.replace(/[^!-~]+/g, encodeURIComponent);

function percent(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
}
