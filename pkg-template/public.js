// What every entry point exports, beside its own ready().
export { Client, GrantwiseError, Policy, form, location, version } from "./api.js";
export { configuration, knobs, profiles, rules } from "./catalogue.js";
