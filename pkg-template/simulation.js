// The simulation in browsers, which is there after `await ready()`.
import { bind } from "./simulation_api.js";
import { loader } from "./loader.js";

export { Simulation } from "./simulation_api.js";
export const ready = /* @__PURE__ */ loader(bind, () => new URL("./grantwise_simulation_bg.wasm", import.meta.url));
