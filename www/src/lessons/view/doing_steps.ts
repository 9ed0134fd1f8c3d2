import { read } from "../../timeline/codec.ts";
import { readStep, writeStep } from "../../timeline/step_text.ts";
import { stepWords } from "../../timeline/words.ts";
import { NAMES, stepsOf } from "../../timeline/world.ts";
import { offeredSteps } from "../steps_offered.ts";
import { valueWords } from "./value_words.ts";

/** What has to be done to a story's steps: what is written in one, those that come in between, and those that go. */
export function stepsDoing(link: string, next: readonly string[]): string[] {
  const before = stepsOf(read(link, NAMES).state).map(writeStep);
  return before.length === next.length ? rewritten(before, next) : inserted(before, next);
}

/** The same change in several steps is said once: "in steps 1 and 4, set scope to mail". */
function rewritten(before: readonly string[], next: readonly string[]): string[] {
  const places = new Map<string, number[]>();
  for (const [at, text] of next.entries()) {
    if (text === before[at]) continue;
    const change = changeWords(before[at] ?? "", text);
    places.set(change, [...(places.get(change) ?? []), at + 1]);
  }
  return [...places].map(([change, at]) => `in ${at.length === 1 ? "step" : "steps"} ${at.join(" and ")}, ${change}`);
}

/** Only what differs of a step: the rest stays as it stands there. */
function changeWords(before: string, after: string): string {
  const [from, to] = [partsOf(before), partsOf(after)];
  if (from.action !== to.action) return `write ${after}: ${wordsOf(after)}`;
  return [
    ...[...to.pairs].filter(([name, value]) => from.pairs.get(name) !== value).map(([name, value]) => {
      const old = from.pairs.get(name);
      return old === undefined ? `add ;${name}=${value} at the end` : valueWords(name, old, value);
    }),
    ...[...from.pairs.keys()].filter((name) => !to.pairs.has(name)).map((name) => `remove ${name}`),
  ].join(" and ");
}

function partsOf(text: string): { action: string; pairs: Map<string, string> } {
  const [action = "", query = ""] = text.split(/\?(.*)/s);
  return { action, pairs: new Map(query.split(";").filter((pair) => pair !== "").map((pair) => pair.split(/=(.*)/s).slice(0, 2) as [string, string])) };
}

function inserted(before: readonly string[], next: readonly string[]): string[] {
  const left = [...before];
  const offered = new Set(offeredSteps().flatMap(({ text, good }) => (good ? [text] : [])));
  const fresh = next.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [
    ...fresh.map((one) => {
      const at = next.indexOf(one);
      const press = at === 0 ? "write before step 1" : `press + beside step ${at} and ${offered.has(one) ? "choose" : "write"}`;
      return offered.has(one) ? `${press} “${wordsOf(one)}”` : `${press} ${one}`;
    }),
    ...left.map((one) => `remove step ${before.indexOf(one) + 1}`),
  ];
}

function wordsOf(text: string): string {
  const { step } = readStep(text);
  return step ? stepWords(step) : text;
}
