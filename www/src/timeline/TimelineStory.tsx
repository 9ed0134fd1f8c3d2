import { scenarios } from "virtual:scenarios";
import { OWN } from "./model.ts";
import { scenario, timeline } from "./store.ts";
import { galleryOpen, neighbour } from "./stories.ts";

/** Which story is told, and the question it answers. */
export function TimelineStory() {
  const { title, question, name } = scenario.value;
  const number = scenarios.findIndex((one) => one.name === name) + 1;
  const own = timeline.value.steps !== null || timeline.value.client !== null || timeline.value.signed_in !== null || Object.keys(timeline.value.policy).length > 0;
  const kicker = name === OWN ? title : own ? `Your own, begun from scenario ${number}: ${title}` : `Scenario ${number} of ${scenarios.length}: ${title}`;
  return (
    <section class="story" aria-label="The scenario">
      <div>
        <p class="kicker">{kicker}</p>
        <p class="asks">{own && name !== OWN ? "What happens now, step by step?" : question}</p>
      </div>
      <div class="steps">
        <button type="button" onClick={() => neighbour(-1)} aria-keyshortcuts="[">Previous</button>
        <button type="button" onClick={() => neighbour(1)} aria-keyshortcuts="]">Next scenario</button>
        <button type="button" aria-haspopup="dialog" onClick={() => { galleryOpen.value = true; }}>All {scenarios.length}</button>
      </div>
    </section>
  );
}
