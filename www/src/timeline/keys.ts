import { keysOn } from "../view/keyboard.ts";
import { current, goTo, steps } from "./store.ts";
import { neighbour, play, playing } from "./stories.ts";

/** What each key does here; the list on the page is made of it. */
export const KEYS: readonly { keys: readonly string[]; shown: string; what: string; run: () => void }[] = [
  { keys: [",", "ArrowLeft"], shown: ", or ←", what: "one step back", run: () => goTo(current.value - 1) },
  { keys: [".", "ArrowRight"], shown: ". or →", what: "one step forward", run: () => goTo(current.value + 1) },
  { keys: ["Home"], shown: "Home", what: "before the first step", run: () => goTo(0) },
  { keys: ["End"], shown: "End", what: "the last step", run: () => goTo(steps.value.length) },
  { keys: [" "], shown: "Space", what: "play, pause", run: () => play(!playing.value) },
  { keys: ["]"], shown: "]", what: "next scenario", run: () => neighbour(1) },
  { keys: ["["], shown: "[", what: "previous scenario", run: () => neighbour(-1) },
];

/** Keys of the whole page that make sense here too. */
const SHARED = new Set(["p", "t"]);
/** Keys with a meaning of their own for what is focused, and so taken only inside the picture. */
const ONLY_THERE = new Set(["ArrowLeft", "ArrowRight", "Home", "End", " "]);

/**
 * The keys of this view. Those of the other view are held back, so that they change nothing behind the scenes.
 * Arrow keys scroll the page as ever, and step only while the focus is on the stepper or the picture.
 */
export function keys(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const { target, key } = event;
  if (!(target instanceof HTMLElement || target instanceof SVGElement) || !keysOn.value) return;
  if (target.matches("input, textarea, select, [contenteditable]")) return;
  if (SHARED.has(key)) return;
  // Letters and signs belong to this view alone; nothing else listens to them here.
  if (key.length === 1 && key !== " ") event.stopPropagation();
  const there = target.closest("[data-steps]") !== null;
  if (ONLY_THERE.has(key) && (!there || (key === " " && target.matches("button, a, summary")))) return;
  const found = KEYS.find((one) => one.keys.includes(key));
  if (!found) return;
  event.preventDefault();
  found.run();
}
