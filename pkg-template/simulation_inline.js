// The simulation inside JavaScript, ready on import. The build derives simulation_inline.cjs from this file.
import { bytes } from "./grantwise_simulation_bytes.js";
import { bind } from "./simulation_api.js";

bind(new WebAssembly.Module(bytes()));

export { Simulation } from "./simulation_api.js";
export const ready = async () => {};
