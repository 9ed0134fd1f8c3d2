import { turnKeys, keysOn } from "../view/keyboard.ts";
import { KEYS } from "./keys.ts";

/** Every key of this view. */
export function KeyList() {
  return (
    <details class="tl-keys">
      <summary>Keys</summary>
      <dl class="keys">
        {KEYS.map(({ shown, what }) => <div key={shown}><dt><kbd>{shown}</kbd></dt><dd>{what}</dd></div>)}
        <div><dt><kbd>p</kbd></dt><dd>large type, for a projector</dd></div>
        <div><dt><kbd>t</kbd></dt><dd>next theme</dd></div>
      </dl>
      <p class="quiet">Arrows, Home, End and Space while the focus is on the picture or its buttons; the others anywhere, but never while you type.</p>
      <p>
        <input type="checkbox" id="keys-on" checked={keysOn.value} onChange={(event) => turnKeys(event.currentTarget.checked)} />{" "}
        <label for="keys-on">Use these keys.</label>
      </p>
    </details>
  );
}
