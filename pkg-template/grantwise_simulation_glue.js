// From a compiled module to the engine that the simulation uses.
export { bind } from "./simulation_api.js";
