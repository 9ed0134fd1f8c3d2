import type { Policy } from "grantwise/engine";
import type { ExplanationFact, ExplanationSentence } from "grantwise/explore";
import { useEffect, useRef } from "preact/hooks";
import { policy, walked } from "../engine/decided.ts";
import { catalogue } from "../engine/catalogue.ts";
import type { Walk } from "../engine/walk.ts";
import { followTouch, isTouched, knobPlace, mark, placeOf, visit, type Place } from "./places.ts";
import { breaks } from "./breaks.tsx";
import { SourceLinks } from "./Sources.tsx";
import { WithExplorer } from "./Explorer.tsx";

type Explains = typeof import("grantwise/explore").explain;

/** Every sentence of the explanation, each linked to what on the page it rests on. */
export function WhyInFull() {
  useEffect(followTouch, []);
  return <WithExplorer>{({ explain }) => <Sentences sentences={explained(explain, policy.value.policy, walked.value)} />}</WithExplorer>;
}

/** Why each page came, and then why the answer is what it is. */
function explained(explain: Explains, by: Policy, { steps, decision }: Walk): ExplanationSentence[] {
  const pages = steps.flatMap((step) => explain(by, step.decision).sentences.filter(({ about }) => about === "outcome").map(before));
  return [...pages, ...explain(by, decision).sentences];
}

/** That a page was not answered yet goes without saying where it is told before its answer. */
function before(sentence: ExplanationSentence): ExplanationSentence {
  const reasons = sentence.facts.filter(({ decisive, belongs_to }) => decisive && belongs_to.group !== "now").map(({ says }) => says);
  return { ...sentence, because: reasons.length === 0 ? null : listed(reasons), facts: sentence.facts.filter(({ belongs_to }) => belongs_to.group !== "now") };
}

/** Words as a list in a sentence. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function Sentences({ sentences }: { sentences: readonly ExplanationSentence[] }) {
  return (
    <>
      <p class="quiet">Underlined is what decides it: point at it to see where it is set, choose it to go there. Point at a field above to see which sentences rest on it.</p>
      <ol class="sentences">{sentences.map((one, at) => {
        const before = sentences.findIndex(({ because }) => because === one.because);
        return <Sentence key={`${at} ${one.about} ${one.of}`} sentence={one} like={one.because !== null && before < at ? before + 1 : null} />;
      })}</ol>
    </>
  );
}

interface SentenceProperties {
  sentence: ExplanationSentence;
  /** The number of an earlier sentence that has the same reason. */
  like: number | null;
}

function Sentence({ sentence: { says, because, facts, knobs, rule, sources }, like }: SentenceProperties) {
  const linked = like === null ? pieces(because ?? "", facts) : [];
  const told = new Set(linked.map(({ fact }) => fact));
  const others = facts.filter((fact) => !told.has(fact));
  const isHere = (fact: ExplanationFact) => {
    const place = placeOf(fact.belongs_to);
    return place !== null && isTouched(place);
  };
  const decides = facts.some((fact) => (told.has(fact) || fact.decisive) && isHere(fact)) || knobs.some(({ knob, value }) => isTouched(knobPlace(knob, value)));
  const touched = decides || facts.some(isHere);
  const statement = catalogue.value?.rules.find(({ id }) => id === rule)?.statement;
  return (
    <li data-marked={decides ? "" : touched ? "also" : undefined}>
      <p class="says">
        <b>{because === null ? says : without(says)}</b>
        {like !== null && <>, for the same reason as {like}.</>}
        {because !== null && like === null && <>{says.includes(" because ") ? ", as" : " because"} {linked.map(({ text, fact }, at) => fact ? <Fact key={at} fact={fact} text={text} /> : <span key={at}>{text}</span>)}.</>}
        {touched && <span class="hidden"> (rests on what you point at)</span>}
      </p>
      {statement !== undefined && <p class="statement">{statement}</p>}
      {knobs.length > 0 && (
        <p class="rests">
          <span class="quiet">Policy: </span>
          {knobs.map(({ knob, value }) => (
            <Linked key={knob} place={knobPlace(knob, value)} class="knob-link"><code>{breaks(`${knob} = ${String(value)}`)}</code></Linked>
          ))}
        </p>
      )}
      <div class="foldings">
        {others.length > 0 && (
          <details>
            <summary>{counted(others.length, "fact", "facts")} that it {like === null ? "also needs" : "rests on"}</summary>
            <ul>{others.map((fact) => <li key={fact.name}><Fact fact={fact} text={fact.says} /></li>)}</ul>
          </details>
        )}
        {sources.length > 0 && (
          <details>
            <summary>{counted(sources.length, "source", "sources")}</summary>
            <p class="quiet"><SourceLinks sources={sources} /></p>
          </details>
        )}
      </div>
    </li>
  );
}

function without(says: string): string {
  return says.endsWith(".") ? says.slice(0, -1) : says;
}

export function counted(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}

function Fact({ fact, text }: { fact: ExplanationFact; text: string }) {
  const place = placeOf(fact.belongs_to);
  return place === null ? <span>{text}</span> : <Linked place={place}>{text}</Linked>;
}

interface LinkedProperties {
  place: Place;
  class?: string;
  children: preact.ComponentChildren;
}

/** Leads to where something is set. */
function Linked({ place, class: name = "", children }: LinkedProperties) {
  const over = useRef(false);
  const point = (on: boolean) => {
    over.current = on;
    mark("pointer", on ? place : null);
  };
  // No pointer leaves what is gone.
  useEffect(() => () => { if (over.current) mark("pointer", null); }, []);
  const go = (event: Event) => {
    event.preventDefault();
    point(false);
    mark("focus", null);
    visit(place);
  };
  return (
    // A button would be a block of its own, and the sentence would fall apart into lines.
    <span
      role="link"
      tabIndex={0}
      class={`leads ${name}`}
      onMouseEnter={() => point(true)}
      onMouseLeave={() => point(false)}
      onFocus={() => mark("focus", place)}
      onBlur={() => mark("focus", null)}
      onClick={go}
      onKeyDown={(event) => { if (event.key === "Enter") go(event); }}
    >
      {children}
    </span>
  );
}

interface Piece {
  text: string;
  fact: ExplanationFact | null;
}

/** The reason, in which the clauses of facts are told apart from what joins them. */
function pieces(because: string, facts: readonly ExplanationFact[]): Piece[] {
  const found = facts.map((fact) => ({ fact, at: because.indexOf(fact.says) })).filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at || other.fact.says.length - one.fact.says.length);
  const all: Piece[] = [];
  let end = 0;
  for (const { fact, at } of found) {
    if (at < end) continue;
    if (at > end) all.push({ text: because.slice(end, at), fact: null });
    end = at + fact.says.length;
    all.push({ text: fact.says, fact });
  }
  if (end < because.length) all.push({ text: because.slice(end), fact: null });
  return all;
}
