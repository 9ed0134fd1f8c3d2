import { GALLERY, storyOf } from "../gallery.ts";
import { write } from "../state/fragment.ts";
import { state } from "../state/store.ts";
import { neighbour, visited } from "./stories.ts";
import { opened } from "./ui.ts";

/** The question that the page answers right now. */
export function StoryBar() {
  const story = storyOf(write(state.value));
  const last = visited.value;
  const number = last ? GALLERY.indexOf(last) + 1 : 0;
  return (
    <section class="story" aria-label="The story">
      <div>
        <p class="kicker">
          {story ? `Story ${number} of ${GALLERY.length}: ${story.title}` : last ? `Your own, begun from story ${number}: ${last.title}` : "Your own request"}
        </p>
        <p class="asks">{story ? story.question : "What does the user see, what does the client get, and why?"}</p>
      </div>
      <div class="steps">
        <button type="button" onClick={() => neighbour(-1)} aria-keyshortcuts="[">Previous</button>
        <button type="button" onClick={() => neighbour(1)} aria-keyshortcuts="]">Next story</button>
        <button type="button" onClick={() => { opened.gallery.value = true; }} aria-keyshortcuts="g">All {GALLERY.length}</button>
      </div>
    </section>
  );
}
