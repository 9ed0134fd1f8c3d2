// The same while a page is developed; see web_development.js.
import { bytes } from "./grantwise_simulation_bytes.js";
import { bind } from "./simulation_api.js";
import { loader } from "./loader.js";

export { Simulation } from "./simulation_api.js";
export const ready = /* @__PURE__ */ loader(bind, bytes);
