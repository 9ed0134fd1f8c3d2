import { scenarios } from "virtual:scenarios";
import { Dialog } from "../view/Dialog.tsx";
import { profileTitle } from "./profiles.ts";
import { openScenario, timeline } from "./store.ts";
import { galleryOpen } from "./stories.ts";

/** Every scenario, by what it is about. */
export function Gallery() {
  const groups = [...new Set(scenarios.map(({ group }) => group))];
  return (
    <Dialog open={galleryOpen} title="Scenarios" class="wide">
      {groups.map((group) => (
        <section key={group} class="tl-group">
          <h3>{group}</h3>
          <ul class="gallery">
            {scenarios.filter((one) => one.group === group).map(({ name, title, question, profile }) => (
              <li key={name}>
                <button
                  type="button"
                  aria-current={timeline.value.scenario === name ? "true" : undefined}
                  onClick={() => {
                    openScenario(name);
                    galleryOpen.value = false;
                  }}
                >
                  <b>{title}</b>
                  <span>{question}</span>
                  <small>{profileTitle(profile)}</small>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Dialog>
  );
}
