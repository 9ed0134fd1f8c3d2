import { effect } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { Footer } from "../../view/Footer.tsx";
import { said } from "../../view/ui.ts";
import { ViewHead } from "../../view/ViewHead.tsx";
import { HOME, write } from "../place.ts";
import { leave, lesson, notes, place, refused } from "../store.ts";
import { Handout } from "./Handout.tsx";
import { keys } from "./keys.ts";
import { LessonPage } from "./LessonPage.tsx";
import { List } from "./List.tsx";
import { NotesWindow } from "./NotesWindow.tsx";
import { Present } from "./Present.tsx";
import { Problems } from "./Problems.tsx";

/** The lessons: for one alone, before a room, as the notes of whoever stands there, and on paper. */
export function Lessons() {
  useLayoutEffect(() => {
    addEventListener("keydown", keys, true);
    const named = effect(() => { document.title = `${lesson.value?.title ?? "Lessons"} · Grantwise`; });
    const mode = effect(() => { document.documentElement.dataset.lessons = place.value.mode; });
    return () => {
      removeEventListener("keydown", keys, true);
      named();
      mode();
      delete document.documentElement.dataset.lessons;
      leave();
    };
  }, []);
  return (
    <div class="lessons">
      <Shown />
      <p class="hidden" aria-live="polite" role="status" id="announcement">{said.value}</p>
    </div>
  );
}

function Shown() {
  const { mode, lesson: id, file } = place.value;
  const wanted = id !== null || file !== null;
  if (mode === "handout") return <Handout />;
  if (wanted && lesson.value !== null && mode === "present") return <Present />;
  if (wanted && lesson.value !== null && mode === "notes") return <NotesWindow />;
  return (
    <>
      <ViewHead here="lessons" claim="predict, see, change one thing" />
      <main>
        {notes.value.length > 0 && <div class="notes" role="note"><ul>{notes.value.map((one) => <li key={one}>{one}</li>)}</ul><button type="button" onClick={() => { notes.value = []; }}>Dismiss</button></div>}
        {refused.value.length > 0 && (
          <>
            <Problems problems={refused.value} what="This lesson cannot be shown:" />
            <p class="ls-buttons"><a href={`#${write(HOME)}`}>All lessons</a></p>
          </>
        )}
        {wanted ? lesson.value !== null && <LessonPage /> : <List />}
      </main>
      <Footer />
    </>
  );
}
