export { configuration, knobs, profiles, rules } from "./index.js";
