import { count } from "../room.ts";
import { go, lesson, place } from "../store.ts";
import { goToSlide, slidesOf, turn } from "../slides.ts";
import { openNotes } from "../windows.ts";
import { covered } from "./presenter.ts";

interface Key {
  keys: readonly string[];
  shown: string;
  what: string;
  run: () => void;
}

const cover = (by: "blank" | "code") => () => { covered.value = covered.value === by ? "no" : by; };

/** What each key does before a room; a clicker sends Page Down and Page Up, and often a full stop. */
export const KEYS: readonly Key[] = [
  { keys: ["PageDown", "ArrowRight", "ArrowDown", " "], shown: "Page Down, →, ↓ or Space", what: "forward", run: () => onwards(1) },
  { keys: ["PageUp", "ArrowLeft", "ArrowUp"], shown: "Page Up, ← or ↑", what: "back", run: () => onwards(-1) },
  { keys: ["Home"], shown: "Home", what: "the question", run: () => edge("first") },
  { keys: ["End"], shown: "End", what: "the sentence to remember", run: () => edge("last") },
  { keys: ["n"], shown: "n", what: "notes on a second window", run: openNotes },
  { keys: ["b", "."], shown: "b or .", what: "blank, and back", run: cover("blank") },
  { keys: ["q"], shown: "q", what: "the lesson's QR code", run: cover("code") },
  { keys: ["Escape"], shown: "Esc", what: "uncover, or leave", run: () => { if (covered.value !== "no") covered.value = "no"; else go({ mode: "study" }); } },
];

/** Keys that a button, a link or a choice with the focus has for itself. */
const OWN: ReadonlySet<string> = new Set([" ", "ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End"]);

/** Whether the key was one of these. */
export function presenterKeys({ key, target, shiftKey }: KeyboardEvent): boolean {
  if (target instanceof Element) {
    const focused = target.closest("button, a, summary, input, [data-steps], [tabindex='0']");
    if (focused && (key === " " || (OWN.has(key) && focused.matches("input, [data-steps], [tabindex='0']")))) return false;
  }
  if (/^[1-5]$/.test(key)) return raised(Number(key) - 1);
  const found = KEYS.find(({ keys }) => keys.includes(key));
  if (!found) return false;
  if (key === " " && shiftKey) onwards(-1);
  else found.run();
  return true;
}

/** What covers the screen goes first, so that a clicker brings the room back. */
function onwards(by: 1 | -1): void {
  if (covered.value !== "no") covered.value = "no";
  else turn(by);
}

function edge(which: "first" | "last"): void {
  if (lesson.value === null) return;
  const slides = slidesOf(lesson.value);
  const slide = which === "first" ? slides[0] : slides.at(-1);
  if (slide) goToSlide(slide);
}

/** A hand more for a choice, while the room predicts. */
function raised(choice: number): boolean {
  const it = lesson.value;
  const at = ["predict", "predict-2"].indexOf(place.value.slide);
  if (it === null || at < 0 || it.predict[at]?.choices[choice] === undefined) return false;
  count(it, at, choice, 1);
  return true;
}
