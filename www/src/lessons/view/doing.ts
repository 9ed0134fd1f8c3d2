import { read } from "../../timeline/codec.ts";
import { readStep, writeStep } from "../../timeline/step_text.ts";
import { stepWords } from "../../timeline/words.ts";
import { NAMES, stepsOf } from "../../timeline/world.ts";
import type { Task } from "../lesson.ts";
import { settingWords, titleOf } from "./words.ts";

/** What the last hint does, in words: "Set prompt to consent; remove access_type". */
export function doingWords({ shows, hints }: Task): string {
  const words = Object.entries(hints.do).flatMap(([name, value]) => {
    if (shows.kind === "timeline" && name === "do") return stepsWords(shows.link, value === null ? [] : [value].flat());
    const text = value === null ? "" : [value].flat().join(" and ");
    if (name === "profile") return [`choose the profile ${titleOf(text)}`];
    if (name.startsWith("policy.") && value !== null) return [settingPhrase(name.slice("policy.".length), text)];
    const bare = name.replace(/^(request|policy)\./, "");
    return [value === null ? `remove ${bare}` : `set ${bare} to ${text}`];
  });
  const text = words.join("; ");
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`.replace(/([^.?!])$/, "$1.");
}

function settingPhrase(id: string, written: string): string {
  const { asks, answer } = settingWords(id, written);
  return `answer “${asks}” with “${answer}”`;
}

/** The steps that are new, and those that are gone. */
function stepsWords(link: string, next: readonly string[]): string[] {
  const before = stepsOf(read(link, NAMES).state).map(writeStep);
  const words = (text: string) => {
    const { step } = readStep(text);
    return step ? lower(stepWords(step)) : text;
  };
  const left = [...before];
  const fresh = next.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [
    ...fresh.map((one) => `let this be step ${next.indexOf(one) + 1}: ${words(one)} (${one})`),
    ...(left.length > 0 ? [`leave out: ${left.map(words).join(", ")}`] : []),
  ];
}

function lower(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
