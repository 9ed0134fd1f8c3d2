import api from "./node.cjs";
export const {
  Client, GrantwiseError, Policy, atHash, cHash, configuration, form, knobs, location, profiles, ready, rules,
  tokenResponse, version,
} = api;
