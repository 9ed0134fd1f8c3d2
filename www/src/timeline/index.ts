import "../style/panels.css";
import "./style/timeline.css";
import "./style/picture.css";
import "./style/story.css";

import { ready as simulation } from "grantwise/simulation";
import { foresee } from "./store.ts";

export { onwards } from "./carry.ts";
export { follow } from "./store.ts";
export { Timeline as View } from "./Timeline.tsx";

export async function ready(): Promise<void> {
  await simulation();
  await foresee();
}
