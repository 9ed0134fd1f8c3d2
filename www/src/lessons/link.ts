/** The links of lessons: whose each part is, what was changed in one, and a change made. */
import { FIELD_NAMES } from "../state/fields.ts";
import { read, write } from "../state/fragment.ts";
import type { State } from "../state/model.ts";
import { build, parse } from "../state/request_text.ts";
import { read as readTimeline, write as writeTimeline } from "../timeline/codec.ts";
import type { TimelineState } from "../timeline/model.ts";
import { NAMES } from "../timeline/world.ts";
import type { Edit, Owner, Situation } from "./lesson.ts";

/** By the beginnings of names; the first that fits. What is none of these is a parameter of the request. */
const OWNED: readonly (readonly [beginning: RegExp, owner: Owner])[] = [
  [/^profile$/, "profile"],
  [/^policy\./, "policy"],
  [/^client(\.|$)/, "registration"],
  [/^(login|account|consent)(\.|$)/, "person"],
  [/^(session|grant|condition|server|hint)(\.|$)/, "record"],
];

const OWNED_IN_TIMELINE: Readonly<Record<string, Owner>> = {
  profile: "profile", with: "profile", client: "registration", session: "record", scenario: "steps", do: "steps",
};

/** Whose a part of a link is; null where it is only a place to look at. */
export function ownerOf(kind: Situation["kind"], name: string): Owner | null {
  if (kind === "timeline") return OWNED_IN_TIMELINE[name] ?? null;
  return OWNED.find(([beginning]) => beginning.test(name))?.[1] ?? "request";
}

/** Both sorts of links as one thing to the rest. */
export interface ReadLink {
  /** The link as the page itself writes it. */
  link: string;
  /** What cannot stand in a lesson, as sentences. */
  problems: readonly string[];
}

export function readLink(kind: Situation["kind"], link: string): ReadLink {
  const isTimeline = /^view=timeline(&|$)/.test(link);
  if (isTimeline !== (kind === "timeline")) {
    const says = isTimeline ? "This is a link to the timeline, so its kind is timeline." : "A link to the timeline begins with view=timeline.";
    return { link, problems: [says] };
  }
  const { state, dropped, problems } = isTimeline ? readTimeline(link, NAMES) : read(link);
  const says = [
    ...problems,
    ...dropped.map(({ name }) => `The link carries ${name}, which may be somebody's secret.`),
    ...state.unknown.map(([name]) => `The link says ${name}, which this page does not know.`),
  ];
  return { link: isTimeline ? writeTimeline(state as TimelineState) : write(state as State), problems: says };
}

/** The link with some of its parts set or removed, as the page itself writes it. */
export function apply(kind: Situation["kind"], link: string, edit: Edit): string {
  return readLink(kind, edited(link, edit)).link;
}

/** The same as it stands, with whatever a page would not take over. */
export function edited(link: string, edit: Edit): string {
  const kept = parse(`?${link}`).pairs.filter(({ name }) => !Object.hasOwn(edit, name)).map(({ name, value }) => [name, value] as const);
  const set = Object.entries(edit).flatMap(([name, value]) => (value === null ? [] : [value].flat().map((one) => [name, one] as const)));
  return build("", [...kept, ...set]);
}

/** A part in which two links differ. */
export interface Part {
  name: string;
  owner: Owner;
}

export function changedParts(kind: Situation["kind"], one: string, other: string): Part[] {
  const [before, after] = [partsOf(kind, one), partsOf(kind, other)];
  const names = [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name));
  return names.flatMap((name) => {
    const owner = ownerOf(kind, name);
    return owner === null ? [] : [{ name, owner }];
  });
}

function partsOf(kind: Situation["kind"], link: string): Map<string, string> {
  return kind === "timeline" ? partsOfTimeline(readTimeline(link, NAMES).state) : partsOfState(read(link).state);
}

function partsOfState({ request, profile, policy, circumstances }: State): Map<string, string> {
  const { endpoint, pairs } = parse(request);
  const parts = new Map<string, string>([["profile", profile], ["endpoint", endpoint]]);
  for (const [id, value] of Object.entries(policy)) parts.set(`policy.${id}`, value);
  for (const { name, value } of pairs) {
    const place = requestName(name);
    parts.set(place, JSON.stringify([parts.get(place) ?? "", value]));
  }
  for (const name of FIELD_NAMES) parts.set(name, JSON.stringify(circumstances[name]));
  return parts;
}

/** A parameter may be called as a circumstance is. */
function requestName(name: string): string {
  return ownerOf("request", name) === "request" ? name : `request.${name}`;
}

function partsOfTimeline({ scenario, profile, beside, steps, client, signed_in }: TimelineState): Map<string, string> {
  return new Map([
    ["scenario", scenario], ["profile", profile ?? ""], ["with", beside ?? ""], ["do", JSON.stringify(steps)],
    ["client", client ?? ""], ["session", String(signed_in)],
  ]);
}
