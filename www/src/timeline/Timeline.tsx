import { effect } from "@preact/signals";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { Footer } from "../view/Footer.tsx";
import { said, say } from "../view/ui.ts";
import { Builder } from "./Builder.tsx";
import { Gallery } from "./Gallery.tsx";
import { ViewHead } from "../view/ViewHead.tsx";
import { KeyList } from "./KeyList.tsx";
import { Legend } from "./Legend.tsx";
import { Lives } from "./Lives.tsx";
import { Now } from "./Now.tsx";
import { Picture } from "./Picture.tsx";
import { Stepper } from "./Stepper.tsx";
import { StepList } from "./StepList.tsx";
import { TimelineNotes } from "./TimelineNotes.tsx";
import { TimelineStory } from "./TimelineStory.tsx";
import { World } from "./World.tsx";
import { asRequest } from "./carry.ts";
import { happened } from "./happened.ts";
import { keys } from "./keys.ts";
import { profileTitle } from "./profiles.ts";
import { play } from "./stories.ts";
import { current, runs, scenario, steps } from "./store.ts";


/** A story in time: what is issued, what ends, when and why. */
export function Timeline() {
  // With the first picture, so that no key is lost.
  useLayoutEffect(() => {
    addEventListener("keydown", keys, true);
    const named = effect(() => { document.title = `${scenario.value.title} · Grantwise`; });
    const told = announce();
    return () => {
      removeEventListener("keydown", keys, true);
      named();
      told();
      play(false);
    };
  }, []);
  // The picture first, and what stands below it with the next one.
  const [pictured, setPictured] = useState(false);
  useEffect(() => setPictured(true), []);
  const both = runs.value.length > 1;
  const empty = steps.value.length === 0;
  return (
    <div class="timeline">
      <ViewHead here="timeline" claim="what lives, what ends, and why" request={asRequest()} />
      <main>
        <TimelineStory />
        <section class="question" aria-label="The world" data-focus="select">
          <TimelineNotes />
          <World />
        </section>
        {!empty && <Stepper />}
        {!empty && (
          <div class={both ? "tl-runs tl-two" : "tl-runs"}>
            {runs.value.map((run, index) => (
              <section key={index} aria-labelledby={`run-${index}`}>
                <h2 id={`run-${index}`} class={both ? undefined : "hidden"}>{profileTitle(run.profile)}</h2>
                <Now run={run} other={runs.value[1 - index] ?? null} />
                <Picture run={run} index={index} />
              </section>
            ))}
          </div>
        )}
        {pictured && <Below />}
      </main>
      <Footer />
      <p class="hidden" aria-live="polite" role="status" id="announcement">{said.value}</p>
    </div>
  );
}

/** The same in tables and in words, and where one goes on from here. */
function Below() {
  const both = runs.value.length > 1;
  const empty = steps.value.length === 0;
  return (
    <>
      {!empty && <Legend />}
      {both && !empty && <div class="tl-runs tl-two tl-tables">{runs.value.map((run, index) => <Lives key={index} run={run} />)}</div>}
      <div class={both || empty ? "tl-below" : "tl-below tl-halves"}>
        <div>
          <StepList />
          <Builder />
        </div>
        {!both && !empty && runs.value[0] && <Lives run={runs.value[0]} />}
      </div>
      <KeyList />
      <Gallery />
    </>
  );
}

/** Tells a screen reader each step, once the person stays on it. */
function announce(): () => void {
  let rest: ReturnType<typeof setTimeout> | undefined;
  let first = true;
  const stop = effect(() => {
    const at = current.value;
    const total = steps.value.length;
    const words = runs.value.map((run) => {
      const entry = run.entries[at - 1];
      const name = runs.value.length > 1 ? `${profileTitle(run.profile)}: ` : "";
      return entry ? `${name}${happened(entry)}` : "";
    });
    if (first) {
      first = false;
      return;
    }
    clearTimeout(rest);
    const text = total === 0 ? "No steps." : at === 0 ? "Before the first step." : `Step ${at} of ${total}. ${words.join(" ")}`;
    rest = setTimeout(() => say(text), 250);
  });
  return () => {
    clearTimeout(rest);
    stop();
  };
}
