// Node, Deno and Bun, ESM without a bundler: the same instance as for CommonJS, so that an `instanceof` holds across
// both. By way of the default export, or else Node would search the CommonJS files for names.
import api from "./inline.cjs";

export const {
  Client, GrantwiseError, Policy, configuration, form, knobs, location, profiles, ready, rules, version,
} = api;
