/**
 * What somebody pasted: an authorization request, wherever it stands in the text, or something else, of which is said
 * what it is. Nothing of what is no request is kept.
 */
import { build, parse } from "../state/request_text.ts";
import { sanitize } from "../state/sanitize.ts";
import { looksLikeToken, type Dropped } from "../state/secrets.ts";
import { ownerOf, type Owner } from "./owners.ts";
import { kindOfAddress, kindOfMembers } from "./kinds.ts";

export type Pasted =
  | { request: string; dropped: readonly Dropped[]; owner: Owner; from: string | null }
  | { request: null; dropped: readonly Dropped[]; says: string };

/** More than any address that a browser or a server takes. */
const LONGEST = 20_000;

/** So many addresses in one text are looked at. */
const MOST = 50;

const NOTHING = "This holds no authorization request, and nothing of it was kept. Paste the address that the browser was sent to: it has response_type and client_id.";

export function pasted(given: string): Pasted {
  if (given.length > LONGEST) return other(`This is longer than ${LONGEST.toLocaleString("en")} letters, more than any request. Paste the request alone.`);
  const text = given.trim();
  for (const read of [members, command, line]) {
    const found = read(text);
    if (found) return found;
  }
  if (looksLikeToken(text)) return other("This is a token or a signed object, and nothing of it was kept. Paste the authorization request as its parameters.", [{ name: "token", how: "removed" }]);
  return other(NOTHING);
}

function other(says: string, dropped: readonly Dropped[] = []): Pasted {
  return { request: null, dropped, says };
}

/** JSON: a request's parameters as members, or an answer. */
function members(text: string): Pasted | null {
  if (!/^[[{]/.test(text)) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return line(text) ?? other("This is JSON that breaks off or is not well formed, and nothing of it was kept. Paste the authorization request.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return other(NOTHING);
  const entries = Object.entries(value);
  const kind = kindOfMembers(new Set(entries.map(([name]) => name)));
  const { dropped } = sanitize(build("", entries.map(([name, one]) => [name, typeof one === "string" ? one : ""])));
  if (kind === null) return line(text) ?? other(NOTHING, dropped);
  if (!kind.request) return other(kind.says, dropped);
  try {
    return taken(build("", entries.map(([name, one]) => [name, written(one)])), "The members of the JSON were taken as parameters.");
  } catch (error) {
    // Writing goes down as far as the value does, and the stack does not.
    if (!(error instanceof RangeError)) throw error;
    return other("This JSON is nested more deeply than any request, and nothing of it was kept. Paste the authorization request.");
  }
}

/** A list of words is a parameter of words; whatever else has members stays JSON, as `claims` is. */
function written(value: unknown): string {
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value.join(" ");
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

/** A line for curl: its address, and what it sends as a form. */
function command(text: string): Pasted | null {
  if (!/^\$?\s*(curl|wget|http|https)\s/.test(text)) return null;
  const words = [...text.replace(/\\\r?\n/g, " ").matchAll(/\$?'([^']*)'|"((?:\\.|[^"\\])*)"|(\S+)/g)]
    .map(([, single, double, bare]) => single ?? double?.replace(/\\(.)/gs, "$1") ?? bare ?? "");
  const target = words.find((word) => /^https?:\/\//i.test(word));
  if (target === undefined) return other(NOTHING);
  const form = words.flatMap((word, at) => {
    const joined = /^(?:--data(?:-raw|-urlencode|-ascii|-binary)?|--form-string)=(.*)$/s.exec(word)?.[1];
    return joined ?? (/^(-d|-F|--data(-raw|-urlencode|-ascii|-binary)?|--form|--form-string)$/.test(words[at - 1] ?? "") ? word : []);
  }).join("&");
  const { endpoint, pairs } = parse(target);
  if (form === "" || form.startsWith("{")) return address(target, "The address was taken from the command.");
  const sent = [...pairs, ...parse(`?${form}`).pairs].map(({ name, value }) => [name, value] as const);
  // What is pushed is the request; only its address is another.
  const isPushed = /\/(par|pushed_authorization_request|as\/par)\/?$|\/ext\/par/i.test(endpoint);
  const whole = address(build(isPushed ? "" : endpoint, sent), isPushed ? "The parameters were taken from the pushed request." : "The address and the form were taken from the command.");
  return isPushed && whole.request !== null ? { ...whole, owner: ownerOf(endpoint) } : whole;
}

/** An address or a query, alone or in a line of a log, a header, or a page's source. */
function line(text: string): Pasted | null {
  const unescaped = text.replaceAll("&amp;", "&").replace(/\\u0026/gi, "&").replaceAll("\\/", "/");
  // Alone, it may be broken over lines and have spaces in it.
  const alone = !/["'<>{}]|\sHTTP\/\d/.test(unescaped) && /^([a-z][a-z0-9+.-]{1,20}:\/\/|[/?]|\w{1,60}=[^?&]*(&|$))/i.test(unescaped);
  const places = alone ? [unescaped] : unescaped.split(/[\s"'<>{}]+/).filter((word) => word.includes("?")).slice(0, MOST).flatMap(beginning);
  const read = places.map((place) => address(place, alone ? null : "The request was taken from the text."));
  return read.find(({ request }) => request !== null) ?? read.find((one) => one.request === null && one.says !== NOTHING) ?? null;
}

/** Where an address begins in a word, as after `url=`, without what closes the sentence behind it. */
function beginning(word: string): string[] {
  const at = /[a-z][a-z0-9+.-]{1,20}:\/\/|\//i.exec(word)?.index;
  return at === undefined ? [] : [word.slice(at).replace(/[),.;\]]{1,9}$/, "")];
}

function address(text: string, from: string | null): Pasted {
  const [before = "", behind = ""] = text.split(/#(.*)/s);
  const kind = kindOfAddress(parse(before), behind);
  if (kind === null) return other(NOTHING, sanitize(text).dropped);
  return kind.request ? taken(text, from) : other(kind.says, sanitize(text).dropped);
}

function taken(text: string, from: string | null): Pasted {
  const { text: request, dropped } = sanitize(text);
  return { request, dropped, owner: ownerOf(parse(request).endpoint), from };
}
