// What every entry point exports, beside its own ready().
export { Client, GrantwiseError, Policy, form, location, tokenResponse, version } from "./api.js";
export { atHash, cHash } from "./hashes.js";
export { configuration, knobs, profiles, rules } from "./catalogue.js";
