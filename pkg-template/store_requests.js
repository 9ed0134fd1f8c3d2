// What the store has to know of a request to find its records. What the request means is for the policy.

/** A parameter of a request in any of the forms that a policy reads; null where it is absent or no text. */
export function parameter(request, name) {
  if (typeof request === "string") return new URLSearchParams(query(request)).get(name);
  if (typeof request !== "object" || request === null) return null;
  if (typeof request.searchParams?.getAll === "function") return request.searchParams.getAll(name)[0] ?? null;
  if (typeof request.getAll === "function") return request.getAll(name)[0] ?? null;
  const value = Object.hasOwn(request, name) ? request[name] : null;
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" ? first : null;
}

/** The query of a URL, or the text itself. */
function query(text) {
  const [whole] = text.split("#");
  const at = whole.indexOf("?");
  return at === -1 ? whole : whole.slice(at + 1);
}

/** A request as text, to be kept. */
export function asText(request) {
  if (typeof request === "string") return request;
  if (typeof request.href === "string") return request.href;
  if (typeof request.entries === "function") return String(new URLSearchParams([...request.entries()]));
  const pairs = Object.entries(request).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  return String(new URLSearchParams(pairs));
}

/** Of registered metadata, or of a prepared client. */
export const clientId = (client) => client?.client_id ?? client?.metadata?.client_id ?? null;
