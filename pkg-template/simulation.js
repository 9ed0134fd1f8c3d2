// The simulation in browsers: the .wasm file is fetched, so it is there after `await ready()`.
import load, * as engine from "./grantwise_simulation.js";
import { Simulation, bind } from "./simulation_api.js";

export { Simulation };

let loading = null;

/** @param source where the .wasm file comes from; beside this file when absent. */
export function ready(source) {
  loading ??= start(source).catch((error) => {
    loading = null; // so that it can be tried again
    throw error;
  });
  return loading;
}

async function start(source) {
  await load(source === undefined ? undefined : { module_or_path: source });
  bind(engine);
}
