export type * from "./index.js";
export { GrantwiseError, Policy, form, location, ready, version } from "./index.js";
