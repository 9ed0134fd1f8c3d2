import { NOTHING, notes, settings } from "./store.ts";

/** What became of a link that was not quite right. */
export function TimelineNotes() {
  const { dropped, problems: told } = notes.value;
  const problems = [...told, ...settings.value.problems];
  if (dropped.length === 0 && problems.length === 0) return null;
  return (
    <div class="notes" role="note">
      <ul>
        {dropped.map(({ name, how }) => <li key={name}><code>{name}</code> was {how}: it may be a secret, and this page has no use for it.</li>)}
        {problems.map((problem) => <li key={problem}>{problem}</li>)}
      </ul>
      <button type="button" onClick={() => { notes.value = NOTHING; }}>Dismiss</button>
    </div>
  );
}
