import type { Life } from "grantwise/simulation";
import { breaks } from "../view/breaks.tsx";
import { profileTitle } from "./profiles.ts";
import type { Run } from "./run.ts";
import { current, runs } from "./store.ts";
import { bindingWords, brief, capital, ENDINGS, kindWord, sinceStart } from "./words.ts";

const RANK: readonly Life["kind"][] = ["refresh_token", "access_token", "code", "id_token"];

/** The picture as a table: everything that was issued, as it stands after the current step. */
export function Lives({ run }: { run: Run }) {
  const at = current.value;
  const entry = run.entries[at - 1];
  const lives = [...(entry?.lives ?? [])].sort((one, two) => RANK.indexOf(one.kind) - RANK.indexOf(two.kind));
  const now = entry?.at ?? run.start;
  const of = runs.value.length > 1 ? `, ${profileTitle(run.profile)}` : "";
  return (
    <section class="tl-lives" aria-label={`Tokens${of}`}>
      <h2>{at === 0 ? "Before the first step" : `After step ${at}`}</h2>
      <p class="quiet">{entry ? capital(sinceStart(run.start, now)) : "No time has passed"}. {session(entry ? entry.session : run.session, now)}</p>
      {lives.length === 0 ? <p class="quiet">Nothing has been issued.</p> : (
        <table>
          <caption class="hidden">What was issued, as it stands after step {at}{of}</caption>
          <thead><tr><th scope="col">Token</th><th scope="col">State</th><th scope="col">Why, and how long</th></tr></thead>
          <tbody>
            {lives.map((life) => (
              <tr key={life.name} class={entry?.moment && (entry.moment.issued.includes(life.name) || entry.moment.ended.includes(life.name)) ? "tl-touched" : undefined}>
                <th scope="row"><b>{life.name}</b> <small>{kindWord(life.kind)}</small><small class="tl-scope">{breaks(life.scope || "no scope")}</small></th>
                <td data-title="State"><Status life={life} /></td>
                <td data-title="Why">{reason(life, now)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Status({ life }: { life: Life }) {
  if (life.status === "active") return life.kind === "id_token" ? <span>◆ issued</span> : <b class="tl-alive"><span aria-hidden="true">● </span>alive</b>;
  const { shape, word } = ENDINGS[life.status];
  return <span class={`tl-end-${life.status}`}><span aria-hidden="true">{shape} </span>{word}</span>;
}

function reason(life: Life, now: number): string {
  if (life.because !== null && life.status !== "active") return life.because;
  const words = [
    bindingWords(life.binding, life.kind),
    life.expires_at === null ? "" : life.expires_at > now ? `${brief(life.expires_at - now)} left` : "its time is over",
  ].filter((one) => one !== "");
  return capital(words.join(", ")) || "For one exchange";
}

function session(open: Run["session"], now: number): string {
  if (open === null) return "Nobody is signed in.";
  const left = open.expires_at === null ? "" : `, ${brief(open.expires_at - now)} of the session left`;
  return `${capital(open.sub)} is signed in${left}.`;
}
