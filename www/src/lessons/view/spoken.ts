import type { Lesson } from "../lesson.ts";
import { titles } from "./titles.ts";

/** What a screen reader hears beside what has the focus. */
export const said = {
  question: ({ title, question, story }: Lesson, number: number) => `${titles.lesson(number)}: ${title}. Question: ${question} ${story}`,
  picked: (text: string) => `Your prediction: ${text}`,
  reveal: ({ reveal, reason, predict }: Lesson, picked: readonly (number | null)[], right: readonly number[]) => [
    ...predict.map(({ asks, choices }, at) => {
      const mine = picked[at] ?? null;
      const its = choices[right[at] ?? -1]?.text ?? "";
      return mine === null ? `${asks} ${its}` : mine === right[at] ? `${asks} You predicted: ${its} Right.` : `${asks} You predicted: ${choices[mine]?.text ?? ""} Not so: ${its}`;
    }),
    reveal, reason,
  ].join(" "),
  change: ({ change }: Lesson) => `Change one thing. ${change.goal}`,
  remember: ({ remember }: Lesson) => `Remember: ${remember}`,
};
