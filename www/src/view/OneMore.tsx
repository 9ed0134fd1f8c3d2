import { policy } from "../engine/decided.ts";
import { oneMore } from "../engine/one_more.ts";
import { changeParameter, state } from "../state/store.ts";

/** What the answer would be with one thing more in the request; a button adds it. */
export function OneMore() {
  const found = oneMore(policy.value.policy, state.value);
  if (found.length === 0) return <p class="quiet">Nothing: no single parameter moves this answer.</p>;
  return (
    <table class="one-more" role="table">
      <caption class="hidden">Single changes of the request, and what each would move</caption>
      <tbody role="rowgroup">
        {found.map(({ name, value, what, moved }) => (
          <tr role="row" key={what}>
            <th scope="row" role="rowheader"><button type="button" onClick={() => changeParameter(name, value)}>+ <code>{what}</code></button></th>
            <td role="cell">
              {moved.map(({ column, title, to }) => <span key={column}>{title}: <b>{to}</b></span>)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
