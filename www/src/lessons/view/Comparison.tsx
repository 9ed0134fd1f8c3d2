import { changed } from "../../engine/policies.ts";
import { COLUMNS, outcome, type Outcome } from "../../engine/outcome.ts";
import { walk } from "../../engine/walk.ts";
import { state } from "../../state/store.ts";
import type { NamedPolicy } from "../lesson.ts";
import { titleOf } from "./words.ts";

/** One request under several policies; what differs from the first is marked by a shape, and not by a colour alone. */
export function Comparison({ policies }: { policies: readonly NamedPolicy[] }) {
  const rows = policies.map(({ name, profile, policy }) => ({ name: name === profile ? titleOf(profile) : name, outcome: outcome(walk(changed(profile, policy).policy, state.value)) }));
  const first = rows[0]?.outcome;
  const shown = COLUMNS.filter(({ id }) => ALWAYS.has(id) || rows.some((row) => row.outcome[id] !== first?.[id]));
  return (
    <table role="table" class="ls-comparison" data-columns={shown.length}>
      <caption class="hidden">What comes of this request, by policy</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">Policy</th>
          {shown.map(({ id, title }) => <th scope="col" role="columnheader" key={id}>{title}</th>)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(({ name, outcome: its }) => (
          <tr role="row" key={name}>
            <th scope="row" role="rowheader"><b>{name}</b></th>
            {shown.map(({ id, title }) => {
              const differs = its[id] !== first?.[id];
              return (
                <td role="cell" key={id} data-title={title} class={differs ? "differs" : ""}>
                  {differs && <><span aria-hidden="true">≠ </span><span class="hidden">differs: </span></>}
                  {its[id]}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What every comparison is about; the rest only where there is a difference. */
const ALWAYS: ReadonlySet<keyof Outcome> = new Set(["screens", "refreshToken", "answer"]);
