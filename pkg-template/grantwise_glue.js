// From a compiled module to the engine that the interface uses. Every entry point ends here.
export { bind } from "./api.js";
