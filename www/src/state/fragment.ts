/**
 * The link: the part of the address behind the #, which browsers never send anywhere.
 *
 * It is a readable list of names and values, and what has its default is left out:
 *
 *     #profile=google-2011&scope=openid+profile&access_type=offline&grant=openid+profile
 *
 * - A request parameter stands under its own name; one that this page does not know stands as `request.<name>`.
 *   The usual response_type, client_id, redirect_uri and state are left out, and named in `without` when the
 *   request does not have them. `endpoint` is another address than the usual one, and `url` is the whole request
 *   where it is too odd to be written as parameters.
 * - `policy.<id>` is a changed knob or configuration key.
 * - The circumstances stand under the names of their table (fields.ts).
 * - `whose=unsaid` stands as long as nobody has said whose server the request goes to, so that the page asks.
 * - `v` is the version of all this. It is left out as long as it is 1.
 * - Anything else is kept, and named on the page.
 */
import { FIELD_NAMES, FIELDS, INITIAL, isField, readField, writeField, type Circumstances } from "./fields.ts";
import { STANDARDS, USUAL_PROFILE, type State } from "./model.ts";
import { parameter } from "./parameters.ts";
import { build, encode, ENDPOINT, parse, USUAL } from "./request_text.ts";
import { sanitize } from "./sanitize.ts";
import { clean, type Dropped } from "./secrets.ts";
import { isProfile } from "./profile_names.ts";

export const VERSION = 1;

export interface Read {
  state: State;
  /** Secrets that the link carried. */
  dropped: Dropped[];
  /** What could not be read, as sentences. */
  problems: string[];
}

const WHOSE = "whose";
const UNSAID = "unsaid";

/** Names that mean something of their own, and so are no request parameters. */
const OWN = new Set(["v", "profile", "endpoint", "url", "without", WHOSE]);

export function write(state: State): string {
  const out: [string, string][] = [];
  if (state.profile !== USUAL_PROFILE) out.push(["profile", state.profile]);
  if (state.unsaid) out.push([WHOSE, UNSAID]);
  for (const id of Object.keys(state.policy).sort()) out.push([`policy.${id}`, state.policy[id] ?? ""]);
  out.push(...writeRequest(state.request));
  for (const name of FIELD_NAMES) {
    const value = state.circumstances[name];
    if (value !== FIELDS[name].initial) out.push([name, writeField(value)]);
  }
  out.push(...(state.unknown as [string, string][]));
  return out.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}

function writeRequest(text: string): [string, string][] {
  const { endpoint, pairs } = parse(text);
  const plain = pairs.map(({ name, value }) => [name, value] as const);
  const written = pairs.every((pair) => !pair.malformed && pair.name !== "");
  const repeated = USUAL.some(([name]) => pairs.filter((pair) => pair.name === name).length > 1);
  if (!written || repeated || (endpoint === "" && pairs.length === 0)) return [["url", text]];

  const out: [string, string][] = [];
  if (endpoint !== ENDPOINT) out.push(["endpoint", endpoint]);
  const absent = USUAL.filter(([name]) => !plain.some(([sent]) => sent === name)).map(([name]) => name);
  if (absent.length > 0) out.push(["without", absent.join(" ")]);
  for (const [name, value] of plain) {
    if (USUAL.some(([usual, its]) => usual === name && its === value)) continue;
    out.push([parameter(name) ? name : `request.${name}`, value]);
  }
  return out;
}

/** Reads a link. An unreadable part never costs the rest. */
export function read(fragment: string): Read {
  const dropped: Dropped[] = [];
  const problems: string[] = [];
  const circumstances: Record<string, Circumstances[keyof Circumstances]> = { ...INITIAL };
  const policy: Record<string, string> = {};
  const sent: [string, string][] = [];
  const unknown: [string, string][] = [];
  const own = new Map<string, string>();

  for (const [name, value] of entries(fragment)) {
    const bare = name.startsWith("request.") ? name.slice("request.".length) : name;
    if (OWN.has(name)) {
      own.set(name, value);
      continue;
    }
    if (isField(name)) {
      const known = readField(name, value);
      if (known === undefined) {
        problems.push(`${name}=${value} is none of the values that ${name} has here, so the usual one stands.`);
      } else {
        circumstances[name] = known;
      }
      continue;
    }
    const cleaned = clean(bare, value);
    if (cleaned.dropped) dropped.push(cleaned.dropped);
    if (cleaned.value === null) continue;
    if (name.startsWith("policy.")) policy[name.slice("policy.".length)] = value;
    else if (parameter(name) || name !== bare) sent.push([bare, cleaned.value]);
    else unknown.push([name, value]);
  }

  const version = own.get("v");
  if (version !== undefined && version !== String(VERSION)) {
    problems.push(`This link is of version ${version}, and this page reads version ${VERSION}; it was read as far as it goes.`);
  }
  const profile = own.get("profile") ?? USUAL_PROFILE;
  if (!isProfile(profile)) problems.push(`There is no profile ${profile}, so ${USUAL_PROFILE} stands.`);

  const whose = own.get(WHOSE);
  if (whose !== undefined && whose !== UNSAID) problems.push(`${WHOSE} is ${UNSAID} or is left out, so ${WHOSE}=${whose} is not counted.`);

  let request = readRequest(own, sent);
  const cleaned = sanitize(request);
  request = cleaned.text;
  dropped.push(...cleaned.dropped);

  return {
    state: {
      request,
      profile: isProfile(profile) ? profile : USUAL_PROFILE,
      policy,
      circumstances: circumstances as Circumstances,
      unknown,
      // Whoever chose another profile has said it.
      ...(whose === UNSAID && STANDARDS.has(isProfile(profile) ? profile : USUAL_PROFILE) ? { unsaid: true } : {}),
    },
    dropped,
    problems,
  };
}

function readRequest(own: Map<string, string>, sent: [string, string][]): string {
  const url = own.get("url");
  if (url !== undefined) return url;
  const without = new Set((own.get("without") ?? "").split(" "));
  const of = (name: string) => sent.filter(([given]) => given === name);
  const usual = (name: string) => {
    const given = of(name);
    return given.length > 0 || without.has(name) ? given : USUAL.filter(([known]) => known === name);
  };
  const placed = new Set([...USUAL.map(([name]) => name), "scope"]);
  return build(own.get("endpoint") ?? ENDPOINT, [
    ...usual("response_type"), ...usual("client_id"), ...usual("redirect_uri"), ...of("scope"),
    ...sent.filter(([name]) => !placed.has(name)), ...usual("state"),
  ]);
}

function entries(fragment: string): [string, string][] {
  const text = fragment.startsWith("#") ? fragment.slice(1) : fragment;
  if (text === "") return [];
  return parse(`?${text}`).pairs.map(({ name, value }) => [name, value]);
}

