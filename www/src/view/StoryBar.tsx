import { STORIES } from "../story.ts";
import { write } from "../state/fragment.ts";
import { state } from "../state/store.ts";
import { kept, neighbour, numberOf, open, told } from "./stories.ts";
import { opened } from "./ui.ts";

/** The question that the page answers right now. */
export function StoryBar() {
  const story = kept.value;
  const fragment = write(state.value);
  return (
    <section class="story" aria-label="The story" data-focus=".steps button">
      <div>
        <p class="kicker">
          {story ? `Story ${numberOf(story)} of ${STORIES}: ${story.title}` : "Your own request"}
          {story && !told.value && <>, <b>changed</b>. <button type="button" class="link" onClick={() => open(story)}>Back to the story as it was</button></>}
        </p>
        <p class="asks">{story ? story.question : "What does the user see, what does the client get, and why?"}</p>
        {story?.turns && (
          <p class="turns">
            {story.turns.map((turn) => <button type="button" key={turn.title} aria-pressed={turn.fragment === fragment} onClick={() => open(story, turn.fragment)}>{turn.title}</button>)}
          </p>
        )}
      </div>
      <div class="steps">
        <button type="button" onClick={() => void neighbour(-1)} aria-keyshortcuts="[">Previous</button>
        <button type="button" onClick={() => void neighbour(1)} aria-keyshortcuts="]">Next story</button>
        <button type="button" onClick={() => { opened.gallery.value = true; }} aria-keyshortcuts="g">All {STORIES}</button>
      </div>
    </section>
  );
}
