// Browsers: the engine, which is there after `await ready()`, and the catalogue.
export * from "./public.js";
export { ready } from "./engine.js";
