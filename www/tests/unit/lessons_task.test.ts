import type { ProfileName } from "grantwise";
import { beforeAll, expect, test } from "vitest";
import { check } from "../../src/lessons/check.ts";
import { LESSONS, loadLesson } from "../../src/lessons/index.ts";
import { OWNERS, type Lesson, type Owner, type Situation, type Task } from "../../src/lessons/lesson.ts";
import { apply as applied, changedParts, ownerOf } from "../../src/lessons/link.ts";
import { prepare } from "../../src/lessons/outcome.ts";
import { readLesson } from "../../src/lessons/reading.ts";
import { apply, graded } from "../../src/lessons/task.ts";
import { FIELD_NAMES } from "../../src/state/fields.ts";
import { PARAMETERS } from "../../src/state/parameters.ts";
import { PROFILE_NAMES } from "../../src/state/profile_names.ts";
import { loadEngines } from "./engines.ts";
import { PLAIN } from "./lesson_corpus.ts";

const lessons: Lesson[] = [];
beforeAll(async () => {
  await loadEngines();
  for (const { id } of LESSONS) lessons.push((await loadLesson(id)) as Lesson);
});

const plain = (): Lesson => readLesson(JSON.stringify(PLAIN)) as Lesson;

test("every part of a link belongs to somebody", () => {
  const owned = (names: readonly string[], owner: Owner) => expect(names.map((name) => ownerOf("request", name))).toEqual(names.map(() => owner));
  owned(PARAMETERS.map(({ name }) => name).concat("request.idp", "endpoint", "url", "without"), "request");
  owned(FIELD_NAMES.filter((name) => name.startsWith("client")), "registration");
  owned(FIELD_NAMES.filter((name) => /^(login|account|consent)/.test(name)), "person");
  owned(FIELD_NAMES.filter((name) => /^(session|grant|condition|server|hint)/.test(name)), "record");
  owned(["profile"], "profile");
  owned(["policy.native_auto_approval"], "policy");
  expect(FIELD_NAMES.filter((name) => ownerOf("request", name) === "request")).toEqual([]);
  expect(ownerOf("timeline", "step")).toBeNull();
});

const START = "scope=openid&grant=openid&prompt=consent";
const TIMELINE = "view=timeline&scenario=own&profile=aol&do=authorize?scope=openid";

test.each<[Situation["kind"], string, string, [string, Owner][]]>([
  ["request", START, START, []],
  ["request", START, `${START}&v=1`, []],
  ["request", START, "grant=openid&scope=openid&prompt=consent", []],
  ["request", START, "scope=openid+email&grant=openid&prompt=consent", [["scope", "request"]]],
  ["request", START, "scope=openid&grant=openid", [["prompt", "request"]]],
  ["request", START, "scope=openid&grant=openid&prompt=login&prompt=consent", [["prompt", "request"]]],
  ["request", START, `${START}&request.idp=x`, [["idp", "request"]]],
  ["request", START, `${START}&request.session=none`, [["request.session", "request"]]],
  ["request", START, `${START}&url=https://a.example/?x=1`, [["endpoint", "request"], ["response_type", "request"], ["client_id", "request"], ["redirect_uri", "request"], ["scope", "request"], ["prompt", "request"], ["state", "request"], ["x", "request"]]],
  ["request", START, `${START}&client=native&session=none&consent=denied`, [["client", "registration"], ["session", "record"], ["consent", "person"]]],
  ["policy", START, `${START}&profile=aol&policy.native_auto_approval=true`, [["profile", "profile"], ["policy.native_auto_approval", "policy"]]],
  ["timeline", TIMELINE, `${TIMELINE}&step=1`, []],
  ["timeline", TIMELINE, `${TIMELINE}&do=logout`, [["do", "steps"]]],
  ["timeline", TIMELINE, `${TIMELINE}&with=google&client=native&session=none`, [["with", "profile"], ["client", "registration"], ["session", "record"]]],
  ["timeline", TIMELINE, "view=timeline", [["scenario", "steps"], ["profile", "profile"], ["do", "steps"]]],
])("%s: what was changed from %s to %s", (kind, one, other, parts) => {
  const found = (before: string, after: string) => changedParts(kind, before, after).map(({ name, owner }) => [name, owner]).sort();
  expect(found(one, other)).toEqual([...parts].sort());
  expect(found(other, one)).toEqual([...parts].sort());
});

test("an edit sets, removes and repeats, and gives the link as the page writes it", () => {
  expect(applied("request", START, { prompt: null, scope: "openid email" })).toBe("scope=openid+email&grant=openid");
  expect(applied("request", START, {})).toBe("scope=openid&prompt=consent&grant=openid");
  expect(applied("timeline", TIMELINE, { do: ["authorize?scope=openid", "logout"], profile: null })).toBe("view=timeline&scenario=own&do=authorize?scope=openid&do=logout");
});

test("a goal that is reached by what may not be changed is not reached", async () => {
  const { change } = plain();
  await prepare(change.shows);
  expect(graded(change, change.shows.link)).toEqual({ reached: false, holds: false, changed: [], outside: [] });
  expect(graded(change, apply(change, change.shows.link, { prompt: "consent" }))).toMatchObject({ reached: true, outside: [] });
  expect(graded(change, apply(change, change.shows.link, { profile: "keycloak" }))).toMatchObject({ reached: false, holds: true, outside: [{ name: "profile", owner: "profile" }] });
  expect(graded(change, apply(change, change.shows.link, { prompt: "consent", session: "none" }))).toMatchObject({ reached: false, holds: true, outside: [{ name: "session" }] });
});

test("a setting that the engine does not take reaches nothing", async () => {
  const task: Task = { ...plain().change, may: [...OWNERS] };
  const link = apply(task, task.shows.link, { "policy.offline_without_consent": "perhaps" });
  await prepare({ ...task.shows, link });
  expect(graded(task, link)).toMatchObject({ reached: false, holds: false });
});

test("whatever a lesson states, its contrary is found", async () => {
  for (const lesson of lessons) {
    for (const [at, claim] of lesson.holds.entries()) {
      const contrary = { ...lesson, holds: lesson.holds.map((one, other) => (other === at ? { not: claim } : one)) };
      expect(await check(contrary), lesson.id).toEqual([{ place: `holds[${at}]`, says: "The engine does not say so." }]);
    }
  }
});

test("a lesson of which the policy has changed is found out", async () => {
  const under = (shows: Situation, profile: ProfileName): Situation => (shows.kind === "comparison"
    ? { ...shows, policies: shows.policies.map((side) => ({ ...side, profile })) }
    : { ...shows, link: applied(shows.kind, shows.link, { profile }) });
  for (const lesson of lessons) {
    let found = 0;
    for (const profile of PROFILE_NAMES) {
      found = (await check({ ...lesson, shows: under(lesson.shows, profile) })).length;
      if (found > 0) break;
    }
    expect(found, lesson.id).toBeGreaterThan(0);
  }
});

test("no step that the third hint adds could be left out", async () => {
  for (const { id, change } of lessons) {
    const steps = change.hints.do.do;
    if (!Array.isArray(steps)) continue;
    for (const at of steps.keys()) {
      const fewer = apply(change, change.shows.link, { do: steps.toSpliced(at, 1) });
      // The steps that were there already are not what the hint adds.
      if (changedParts("timeline", change.shows.link, fewer).length === 0) continue;
      const added = !change.shows.link.includes(applied("timeline", "view=timeline", { do: [steps[at] as string] }).slice("view=timeline&".length));
      if (added) expect(graded(change, fewer).reached, `${id} without ${steps[at]}`).toBe(false);
    }
  }
});

test("two right choices, none, a goal that is there already, and parts that do nothing are found", async () => {
  const lesson = plain();
  const [prediction] = lesson.predict;
  if (!prediction) throw new Error("no prediction");
  const choices = (one: Lesson["predict"][0]["choices"]) => ({ ...lesson, predict: [{ ...prediction, choices: one }] });
  expect(await check(lesson)).toEqual([]);
  expect(await check(choices([{ text: "a", when: { error: null } }, { text: "b", when: { refresh_token: "none" } }]))).toEqual([{ place: "predict[0]", says: "The engine finds 2 choices right: one it must be." }]);
  expect(await check(choices([{ text: "a", when: { error: "x" } }, { text: "b", when: { error: "y" } }]))).toMatchObject([{ place: "predict[0]" }]);
  const change = (part: Partial<Task>) => check({ ...lesson, change: { ...lesson.change, ...part } });
  expect(await change({ reach: [{ refresh_token: "none" }] })).toMatchObject([{ place: "change.reach" }]);
  expect(await change({ hints: { ...lesson.change.hints, do: { display: "page" } } })).toMatchObject([{ says: "This does not reach the goal." }]);
  expect(await change({ hints: { ...lesson.change.hints, do: { prompt: "consent", display: "page" } } })).toMatchObject([{ says: "prompt alone would do." }]);
  expect(await check({ ...lesson, shows: { kind: "policy", link: "scope=openid&policy.nothing=1" } })).toMatchObject([{ place: "shows" }]);
});
