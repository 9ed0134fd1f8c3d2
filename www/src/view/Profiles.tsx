import { useEffect, useState } from "preact/hooks";
import { groups, result, type Group } from "../engine/decided.ts";
import { COLUMNS } from "../engine/outcome.ts";
import { changeProfile, state } from "../state/store.ts";
import { breaks } from "./breaks.tsx";
import { opened } from "./ui.ts";
import { counts, type ProfileSummary } from "virtual:summary";

/** The same request under every profile. It takes as long as all the rest, so the answer is on the screen before. */
export function Profiles() {
  const [answered, setAnswered] = useState(false);
  useEffect(() => setAnswered(true), []);
  return (
    <section class="profiles" data-focus=".here" aria-labelledby="profiles">
      <h2 id="profiles" tabIndex={-1}>The same request under all {counts.profiles} profiles</h2>
      {answered && <Table />}
    </section>
  );
}

/** Grouped by what comes of it. */
function Table() {
  const all = groups.value;
  const asking = all.filter(({ outcome }) => outcome.screens !== "none").flatMap((group) => group.profiles);
  const lasting = all.filter(({ outcome }) => outcome.refreshToken !== "none").flatMap((group) => group.profiles);
  const count = all.flatMap((group) => group.profiles).length;
  return (
    <>
      <p class="quiet">
        {all.length === 1 ? "All give the same answer:" : `${all.length} different answers:`}{" "}
        {told(asking, count, "show", "a screen")}, {told(lasting, count, "give", "a refresh token")}. A <b>≠</b> marks what differs from the current answer; choose a profile to switch.
        {all[0]?.changed && " Your changed settings count for the first row alone."}
      </p>
      <table role="table">
        <caption class="hidden">What comes of this request, by profile; profiles with the same outcome share a row</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">Profiles</th>
            {COLUMNS.map(({ id, title }) => <th scope="col" role="columnheader" key={id}>{title}</th>)}
          </tr>
        </thead>
        <tbody role="rowgroup">{all.map((group) => <Row key={group.profiles[0]?.name} group={group} />)}</tbody>
      </table>
    </>
  );
}

/** A few are named, many are counted. */
function told(some: readonly ProfileSummary[], all: number, does: string, what: string): string {
  if (some.length === 0) return `none ${does}s ${what}`;
  if (some.length > 2) return `${some.length} of ${all} ${does} ${what}`;
  return `only ${some.map(({ title }) => title).join(" and ")} ${does}${some.length === 1 ? "s" : ""} ${what}`;
}

function Row({ group }: { group: Group }) {
  const here = result.value;
  return (
    <tr role="row" class={group.current ? "current" : ""}>
      <th scope="row" role="rowheader">
        <ul>
          {group.profiles.map(({ name, title }) => {
            const isCurrent = name === state.value.profile && group.current;
            return (
              <li key={name}>
                {isCurrent
                  ? <span class="here" tabIndex={-1}><span aria-hidden="true">▸ </span>{title} <small>{group.changed ? "current, changed" : "current"}</small></span>
                  : <button type="button" class="link" onClick={() => changeProfile(name)}>{title}</button>}
              </li>
            );
          })}
          {group.changed && <li><button type="button" class="link" onClick={() => { opened.policy.value = true; }}>see the changes</button></li>}
        </ul>
      </th>
      {COLUMNS.map(({ id, title }) => {
        const differs = group.outcome[id] !== here[id];
        return (
          <td role="cell" key={id} data-title={title} class={differs ? "differs" : ""}>
            {differs && <><span aria-hidden="true">≠ </span><span class="hidden">differs: </span></>}
            {breaks(group.outcome[id])}
          </td>
        );
      })}
    </tr>
  );
}
