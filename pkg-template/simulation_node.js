// The simulation in Node, Deno and Bun, ESM without a bundler: the same instance as for CommonJS.
import api from "./simulation_inline.cjs";

export const { Simulation, ready } = api;
