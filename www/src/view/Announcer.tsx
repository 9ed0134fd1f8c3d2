import { useEffect, useRef } from "preact/hooks";
import { result } from "../engine/decided.ts";
import { COLUMNS, type Outcome } from "../engine/outcome.ts";
import { answerText } from "./Answer.tsx";
import { said, say } from "./ui.ts";

/** Tells a screen reader what moved in the answer, once it has come to rest. */
export function Announcer() {
  const before = useRef<Outcome | null>(null);
  const now = result.value;
  useEffect(() => {
    const old = before.current;
    before.current = now;
    if (old === null) return;
    const moved = changes(old, now);
    if (moved === "") return;
    const rest = setTimeout(() => say(`${moved} ${answerText()}`), 300);
    return () => clearTimeout(rest);
  }, [now]);
  return <p class="hidden" aria-live="polite" role="status" id="announcement">{said.value}</p>;
}

export function changes(old: Outcome, now: Outcome): string {
  return COLUMNS.filter(({ id }) => old[id] !== now[id]).map(({ id, title }) => `${title}: ${old[id]} became ${now[id]}.`).join(" ");
}
