// The simulation in Cloudflare Workers.
import module from "./grantwise_simulation_bg.wasm";
import { bind } from "./simulation_api.js";

bind(module);

export { Simulation } from "./simulation_api.js";
export const ready = async () => {};
