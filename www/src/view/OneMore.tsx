import { policy } from "../engine/decided.ts";
import { oneMore } from "../engine/one_more.ts";
import { set } from "../state/request_text.ts";
import { changeRequest, state } from "../state/store.ts";

/** What the answer would be with one thing more in the request; a button adds it. */
export function OneMore() {
  const found = oneMore(policy.value.policy, state.value);
  if (found.length === 0) return <p class="quiet">Nothing: no parameter moves this answer.</p>;
  return (
    <table class="one-more" role="table">
      <caption class="hidden">Single changes of the request, and what each would move</caption>
      <tbody role="rowgroup">
        {found.map(({ changes, moved }) => (
          <tr role="row" key={changes.map(({ what }) => what).join()}>
            <th scope="row" role="rowheader">
              <button type="button" onClick={() => changeRequest(changes.reduce((text, { name, value }) => set(text, name, value), state.value.request), "")}>
                + {changes.map(({ what }, at) => <span key={what}>{at > 0 && " and "}<code>{what}</code></span>)}
              </button>
            </th>
            <td role="cell">
              {moved.map(({ column, title, to }) => <span key={column}>{title}: <b>{to}</b></span>)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
