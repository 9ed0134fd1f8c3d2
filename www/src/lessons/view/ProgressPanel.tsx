import { signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { say } from "../../view/ui.ts";
import { exported, imported, keeps, progress, reset } from "../progress.ts";

const said = signal("");

function tell(text: string): void {
  said.value = text;
  say(text);
}

/** What is kept on this device: taken along as a file, taken over from one, or thrown away. */
export function ProgressPanel() {
  const asks = useRef<HTMLDialogElement>(null);
  const nothing = Object.keys(progress.value).length === 0;
  const take = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    if (!file) return;
    tell(imported(await file.text()) ?? "Your progress is taken over from the file.");
    input.value = "";
  };
  return (
    <section class="ls-progress" aria-labelledby="ls-progress">
      <h3 id="ls-progress">Your progress</h3>
      <p>{keeps.value ? "Kept on this device only." : "This browser keeps nothing, so it holds until the page is closed. Export it to have it again."}</p>
      <p class="ls-buttons">
        <button type="button" aria-disabled={nothing} onClick={() => { if (!nothing) download(exported()); }}>Export</button>
        <button type="button" aria-disabled={nothing} onClick={() => { if (!nothing) asks.current?.showModal(); }}>Reset…</button>
        <label for="ls-import">Import a file</label> <input id="ls-import" type="file" accept=".json,application/json" onChange={(event) => take(event.currentTarget)} />
      </p>
      <p>{said.value}</p>
      <dialog ref={asks} aria-labelledby="ls-reset">
        <div class="inside">
          <h2 id="ls-reset">Forget all progress?</h2>
          <p>Every lesson is as new again, on this device. This cannot be undone; export it first to keep it.</p>
          <p class="ls-buttons">
            <button type="button" onClick={() => asks.current?.close()}>Keep it</button>
            <button type="button" class="primary" onClick={() => { reset(); asks.current?.close(); tell("The progress is forgotten."); }}>Forget it</button>
          </p>
        </div>
      </dialog>
    </section>
  );
}

/** Long enough for the slowest browser to have begun with the file. */
const KEPT_MS = 60_000;

/** A file from the page itself: nothing is asked of any server. */
function download(text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = "grantwise-progress.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
