import { useState } from "preact/hooks";
import { Later } from "./later.ts";

export const COPY_MENU = "copy-menu";

/** Takes the decision along. */
export function CopyMenu() {
  const [wanted, setWanted] = useState(false);
  return (
    <>
      <button type="button" popovertarget={COPY_MENU} aria-keyshortcuts="c">Copy</button>
      <div id={COPY_MENU} popover="auto" class="copy-menu" role="group" aria-label="Copy this decision" onBeforeToggle={() => setWanted(true)}>
        {wanted && <Later part="CopyItems" />}
      </div>
    </>
  );
}
