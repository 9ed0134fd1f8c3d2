import { breaks } from "../view/breaks.tsx";
import { Sources } from "../view/Sources.tsx";
import { sayWithResult } from "../view/ui.ts";
import { profileTitle } from "./profiles.ts";
import { differ, happened } from "./happened.ts";
import type { Entry } from "./run.ts";
import { current, goTo, runs, setSteps, steps, timeline } from "./store.ts";
import { kindWord, resultWords, screensWords, stepWords } from "./words.ts";

/** Every step with what came of it; the current one with all there is to say. */
export function StepList() {
  const at = current.value;
  const both = runs.value.length > 1;
  if (steps.value.length === 0) return <p class="tl-empty">No steps yet. Add the first one below: usually the client asks for access.</p>;
  return (
    <section class="tl-story" data-focus=".tl-here button, li button" aria-labelledby="story-title">
      <h2 id="story-title">Step by step</h2>
      <ol>
        {steps.value.map((step, index) => {
          const entries = runs.value.flatMap((run) => run.entries[index] ?? []);
          const apart = entries[0] && entries[1] ? differ(entries[0], entries[1]) : false;
          const here = index + 1 === at;
          return (
            <li key={index} class={here ? "tl-here" : undefined} onKeyDown={(event) => { if (timeline.value.steps !== null) moveByKey(event, index); }}>
              <p class="tl-what">
                <button type="button" class="link" aria-current={here ? "step" : undefined} aria-keyshortcuts={timeline.value.steps === null ? undefined : "Alt+ArrowUp Alt+ArrowDown"} onClick={() => goTo(index + 1)}>
                  <span class="tl-number">{index + 1}</span> {breaks(stepWords(step))}
                </button>
                {apart && <b class="tl-differs">≠ differs</b>}
                {timeline.value.steps !== null && (
                  <span class="tl-edit">
                    <button type="button" id={`tl-up-${index}`} aria-label={`Move step ${index + 1} up`} aria-disabled={index === 0} onClick={() => move(index, -1)}>↑</button>
                    <button type="button" id={`tl-down-${index}`} aria-label={`Move step ${index + 1} down`} aria-disabled={index === steps.value.length - 1} onClick={() => move(index, 1)}>↓</button>
                    <button type="button" aria-label={`Remove step ${index + 1}`} onClick={() => setSteps(steps.value.filter((_, one) => one !== index), at > index ? Math.max(0, at - 1) : at)}>Remove</button>
                  </span>
                )}
              </p>
              <div class={both ? "tl-came tl-both" : "tl-came"}>
                {entries.map((entry, which) => <Came key={which} entry={entry} title={both ? profileTitle(runs.value[which]?.profile ?? "aol") : null} full={here} />)}
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** A step of one's own goes before or behind its neighbour, and the focus and what is looked at go with it. */
function move(index: number, by: 1 | -1): void {
  const step = steps.value[index];
  const to = index + by;
  if (step === undefined || to < 0 || to >= steps.value.length) return;
  setSteps(steps.value.toSpliced(index, 1).toSpliced(to, 0, step), to + 1);
  sayWithResult(`Step ${index + 1} is now step ${to + 1}.`);
  requestAnimationFrame(() => document.getElementById(`tl-${by < 0 ? "up" : "down"}-${to}`)?.focus());
}

/** The same by Alt and an arrow. */
function moveByKey(event: KeyboardEvent, index: number): void {
  if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  event.preventDefault();
  move(index, event.key === "ArrowUp" ? -1 : 1);
}

/** What came of a step under one profile. */
function Came({ entry, title, full }: { entry: Entry; title: string | null; full: boolean }) {
  const { shape, word, tone } = resultWords(entry);
  return (
    <div>
      <p>
        {title !== null && <small class="tl-under">{title}</small>}
        <b class={`tl-result tl-${tone}`}><span aria-hidden="true">{shape} </span>{word}</b>{" "}
        {full || entry.moment === null ? happened(entry) : <span class="quiet">{short(entry)}</span>}
      </p>
      {full && entry.moment && <Detail entry={entry} />}
    </div>
  );
}

/** A line for a step that is not looked at. */
function short({ moment, step }: Entry): string {
  if (moment === null) return "";
  return [
    ...(step.action === "authorize" ? [screensWords(moment.screens)] : []),
    ...(moment.issued.length > 0 ? [`issues ${moment.issued.join(", ")}`] : []),
    ...(moment.ended.length > 0 ? [`ends ${moment.ended.join(", ")}`] : []),
  ].join("; ");
}

function Detail({ entry: { moment, lives, step } }: { entry: Entry }) {
  if (moment === null) return null;
  const life = (name: string) => lives.find((one) => one.name === name);
  const ignored = moment.decision && "ignored" in moment.decision ? moment.decision.ignored : [];
  const trace = moment.decision?.trace ?? [];
  return (
    <>
      <dl>
        {step.action === "authorize" && <div><dt>The user sees</dt><dd>{screensWords(moment.screens)}{offline(moment.consent)}</dd></div>}
        {ignored.length > 0 && <div><dt>Set aside</dt><dd>{ignored.map(({ param, value, sentence }) => <span class="tl-token" key={param + value}><code>{param}={value}</code> {sentence}</span>)}</dd></div>}
        {moment.issued.length > 0 && <div><dt>Issued</dt><dd>{moment.issued.map((name) => <span class="tl-token" key={name}><b>{name}</b> {kindWord(life(name)?.kind ?? "code")}</span>)}</dd></div>}
        {moment.ended.map((name) => <div key={name}><dt>{name} ended</dt><dd>{life(name)?.because}</dd></div>)}
      </dl>
      {trace.length > 0 && (
        <ol class="trace">
          {trace.map(({ rule, statement, strength, sources }) => (
            <li key={rule}>
              <p>{statement} <b class={`strength ${strength.toLowerCase()}`}>{strength === "vendor" ? "vendor's way" : strength}</b></p>
              <div class="quiet"><Sources sources={sources} /></div>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

function offline(consent: { offline_access: boolean } | null): string {
  return consent?.offline_access ? ", which says that the app works while the user is away" : "";
}
