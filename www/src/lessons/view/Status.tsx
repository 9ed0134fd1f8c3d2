import { useEffect, useRef } from "preact/hooks";
import { say } from "../../view/ui.ts";
import { grade } from "../store.ts";
import { outsideWords } from "./owners.ts";

/** Whether the goal is reached, by a word and a shape, and told to a screen reader when that becomes another. */
export function Status() {
  const { reached: done = false, outside = [] } = grade.value ?? {};
  const words = outside.length > 0 ? outsideWords(outside.map(({ owner }) => owner)) : done ? "Reached: the engine agrees." : "Not reached yet.";
  const before = useRef(words);
  useEffect(() => {
    if (before.current === words) return;
    before.current = words;
    say(words);
  }, [words]);
  return <p class="ls-status" data-done={done ? "" : undefined}><span aria-hidden="true">{done ? "✓" : outside.length > 0 ? "✕" : "○"}</span> {words}</p>;
}
