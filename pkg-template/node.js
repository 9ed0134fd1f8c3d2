// Node, ESM: the same instance as for CommonJS, so that an `instanceof` holds across both.
import api from "./node.cjs";

export const {
  GrantwiseError, Policy, atHash, cHash, configuration, form, knobs, location, profiles, ready, rules, tokenResponse,
  version,
} = api;
