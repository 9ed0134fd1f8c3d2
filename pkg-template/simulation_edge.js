// The simulation in Vercel's edge runtime.
import module from "./grantwise_simulation_bg.wasm?module";
import { bind } from "./simulation_api.js";

bind(module);

export { Simulation } from "./simulation_api.js";
export const ready = async () => {};
