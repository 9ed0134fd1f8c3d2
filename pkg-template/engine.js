// Browsers, without the catalogue's tables, which are as large as the engine: a page that wants them later imports
// `grantwise/catalogue`. The .wasm file is fetched, so the engine is there after `await ready()`. Until then a call
// throws a GrantwiseError with the code `not_ready`.
import load, * as engine from "./grantwise.js";
import { bind } from "./api.js";

export { GrantwiseError, Policy, form, location, version } from "./api.js";

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
