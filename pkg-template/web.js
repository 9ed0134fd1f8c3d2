// Browsers: the .wasm file is fetched, so the engine is there after `await ready()`. Until then a call throws
// a GrantwiseError with the code `not_ready`, and the tables (`profiles`, `knobs`, `configuration`, `rules`)
// are empty; ready() fills and freezes these same arrays.
import load, * as engine from "./grantwise.js";
import { bind } from "./api.js";

export * from "./public.js";

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
