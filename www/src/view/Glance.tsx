import type { ProfileName } from "grantwise";
import { useEffect } from "preact/hooks";
import { profiles } from "virtual:summary";
import type { Named } from "../engine/differ.ts";
import { glance, look, stopLooking, type Glance as Looked } from "../engine/glance.ts";
import { KINDS, type Kind } from "../engine/kinds.ts";
import { changed, shipped } from "../engine/policies.ts";
import { say } from "./ui.ts";
import { counted } from "./WhyInFull.tsx";

/** The same in a word or two, for the head of a column. */
const HEADS: Readonly<Record<Kind, string>> = {
  screens: "pages",
  refresh_token: "refresh token",
  error: "errors",
  ends: "events",
  scope: "scopes",
  ignored: "set aside",
  other: "the rest",
};
const COLUMNS = Object.keys(KINDS) as Kind[];

interface Properties {
  one: Named;
  /** Lists the differences between the policy that was looked at and a profile. */
  choose: (one: Named, other: ProfileName) => void;
}

/** One policy beside every profile: how many differences of each kind. */
export function Glance({ one, choose }: Properties) {
  const looked = glance.value;
  const running = looked?.state === "running";
  const begin = () => {
    const isChanged = Object.keys(one.policy).length > 0;
    const others = profiles.filter(({ name }) => isChanged || name !== one.profile);
    look(one, changed(one.profile, one.policy).policy, others, others.map(({ name }) => shipped(name)));
  };
  return (
    <section class="glance" aria-labelledby="glance">
      <h4 id="glance">All profiles at a glance</h4>
      <p class="quiet">How many differences of each kind there are between one policy and every profile, over every situation. It takes about a minute, and each row is there as soon as it is found.</p>
      <p>
        {running
          ? <button type="button" onClick={() => { stopLooking(); say("It was stopped. What was found stays."); }}>Stop</button>
          : <button type="button" onClick={begin}>Compare {one.title} with every profile</button>}
      </p>
      {looked !== null && <Found looked={looked} choose={choose} />}
    </section>
  );
}

function Found({ looked, choose }: { looked: Looked } & Pick<Properties, "choose">) {
  const { one, others, counts, state } = looked;
  useEffect(() => { if (state === "complete") say(`${one.title} is compared with ${others.length} profiles.`); }, [state]);
  return (
    <>
      {state === "running" && (
        <p class="progress">
          <label for="glance-progress">Compared with {counts.length} of {others.length} profiles</label>{" "}
          <progress id="glance-progress" value={counts.length} max={others.length} />
        </p>
      )}
      {state === "cancelled" && <p class="quiet">Stopped: {counts.length} of {others.length} profiles were compared.</p>}
      {typeof state === "object" && <p class="failed">It could not be compared: {state.failed}.</p>}
      {counts.length > 0 && (
        <table role="table">
          <caption>Differences from {one.title}; <b>=</b> where there is none. Choose a profile to list them.</caption>
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">Profile</th>
              {COLUMNS.map((kind) => <th scope="col" role="columnheader" key={kind} title={KINDS[kind]}>{HEADS[kind]}</th>)}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {counts.map((row, at) => {
              const other = others[at];
              return other && <Row key={other.name} title={other.title} counts={row} choose={() => choose(one, other.name)} />;
            })}
          </tbody>
        </table>
      )}
    </>
  );
}

function Row({ title, counts, choose }: { title: string; counts: Readonly<Record<Kind, number>>; choose: () => void }) {
  const all = COLUMNS.reduce((sum, kind) => sum + counts[kind], 0);
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        {all === 0 ? title : <button type="button" class="link" onClick={choose}>{title}</button>}
        <small> {all === 0 ? "decides every request alike" : counted(all, "difference", "differences")}</small>
      </th>
      {COLUMNS.map((kind) => (
        <td role="cell" key={kind} data-title={HEADS[kind]} data-much={much(counts[kind])}>{counts[kind] === 0 ? "=" : counts[kind]}</td>
      ))}
    </tr>
  );
}

/** For the depth of the colour, which the number says, too. */
function much(count: number): "none" | "few" | "some" | "many" {
  if (count === 0) return "none";
  return count < 10 ? "few" : count < 40 ? "some" : "many";
}
