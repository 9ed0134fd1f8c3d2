import { policy } from "../engine/decided.ts";
import { dismissNotes, notes, state } from "../state/store.ts";
import { Later } from "./later.ts";

/** What was dropped, not read, or not known. */
export function Notes() {
  const { dropped, problems, understood = [] } = notes.value;
  const { unknown, unsaid } = state.value;
  const sentences = [
    ...dropped.map(({ name, how }) => how === "removed"
      ? `${name} was removed: it is a secret or a token, and nothing here needs it. It did not leave this page; take care that it is nowhere else.`
      : `The value of ${name} was replaced by a stand-in: it belongs to somebody, and nothing here needs it.`),
    ...problems,
    ...understood,
    ...policy.value.problems,
    ...unknown.map(([name]) => `This page does not know ${name}. It stays in the link and changes nothing here.`),
  ];
  if (sentences.length === 0 && !unsaid) return null;
  return (
    <div class="notes" role="status">
      <div>
        {unsaid && <Later part="Whose" />}
        <ul>{sentences.map((one) => <li key={one}>{one}</li>)}</ul>
      </div>
      {dropped.length + problems.length + understood.length > 0 && <button type="button" onClick={dismissNotes}>Dismiss</button>}
    </div>
  );
}
