// What every entry point exports, beside its own ready().
export { GrantwiseError, Policy, configuration, form, knobs, location, profiles, rules, version } from "./api.js";
