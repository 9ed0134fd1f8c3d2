import { useRef, useState } from "preact/hooks";
import { copies, type Kind } from "../copy/copies.ts";
import { say } from "./ui.ts";

const KINDS: readonly { kind: Kind; title: string; about: string }[] = [
  { kind: "link", title: "Link", about: "opens this decision anywhere" },
  { kind: "markdown", title: "Markdown", about: "for an issue or a chat" },
  { kind: "vector", title: "Test vector", about: "a line for decisions.jsonl" },
  { kind: "snippet", title: "Node snippet", about: "a program that decides the same" },
];

/** What can be taken along. Where the browser forbids copying, the text is shown to be copied by hand. */
export function CopyItems() {
  const [done, setDone] = useState<Kind | null>(null);
  const [byHand, setByHand] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const copy = async (kind: Kind, title: string) => {
    const text = copies[kind]();
    try {
      await navigator.clipboard.writeText(text);
      setByHand(null);
      setDone(kind);
      say(`${title} copied.`);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setDone(null), 2000);
    } catch {
      setByHand(text);
    }
  };
  return (
    <>
      {KINDS.map(({ kind, title, about }) => (
        <button type="button" key={kind} data-copy={kind} onClick={() => copy(kind, title)}>
          <b>{done === kind ? "✓ Copied" : title}</b> <small>{about}</small>
        </button>
      ))}
      {byHand !== null && (
        <label class="by-hand">
          This browser does not let the page copy. Here it is:
          <textarea readOnly rows={6} value={byHand} onFocus={(event) => event.currentTarget.select()} />
        </label>
      )}
    </>
  );
}
