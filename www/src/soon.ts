// One file, so that one request brings what the opening does without and any other decision may need at once: the
// words of the stories and the profiles, and the screens.
import "./style/drawn.css";

export { GALLERY } from "./gallery.ts";
export { DrawnScreen } from "./view/DrawnScreen.tsx";
export { characters } from "virtual:characters";
