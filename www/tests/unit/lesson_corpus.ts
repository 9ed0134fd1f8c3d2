/** A lesson as plain as can be, and files that are none. */
import type { Problem } from "../../src/lessons/lesson.ts";

/** What a file says, before anything is known of it. */
interface File { [name: string]: Json }
type Json = string | number | boolean | null | Json[] | File;

export const PLAIN: File = {
  grantwise_lesson: 1,
  id: "plain",
  title: "A plain lesson",
  question: "What comes?",
  story: "A client asks.",
  sources: [{ title: "A book" }],
  shows: { kind: "request", link: "scope=openid+offline_access" },
  predict: [{ id: "comes", asks: "A refresh token?", choices: [{ text: "No", when: { refresh_token: "none" } }, { text: "Yes", when: { refresh_token: "offline" } }] }],
  reveal: "None.",
  reason: "The prompt is missing.",
  holds: [{ screens: ["consent"] }],
  change: { goal: "Get one.", reach: [{ refresh_token: "offline" }], may: ["request"], hints: { where: "There.", what: "That.", do: { prompt: "consent" } } },
  remember: "Ask.",
  notes: ["None."],
};

const COMPARISON = { kind: "comparison", link: "scope=openid", policies: [{ profile: "aol" }, { profile: "google" }] };
const TIMELINE = { kind: "timeline", link: "view=timeline&scenario=own&do=authorize?scope=openid" };

export interface Broken {
  what: string;
  file: string;
  /** Where it is broken: no JSON at all, its shape, or what its parts mean. */
  in: "text" | "shape" | "meaning";
  place: Problem["place"];
  says: RegExp;
}

/** The plain lesson with one place otherwise; undefined leaves it out. */
export function otherwise(place: string, value: Json | undefined, from = PLAIN): string {
  const file = structuredClone(from);
  const steps = place.split(/\.|\[|\]\.?/).filter((step) => step !== "");
  const last = steps.pop() as string;
  const at = steps.reduce<Json>((inner, step) => (inner as File)[step] as Json, file) as File;
  if (value === undefined) delete at[last];
  else at[last] = value;
  return JSON.stringify(file);
}

/** The plain lesson about something else, and what it states of it. */
function stating(shows: File, claim: Json): string {
  return otherwise("holds", [claim], JSON.parse(otherwise("shows", shows, { ...PLAIN, change: { ...(PLAIN.change as File), shows: PLAIN.shows ?? null } })) as File);
}

/** Steps that the hint gives, where the task begins with one. */
function hinting(steps: Json): string {
  const { change } = PLAIN as { change: File };
  const hints = { ...(change.hints as File), do: { do: steps } };
  return otherwise("change", { ...change, shows: TIMELINE, may: ["steps"], hints });
}

type Row = readonly [where: Broken["in"], place: string, value: Json | undefined, says: RegExp, placed?: string];

const ROWS: readonly Row[] = [
  ["shape", "grantwise_lesson", 2, /to be 1/],
  ["shape", "grantwise_lesson", undefined, /missing/],
  ["shape", "id", "Two Words", /lowercase/],
  ["shape", "id", "../../x", /lowercase/],
  ["shape", "id", "", /empty/],
  ["shape", "titel", "x", /no such member/],
  ["shape", "title", undefined, /missing/],
  ["shape", "title", 7, /to be a text/],
  ["shape", "title", ["x"], /to be a text/],
  ["shape", "title", "x".repeat(81), /longer than 80/],
  ["shape", "sources", [], /1 to 6/],
  ["shape", "sources[0].url", "http://example.com", /https/],
  ["shape", "sources[0].url", "javascript:alert(1)", /https/],
  ["shape", "shows", null, /request or policy/, "shows.kind"],
  ["shape", "shows.kind", "video", /request or policy/],
  ["shape", "shows.kind", "constructor", /request or policy/],
  ["shape", "shows.link", "#scope=openid", /without its #/],
  ["shape", "shows.link", `scope=${"x".repeat(4000)}`, /longer than 4000/],
  ["shape", "shows.policies", [], /no such member/],
  ["shape", "shows", { ...COMPARISON, policies: [{ profile: "aol" }] }, /2 to 6/, "shows.policies"],
  ["shape", "predict", [], /1 to 2/],
  ["shape", "predict", {}, /to be a list/],
  ["shape", "predict[0].choices", [], /2 to 5/],
  ["shape", "predict[0].choices[0].right", true, /no such member/],
  ["shape", "predict[0].choices[0].when", { refresh_token: "forever" }, /"none" or "session" or "offline"/, "predict[0].choices[0].when.refresh_token"],
  ["shape", "predict[0].choices[0].when", { screens: "consent" }, /to be a list/, "predict[0].choices[0].when.screens"],
  ["shape", "holds[0].colour", "red", /no such member/],
  ["shape", "holds[0]", { not: { not: { not: { screens: [] } } } }, /no such member/, "holds[0].not.not.not"],
  ["shape", "holds[0].after", -1, /whole number/],
  ["shape", "holds[0].after", 1.5, /whole number/],
  ["shape", "holds[0].alive", ["eyJhbGciOi"], /longer than 7/, "holds[0].alive[0]"],
  ["shape", "holds[0].alive", ["XX1"], /RT1/, "holds[0].alive[0]"],
  ["shape", "change.may", ["world"], /"request" or/, "change.may[0]"],
  ["shape", "change.hints.do", {}, /1 to 4/],
  ["shape", "change.hints.do", { a: "1", b: "2", c: "3", d: "4", e: "5" }, /1 to 4/],
  ["shape", "change.hints.do", { "a b": "x" }, /no name/, "change.hints.do.a b"],
  ["shape", "change.hints.do.prompt", 7, /to be a text/],
  ["shape", "change.hints.do.prompt", [], /1 to 60/],
  ["meaning", "shows.link", "view=timeline", /to the timeline/],
  ["meaning", "shows", { kind: "timeline", link: "scope=openid" }, /begins with view=timeline/, "shows.link"],
  ["meaning", "shows.link", "colour=red", /does not know/],
  ["meaning", "shows.link", "profile=nobody", /no profile nobody/],
  ["meaning", "shows.link", "session=maybe", /none of the values/],
  ["meaning", "shows.link", "scope=openid&client_secret=hunter2", /somebody's secret/],
  ["meaning", "shows.link", "v=2&scope=openid", /version 2/],
  ["meaning", "shows", { ...COMPARISON, policies: [{ profile: "aol" }, { profile: "nobody" }] }, /no profile nobody/, "shows.policies[1].profile"],
  ["meaning", "shows", { ...COMPARISON, policies: [{ profile: "aol" }, { profile: "aol" }] }, /twice/, "shows.policies[1].name"],
  ["meaning", "shows", { ...COMPARISON, link: "profile=aol&scope=openid" }, /beside its link/, "shows.link"],
  ["meaning", "shows", TIMELINE, /is called so/, "change.hints.do.prompt"],
  ["meaning", "change.shows", { ...TIMELINE, link: `${TIMELINE.link}&do=fly` }, /could not be read/, "change.shows.link"],
  ["meaning", "change.shows", { ...TIMELINE, link: `${TIMELINE.link}${"&do=logout".repeat(24)}` }, /at most 24 steps/, "change.shows.link"],
  ["meaning", "change.shows", { ...TIMELINE, link: "view=timeline&scenario=nothing" }, /no scenario/, "change.shows.link"],
  ["meaning", "predict[0].choices[1].text", "No", /twice/],
  ["meaning", "holds[0]", { after: 1, screens: [] }, /after cannot be said of a request/],
  ["meaning", "holds[0]", { under: ["aol"], screens: [] }, /under cannot be said/],
  ["meaning", "holds[0]", { alive: ["RT1"] }, /alive cannot be said/],
  ["meaning", "holds[0]", { not: { count: 1, screens: [] } }, /count cannot be said/, "holds[0].not"],
  ["meaning", "change.hints.do", { "client.public": "true" }, /registration, which may not be changed/, "change.hints.do.client.public"],
  ["meaning", "change.hints.do", { scope: "openid offline_access" }, /changes nothing/],
  ["meaning", "change.hints.do", { id_token_hint: "eyJhbGciOiJub25lIn0.e30." }, /somebody's secret/],
];

export const BROKEN: readonly Broken[] = [
  { what: "nothing", file: "", in: "text", place: "", says: /no JSON/ },
  { what: "a page", file: "<!doctype html>", in: "text", place: "", says: /no JSON/ },
  { what: "half a file", file: JSON.stringify(PLAIN).slice(0, -1), in: "text", place: "", says: /no JSON/ },
  { what: "too long", file: JSON.stringify(PLAIN) + " ".repeat(70_000), in: "text", place: "", says: /at most 65536/ },
  { what: "a member twice", file: JSON.stringify(PLAIN).replace('"title":', '"title":"x","title":'), in: "text", place: "", says: /title stands twice/ },
  { what: "a member twice, escaped", file: JSON.stringify(PLAIN).replace('"title":', '"t\\u0069tle" :"x","title":'), in: "text", place: "", says: /title stands twice/ },
  { what: "a list", file: "[]", in: "shape", place: "", says: /to be an object/ },
  { what: "null", file: "null", in: "shape", place: "", says: /to be an object/ },
  { what: "a prototype", file: JSON.stringify(PLAIN).replace("{", '{"__proto__":{"id":"x"},'), in: "shape", place: "__proto__", says: /no such member/ },
  { what: "a title that is not seen", file: otherwise("title", "\u202Etxet"), in: "text", place: "title", says: /nobody sees/ },
  { what: "half a character", file: otherwise("title", "x\uD800"), in: "text", place: "title", says: /nobody sees/ },
  { what: "two lines", file: otherwise("title", "one\ntwo"), in: "text", place: "title", says: /nobody sees/ },
  { what: "many levels", file: "[".repeat(60_000), in: "text", place: "", says: /no JSON/ },
  { what: "a policy that is not compared", file: stating(COMPARISON, { under: ["okta"], screens: [] }), in: "meaning", place: "holds[0]", says: /no policy okta here; there are aol, google/ },
  { what: "a profile that is not beside", file: stating(TIMELINE, { under: ["okta"], screens: [] }), in: "meaning", place: "holds[0]", says: /no policy okta here; there are openid-core/ },
  { what: "a place, and nothing said of it", file: stating(COMPARISON, { under: ["aol"] }), in: "meaning", place: "holds[0]", says: /states nothing/ },
  { what: "a count of nothing", file: stating(COMPARISON, { count: 2 }), in: "meaning", place: "holds[0]", says: /states nothing/ },
  { what: "a count of what is not", file: stating(COMPARISON, { count: 2, not: { screens: [] } }), in: "meaning", place: "holds[0]", says: /count stands with/ },
  { what: "answers, and what they are", file: stating(COMPARISON, { answers: { different: 2, in: ["screens"] }, screens: [] }), in: "meaning", place: "holds[0]", says: /answers stands by itself/ },
  { what: "more answers than policies", file: stating(COMPARISON, { answers: { different: 9, in: ["screens"] } }), in: "shape", place: "holds[0].answers.different", says: /from 1 to 6/ },
  { what: "a step that is not there", file: stating(TIMELINE, { after: 2, screens: [] }), in: "meaning", place: "holds[0]", says: /no step 2 here; the last one is 1/ },
  { what: "what only a decision says, of a timeline", file: stating(TIMELINE, { granted: "openid" }), in: "meaning", place: "holds[0]", says: /granted cannot be said of a timeline/ },
  { what: "a claim within that is of nothing here", file: stating(TIMELINE, { any: [{ screens: [] }, { count: 1, screens: [] }] }), in: "meaning", place: "holds[0].any[1]", says: /count cannot be said/ },
  { what: "a hint of many steps", file: hinting(Array.from({ length: 25 }, () => "logout")), in: "meaning", place: "change.hints.do", says: /at most 24 steps/ },
  { what: "a hint of no step", file: hinting(["fly"]), in: "meaning", place: "change.hints.do", says: /could not be read/ },
  ...ROWS.map(([where, place, value, says, placed = place]) => ({ what: `${place} = ${JSON.stringify(value)?.slice(0, 80)}`, file: otherwise(place, value), in: where, place: placed, says })),
];
