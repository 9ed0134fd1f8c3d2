import { keysOn } from "../../view/keyboard.ts";
import { complete, lesson, picked, place, predict } from "../store.ts";
import { presenterKeys } from "./presenter_keys.ts";

/** Keys of the whole page that make sense here, too. */
const SHARED = new Set(["p", "t"]);

/**
 * The keys of the lessons. Those of the playground are held back, so that they change nothing behind the scenes, and
 * none works while somebody types.
 */
export function keys(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const { target, key } = event;
  if (!(target instanceof HTMLElement || target instanceof SVGElement) || document.querySelector("dialog[open]")) return;
  const types = target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const { mode } = place.value;
  // Letters can be turned off, for they are in the way of a voice control; what a clicker sends cannot.
  const letter = key.length === 1 && key !== " ";
  if (types || (letter && !keysOn.value)) return;
  if (mode === "present" || mode === "notes") {
    if (presenterKeys(event)) event.preventDefault();
    if (!SHARED.has(key)) event.stopPropagation();
    return;
  }
  if (letter && !SHARED.has(key)) event.stopPropagation();
  if (/^[1-5]$/.test(key) && mode === "study") choose(Number(key) - 1);
  if (key === "h") document.querySelector<HTMLButtonElement>(".ls-hints > button:not(.link)")?.click();
}

/** A number chooses in the prediction that has the focus, or else in the first that was not answered. */
function choose(choice: number): void {
  if (document.querySelector(".ls-predict") === null) return;
  const focused = document.activeElement?.closest<HTMLElement>("[data-prediction]")?.dataset.prediction;
  const open = picked.value.indexOf(null);
  // A second press goes on to the next question, so that two keys answer both.
  const at = focused !== undefined && (picked.value[Number(focused)] === null || complete.value) ? Number(focused) : open >= 0 ? open : picked.value.length - 1;
  if (lesson.value?.predict[at]?.choices[choice] === undefined) return;
  const field = document.getElementById(`predict-${at}-${choice}`);
  field?.focus();
  if (picked.value[at] !== choice) field?.click();
  else predict(at, choice);
}
