import { Dialog } from "./Dialog.tsx";
import { KEYS, keysOn, turnKeys } from "./keyboard.ts";
import { opened } from "./ui.ts";

const WHAT: Readonly<Record<string, string>> = {
  "?": "list the keys",
  "/": "edit the request",
  "f": "edit the request as a form",
  "m": "more circumstances",
  "s": "change the settings of the policy",
  "j": "next profile",
  "k": "previous profile",
  "y": "the person approves",
  "n": "the person refuses",
  "a": "to the answer",
  "o": "what one more parameter would change",
  "w": "why, in full",
  "x": "what would change it",
  "d": "where two policies differ",
  "e": "every profile",
  "g": "the stories",
  "]": "next story",
  "[": "previous story",
  "c": "copy",
  "r": "reset the changed settings",
  "p": "large type, for a projector",
  "t": "next theme",
};

export function Keys() {
  return (
    <Dialog open={opened.keys} title="Keys">
      <dl class="keys">
        {KEYS.map(({ key }) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{WHAT[key]}</dd></div>)}
        <div><dt><kbd>Esc</kbd></dt><dd>leave a field, close a list</dd></div>
      </dl>
      <p>
        <input type="checkbox" id="keys-on" checked={keysOn.value} onChange={(event) => turnKeys(event.currentTarget.checked)} />{" "}
        <label for="keys-on">Use these keys. They never work while you type.</label>
      </p>
    </Dialog>
  );
}
