// The simulation in Cloudflare Workers.
import module from "./grantwise_simulation_bg.wasm";
import { bind } from "./grantwise_simulation_glue.js";

bind(module);

export { Simulation } from "./simulation_api.js";
export const ready = async () => {};
