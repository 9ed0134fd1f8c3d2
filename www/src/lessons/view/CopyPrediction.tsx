import { signal } from "@preact/signals";
import { say } from "../../view/ui.ts";
import { complete, linkTo } from "../store.ts";

const copied = signal<"no" | "yes" | "by hand">("no");

/** One's prediction as a link, for whoever counts the room's. Where the browser forbids copying it is shown. */
export function CopyPrediction() {
  if (!complete.value) return null;
  const link = new URL(linkTo({ slide: "question", mode: "study" }), location.href).href;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      copied.value = "yes";
      say("Your prediction is copied as a link.");
    } catch {
      copied.value = "by hand";
    }
  };
  return (
    <>
      <button type="button" onClick={copy} onBlur={() => { if (copied.value === "yes") copied.value = "no"; }}>{copied.value === "yes" ? "✓ Copied" : "Copy my prediction as a link"}</button>
      {copied.value === "by hand" && <label class="by-hand">This browser does not let the page copy. Here it is: <input readOnly value={link} onFocus={(event) => event.currentTarget.select()} /></label>}
    </>
  );
}
