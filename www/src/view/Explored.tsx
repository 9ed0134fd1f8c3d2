import type { Signal } from "@preact/signals";
import { loadExplorer } from "../engine/explorer.ts";
import { Later } from "./later.ts";
import { opened } from "./ui.ts";

/** What is found by looking at other situations than this one. It comes when it is asked for. */
export function Explored() {
  return (
    <div class="explored">
      <Folded id="why-summary" title="Why, in full" open={opened.why} part="WhyInFull" />
      <Folded id="change-summary" title="What would change it?" open={opened.change} part="MakeIt" />
      <Folded id="differ-summary" title="Where do two policies differ?" open={opened.differ} part="Differ" />
    </div>
  );
}

interface Properties {
  id: string;
  title: string;
  open: Signal<boolean>;
  part: "WhyInFull" | "MakeIt" | "Differ";
}

function Folded({ id, title, open, part }: Properties) {
  return (
    <details open={open.value} onToggle={(event) => { open.value = event.currentTarget.open; }}>
      <summary id={id} onPointerEnter={loadExplorer} onFocus={loadExplorer}><h3>{title}</h3></summary>
      {open.value && <Later part={part} />}
    </details>
  );
}
