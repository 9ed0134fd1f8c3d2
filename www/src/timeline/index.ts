import { ready } from "grantwise/simulation";
import { follow } from "./store.ts";
import "../style/panels.css";
import "./style/timeline.css";
import "./style/picture.css";
import "./style/story.css";

export { Timeline } from "./Timeline.tsx";

/** Loads the simulation's engine and reads the address. */
export async function start(): Promise<void> {
  await ready();
  follow();
  addEventListener("popstate", follow);
}
