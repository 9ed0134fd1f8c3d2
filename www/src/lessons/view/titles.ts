import { LESSONS } from "../index.ts";
import type { Step } from "../place.ts";

export const titles = {
  /** "Lesson 3 of 16". */
  lesson: (number: number) => (number === 0 ? "A lesson from a file" : `Lesson ${number} of ${LESSONS.length}`),
};

export const STEP_TITLES: Readonly<Record<Step, string>> = {
  question: "Predict", reveal: "What happens", change: "Change one thing", remember: "Remember",
};
