/**
 * The request as the text that a person edits. The text is the truth: the form changes single places in it, and
 * the engine reads it as it stands, malformed or not.
 */
export interface Pair {
  name: string;
  value: string;
  /** The percent-encoding is no UTF-8. */
  malformed: boolean;
  /** Where `name=value` stands in the text. */
  start: number;
  end: number;
}

export interface Parsed {
  /** Everything before the query. */
  endpoint: string;
  pairs: readonly Pair[];
}

export const ENDPOINT = "https://as.example/authorize";

/** What a link leaves out. In this order; what is not here follows `redirect_uri`, and `state` comes last. */
export const USUAL: readonly (readonly [name: string, value: string])[] = [
  ["response_type", "code"],
  ["client_id", "photos.example"],
  ["redirect_uri", "https://photos.example/callback"],
  ["state", "af0ifjsldkj"],
];

/** The text that was read last: one decision asks the same request many times for a parameter. */
let last: { text: string; parsed: Parsed } | null = null;

export function parse(text: string): Parsed {
  if (last?.text !== text) last = { text, parsed: read(text) };
  return last.parsed;
}

function read(text: string): Parsed {
  const hash = text.indexOf("#");
  const end = hash < 0 ? text.length : hash;
  const question = text.indexOf("?");
  // A bare query has no question mark; an address without a query has no parameters.
  const bare = question < 0 && text.slice(0, end).includes("=") && !/^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const from = question >= 0 && question < end ? question + 1 : bare ? 0 : end;
  const pairs: Pair[] = [];
  let start = from;
  while (start < end) {
    const ampersand = text.indexOf("&", start);
    const stop = ampersand < 0 || ampersand > end ? end : ampersand;
    if (stop > start) pairs.push(pair(text, start, stop));
    start = stop + 1;
  }
  const before = question >= 0 && question < end ? question : end;
  return { endpoint: bare ? "" : text.slice(0, before), pairs };
}

function pair(text: string, start: number, end: number): Pair {
  const written = text.slice(start, end);
  const equals = written.indexOf("=");
  const name = decode(equals < 0 ? written : written.slice(0, equals));
  const value = decode(equals < 0 ? "" : written.slice(equals + 1));
  return { name: name.text, value: value.text, malformed: name.malformed || value.malformed, start, end };
}

function decode(written: string): { text: string; malformed: boolean } {
  try {
    return { text: decodeURIComponent(written.replaceAll("+", " ")), malformed: false };
  } catch {
    return { text: written, malformed: true };
  }
}

/** What RFC 3986 allows in a query stays readable; a space is `+`. */
export function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll("%20", "+")
    .replace(/%(3A|2F|40|2C|3B|3F)/g, (escape) => decodeURIComponent(escape));
}

export function build(endpoint: string, pairs: readonly (readonly [string, string])[]): string {
  const query = pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
  return query === "" ? endpoint : endpoint === "" ? query : `${endpoint}?${query}`;
}

/** The value of a parameter, or null when it is not sent. An empty value counts as not sent (RFC 6749, section 3.1). */
export function get(text: string, name: string): string | null {
  return parse(text).pairs.find((one) => one.name === name && one.value !== "")?.value ?? null;
}

/** Sets or removes a parameter and leaves the rest of the text as it was written. */
export function set(text: string, name: string, value: string | null): string {
  const { pairs } = parse(text);
  const [first, ...others] = pairs.filter((one) => one.name === name);
  if (value === null) {
    return [first, ...others].filter((one) => one !== undefined).reverse().reduce(without, text);
  }
  const written = `${encode(name)}=${encode(value)}`;
  if (first !== undefined) {
    const rest = others.reverse().reduce(without, text);
    return rest.slice(0, first.start) + written + rest.slice(first.end);
  }
  const hash = text.indexOf("#");
  const head = hash < 0 ? text : text.slice(0, hash);
  const tail = hash < 0 ? "" : text.slice(hash);
  const joint = pairs.length > 0 ? "&" : head.endsWith("?") ? "" : "?";
  return head + joint + written + tail;
}

/** Without parameters of these names; the rest stays as it was written. */
export function unset(text: string, names: ReadonlySet<string>): string {
  const { pairs } = parse(text);
  const [first, last] = [pairs[0], pairs.at(-1)];
  if (!first || !last) return text;
  const kept = pairs.filter(({ name }) => !names.has(name)).map(({ start, end }) => text.slice(start, end)).join("&");
  const head = text.slice(0, first.start);
  return (kept === "" ? head.replace(/\?$/, "") : head + kept) + text.slice(last.end);
}

/** Without the ampersand that goes with it. */
function without(text: string, { start, end }: Pair): string {
  if (text[end] === "&") return text.slice(0, start) + text.slice(end + 1);
  const before = text[start - 1];
  return text.slice(0, before === "&" || before === "?" ? start - 1 : start) + text.slice(end);
}

/** So many letters at once are pasted, and not typed. */
const AT_ONCE = 12;

/** Whether a text came from elsewhere: much of it is new, and it goes to another address than the request at hand. */
export function isPasted(text: string, before: string): boolean {
  let same = 0;
  while (same < text.length && text[same] === before[same]) same += 1;
  let end = 0;
  while (end < text.length - same && end < before.length - same && text.at(-1 - end) === before.at(-1 - end)) end += 1;
  const { endpoint } = parse(text.trim());
  return text.length - same - end > AT_ONCE && endpoint !== ENDPOINT && endpoint !== parse(before).endpoint;
}
