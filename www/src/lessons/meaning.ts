/** What the shape of a lesson cannot say: that its parts fit each other. No engine is needed for it. */
import { isProfile } from "../state/profile_names.ts";
import { read as readTimeline } from "../timeline/codec.ts";
import { NAMES, scenarioOf, stepsOf } from "../timeline/world.ts";
import type { Claim, Lesson, Problem, Situation } from "./lesson.ts";
import { edited, ownerOf, readLink } from "./link.ts";

type Member = Exclude<keyof Claim, "not" | "any">;

/** A timeline is two minutes of a lesson, and is gone through many times to check it. */
const MOST_STEPS = 24;

/** Where a claim looks, which alone states nothing. */
const PLACES = new Set<Member>(["under", "after", "count"]);

const OF_A_DECISION: readonly Member[] = [
  "screens", "refresh_token", "refresh_token_lives", "rotates", "access_token", "access_token_seconds", "error", "answered_in",
  "granted", "new_on_screen", "known_on_screen", "offline_on_screen", "set_aside",
];

const MEMBERS: Readonly<Record<Situation["kind"], ReadonlySet<Member>>> = {
  request: new Set(OF_A_DECISION),
  policy: new Set(OF_A_DECISION),
  comparison: new Set<Member>([...OF_A_DECISION, "under", "count", "answers"]),
  timeline: new Set<Member>(["under", "after", "screens", "refresh_token", "error", "result", "issues", "alive", "ended", "carries", "missing", "session"]),
};

export function misfits(lesson: Lesson): Problem[] {
  const { shows, predict, holds, change } = lesson;
  const problems: Problem[] = [];
  situation(shows, "shows", problems);
  if (problems.length > 0) return problems;
  unique(predict.map(({ id }) => id), (at) => `predict[${at}].id`, problems);
  for (const [at, { choices }] of predict.entries()) {
    unique(choices.map(({ text }) => text), (choice) => `predict[${at}].choices[${choice}].text`, problems);
    for (const [choice, { when }] of choices.entries()) claim(when, shows, `predict[${at}].choices[${choice}].when`, problems);
  }
  for (const [at, one] of holds.entries()) claim(one, shows, `holds[${at}]`, problems);
  if (change.shows !== shows) situation(change.shows, "change.shows", problems);
  if (problems.length > 0) return problems;
  for (const [at, one] of change.reach.entries()) claim(one, change.shows, `change.reach[${at}]`, problems);
  task(lesson, problems);
  return problems;
}

function situation(shows: Situation, place: string, problems: Problem[]): void {
  const add = (where: string, says: string) => problems.push({ place: `${place}.${where}`, says });
  for (const says of readLink(shows.kind, shows.link).problems) add("link", says);
  if (shows.kind === "timeline" && stepCount(shows.link) > MOST_STEPS) add("link", `A lesson has at most ${MOST_STEPS} steps.`);
  if (shows.kind !== "comparison") return;
  if (/(^|&)(profile|policy\.[^=&]*)=/.test(shows.link)) add("link", "The policies of a comparison stand beside its link, not in it.");
  unique(shows.policies.map(({ name }) => name), (at) => `${place}.policies[${at}].name`, problems);
  for (const [at, { profile }] of shows.policies.entries()) {
    if (!isProfile(profile)) add(`policies[${at}].profile`, `There is no profile ${profile}.`);
  }
}

function unique(names: readonly string[], place: (at: number) => string, problems: Problem[]): void {
  for (const [at, name] of names.entries()) {
    if (names.indexOf(name) < at) problems.push({ place: place(at), says: "This is there twice." });
  }
}

function claim(one: Claim, shows: Situation, place: string, problems: Problem[]): void {
  const { not, any, ...members } = one;
  const names = Object.keys(members) as Member[];
  const add = (says: string) => problems.push({ place, says });
  for (const name of names) {
    if (!MEMBERS[shows.kind].has(name)) add(`${name} cannot be said of a ${shows.kind}.`);
  }
  if (not === undefined && any === undefined && names.every((name) => PLACES.has(name))) add("This says where to look, and states nothing.");
  if (one.count !== undefined && (not !== undefined || any !== undefined || one.answers !== undefined)) add("count stands with what a decision says, and not with answers, not or any.");
  if (one.answers !== undefined && names.some((name) => OF_A_DECISION.includes(name))) add("answers stands by itself, or with under.");
  const known = namesOf(shows);
  for (const name of one.under ?? []) {
    if (!known.includes(name)) add(`There is no policy ${name} here; there are ${known.join(", ")}.`);
  }
  if (shows.kind === "timeline" && one.after !== undefined && one.after > stepCount(shows.link)) add(`There is no step ${one.after} here; the last one is ${stepCount(shows.link)}.`);
  if (not) claim(not, shows, `${place}.not`, problems);
  for (const [at, inner] of (any ?? []).entries()) claim(inner, shows, `${place}.any[${at}]`, problems);
}

/** How the sides of a situation are called, where it has some. */
export function namesOf(shows: Situation): string[] {
  if (shows.kind === "comparison") return shows.policies.map(({ name }) => name);
  if (shows.kind !== "timeline") return [];
  const { state } = readTimeline(shows.link, NAMES);
  return [state.profile ?? scenarioOf(state.scenario).profile, state.beside].filter((name) => name !== null);
}

function stepCount(link: string): number {
  return stepsOf(readTimeline(link, NAMES).state).length;
}

function task({ change: { shows, may, hints } }: Lesson, problems: Problem[]): void {
  const place = "change.hints.do";
  for (const name of Object.keys(hints.do)) {
    const owner = ownerOf(shows.kind, name);
    if (owner === null) problems.push({ place: `${place}.${name}`, says: "No part of the link that could be changed is called so." });
    else if (!may.includes(owner)) problems.push({ place: `${place}.${name}`, says: `This belongs to the ${owner}, which may not be changed here.` });
  }
  if (problems.length > 0) return;
  const changed = readLink(shows.kind, edited(shows.link, hints.do));
  for (const says of changed.problems) problems.push({ place, says });
  if (shows.kind === "timeline" && stepCount(changed.link) > MOST_STEPS) problems.push({ place, says: `A lesson has at most ${MOST_STEPS} steps.` });
  if (changed.link === readLink(shows.kind, shows.link).link) problems.push({ place, says: "This changes nothing." });
}
