import { changed } from "../../engine/policies.ts";
import { COLUMNS, outcome, type Outcome } from "../../engine/outcome.ts";
import { walk, type Walk } from "../../engine/walk.ts";
import { state } from "../../state/store.ts";
import type { NamedPolicy } from "../lesson.ts";
import { titleOf } from "./words.ts";

/** One request under several policies; what differs from the first is marked by a shape, and not by a colour alone. */
export function Comparison({ policies }: { policies: readonly NamedPolicy[] }) {
  const rows = policies.map(({ name, profile, policy }) => {
    const walked = walk(changed(profile, policy).policy, state.value);
    return { name: name === profile ? titleOf(profile) : name, fails: walked.decision.error !== null, outcome: placed(outcome(walked), walked) };
  });
  const first = rows[0]?.outcome;
  // An error has neither tokens nor scopes, which its answer says; columns are for what the others differ in.
  const given = rows.filter(({ fails }) => !fails);
  const shown = COLUMNS.filter(({ id }) => ALWAYS.has(id) || given.some((row) => row.outcome[id] !== given[0]?.outcome[id]));
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

const PLACES: Readonly<Record<string, string>> = { query: "in the query", fragment: "in the fragment", form_post: "in a form" };

/** Where an error is found is part of the answer: two that are called the same may be read by different programs. */
function placed(its: Outcome, { decision }: Walk): Outcome {
  const where = PLACES[decision.error?.placement ?? ""];
  return where === undefined ? its : { ...its, answer: `${its.answer}, ${where}` };
}
