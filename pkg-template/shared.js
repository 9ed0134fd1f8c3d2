// Deno and Bun, ESM without a bundler: the same instance as for CommonJS, so that an `instanceof` holds across both. By
// way of the default export, for the names of the CommonJS files are hidden.
import api from "./inline.cjs";

export const {
  Client, GrantwiseError, Policy, atHash, cHash, configuration, form, knobs, location, profiles, ready, rules,
  tokenResponse, version,
} = api;
