import { policy } from "../../engine/decided.ts";
import { FIELDS } from "../../state/fields.ts";
import { read } from "../../timeline/codec.ts";
import { writeStep } from "../../timeline/step_text.ts";
import { NAMES, stepsOf } from "../../timeline/world.ts";
import { wantedParameter } from "../../view/places.ts";
import { findSetting, goTo, reveal } from "../../view/ui.ts";
import type { Task } from "../lesson.ts";

/** Puts the focus on the control that the task is about, and unfolds what it is folded in; nothing is set by it. */
export function showPlace({ shows, hints }: Task): void {
  const [first] = Object.entries(hints.do);
  if (first === undefined) return;
  const [name, value] = first;
  if (shows.kind === "timeline" && name === "do") return goTo(stepPlace(shows.link, value === null ? [] : [value].flat()), "center");
  if (name === "profile") return goTo("ls-profile", "center");
  if (name.startsWith("policy.")) return showSetting(name.slice("policy.".length));
  if (Object.hasOwn(FIELDS, name)) return goTo(`field-${name}`, "center");
  const parameter = name.replace(/^request\./, "");
  wantedParameter.value = parameter;
  reveal("form", `parameter-${parameter}`);
}

function showSetting(id: string): void {
  findSetting.value = id;
  const value = policy.value.policy.settings[id as keyof typeof policy.value.policy.settings];
  reveal("policy", `knob-${id}-${String(value)}`);
}

/** The first step that becomes another one, or the button after which one comes in. */
function stepPlace(link: string, next: readonly string[]): string {
  const before = stepsOf(read(link, NAMES).state).map(writeStep);
  const at = next.findIndex((text, index) => text !== before[index]);
  return next.length > before.length && at > 0 ? `ls-step-insert-${at - 1}` : `ls-step-${Math.min(Math.max(at, 0), before.length - 1)}`;
}

/** What was looked for in the task is not looked for elsewhere. */
export function forgetPlace(): void {
  findSetting.value = "";
  wantedParameter.value = null;
}
