import { useEffect, useState } from "preact/hooks";
import { LESSONS, loadLesson } from "../index.ts";
import type { Lesson } from "../lesson.ts";
import { HOME, write } from "../place.ts";
import { lesson, number, place, refused } from "../store.ts";
import { Problems } from "./Problems.tsx";
import { Cited } from "./Cited.tsx";
import { QrCode } from "./QrCode.tsx";
import { usePageFit } from "./page_fit.ts";
import { Situation } from "./Situation.tsx";

/** A page of paper for each lesson: what is asked, room to predict, and turned over what to take home. */
export function Handout() {
  const { lesson: id, file } = place.value;
  const one = id !== null || file !== null;
  const all = useAll(!one);
  const shown = one ? (lesson.value === null ? [] : [lesson.value]) : all;
  return (
    <div class="ls-handout">
      <nav class="ls-buttons" aria-label="The handout">
        <a href={one ? `#${write({ ...place.value, mode: "study" })}` : `#${write(HOME)}`}>{one ? "Back to the lesson" : "All lessons"}</a>
        <button type="button" class="primary" onClick={() => print()}>Print</button>
        <span class="quiet">{shown.length === 1 ? "One page of A4." : `${shown.length} pages of A4.`}</span>
      </nav>
      <main>
        <h1 class="hidden">{one ? "Handout" : "Handout of all lessons"}</h1>
        {refused.value.length > 0 && <Problems problems={refused.value} what="This lesson cannot be shown:" />}
        {shown.map((it) => <Sheet key={it.id} it={it} number={one ? number.value : LESSONS.findIndex((known) => known.id === it.id) + 1} file={file} />)}
      </main>
    </div>
  );
}

function Sheet({ it, number: its, file }: { it: Lesson; number: number; file: string | null }) {
  const link = new URL(`#${write({ ...HOME, lesson: file === null ? it.id : null, file })}`, location.href).href;
  const sheet = usePageFit(it);
  return (
    <article class="ls-sheet" ref={sheet} aria-labelledby={`sheet-${it.id}`}>
      <header>
        <div>
          <p class="kicker">{its > 0 ? `Lesson ${its}` : "A lesson"}: {it.title}</p>
          <h2 id={`sheet-${it.id}`}>{it.question}</h2>
        </div>
        <QrCode link={link} what={it.title} />
      </header>
      <p class="ls-story">{it.story}</p>
      <Situation shows={it.shows} />
      <section class="ls-boxes" aria-label="Predict">
        {it.predict.map(({ id, asks, choices }) => (
          <div key={id}>
            <h3>{asks}</h3>
            <ul>{choices.map(({ text }) => <li key={text}><span aria-hidden="true" class="ls-box" /> {text}</li>)}</ul>
          </div>
        ))}
      </section>
      <section class="ls-answer" aria-label="What happens">
        <h3>What happens</h3>
        <p>{it.reveal}</p>
        <p class="quiet">{it.reason}</p>
      </section>
      <section class="ls-task" aria-label="Change one thing">
        <h3>Change one thing</h3>
        <p>{it.change.goal}</p>
      </section>
      <p class="ls-take">{it.remember}</p>
      <footer>
        <Cited sources={it.sources} />
        <p class="ls-link">{link.length < 200 ? link : "The link is long: it carries the whole lesson. Take it from the page."}</p>
      </footer>
    </article>
  );
}

/** Every lesson, once all of them are there. */
function useAll(wanted: boolean): readonly Lesson[] {
  const [all, setAll] = useState<readonly Lesson[]>([]);
  useEffect(() => {
    if (!wanted) return;
    let stays = true;
    void Promise.all(LESSONS.map(({ id }) => loadLesson(id))).then((found) => { if (stays) setAll(found.filter((it) => it !== null)); });
    return () => { stays = false; };
  }, [wanted]);
  return all;
}
