import { useEffect, useState } from "preact/hooks";
import { result, walked } from "../engine/decided.ts";
import { line } from "../words/sentence.ts";
import { Moved } from "./moved.tsx";
import { answerFirst } from "./order.ts";
import { goTo } from "./ui.ts";

/** The answer in one line, while the sentence itself is out of sight. */
export function Bar() {
  const [hidden, setHidden] = useState(true);
  const place = answerFirst.value;
  useEffect(() => {
    const sentence = document.getElementById("answer-sentence");
    if (!sentence) return;
    // On a busy machine several come at once, and only the last one is still true.
    const observer = new IntersectionObserver((entries) => setHidden(entries.at(-1)?.isIntersecting ?? true), { threshold: 0.4 });
    observer.observe(sentence);
    return () => observer.disconnect();
    // Where the answer comes first it is another element.
  }, [place]);
  const { screens, result: got } = line(walked.value);
  return (
    <aside class="bar" aria-label="The answer in short" hidden={hidden}>
      <button
        type="button"
        onClick={() => goTo("answer-sentence")}
      >
        <Moved value={result.value.screens}>{screens}</Moved><span aria-hidden="true"> · </span><Moved value={result.value.refreshToken + got}><b>{got}</b></Moved>
      </button>
    </aside>
  );
}
