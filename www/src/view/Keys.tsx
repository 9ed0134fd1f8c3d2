import { Dialog } from "./Dialog.tsx";
import { KEYS, keysOn, turnKeys } from "./keyboard.ts";
import { opened } from "./ui.ts";

export function Keys() {
  return (
    <Dialog open={opened.keys} title="Keys">
      <dl class="keys">
        {KEYS.map(({ key, what }) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}
        <div><dt><kbd>Esc</kbd></dt><dd>leave a field, close a list</dd></div>
      </dl>
      <p>
        <input type="checkbox" id="keys-on" checked={keysOn.value} onChange={(event) => turnKeys(event.currentTarget.checked)} />{" "}
        <label for="keys-on">Use these keys. They never work while you type.</label>
      </p>
    </Dialog>
  );
}
