import "../style/panels.css";
import "./style/timeline.css";
import "./style/picture.css";
import "./style/story.css";

export { ready } from "grantwise/simulation";
export { onwards } from "./carry.ts";
export { follow } from "./store.ts";
export { Timeline as View } from "./Timeline.tsx";
