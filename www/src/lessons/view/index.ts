import { loadCatalogue } from "../../engine/catalogue.ts";
import "../../style/panels.css";
import "../../timeline/style/timeline.css";
import "../../timeline/style/picture.css";
import "../../timeline/style/story.css";
import "../style/lessons.css";
import "../style/present.css";
import "../style/handout.css";

export { follow } from "../store.ts";
export { Lessons as View } from "./Lessons.tsx";

/** Sources of rules and names of settings are in the catalogue. */
export function ready(): Promise<unknown> {
  return loadCatalogue();
}
