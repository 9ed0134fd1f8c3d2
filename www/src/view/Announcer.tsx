import { useEffect, useRef } from "preact/hooks";
import { result } from "../engine/decided.ts";
import { COLUMNS, type Outcome } from "../engine/outcome.ts";
import { answerText } from "./Answer.tsx";
import { said, say } from "./ui.ts";

/** Tells a screen reader what moved in the answer, once it has come to rest. */
export function Announcer() {
  const told = useRef(result.value);
  const now = result.value;
  useEffect(() => {
    // Compared with what was told last, so that nothing is lost when one change follows another.
    const rest = setTimeout(() => {
      const moved = changes(told.current, now);
      told.current = now;
      if (moved !== "") say(`${moved} ${answerText()}`);
    }, 300);
    return () => clearTimeout(rest);
  }, [now]);
  return <p class="hidden" aria-live="polite" role="status" id="announcement">{said.value}</p>;
}

export function changes(old: Outcome, now: Outcome): string {
  return COLUMNS.filter(({ id }) => old[id] !== now[id]).map(({ id, title }) => `${title}: ${old[id]} became ${now[id]}.`).join(" ");
}
