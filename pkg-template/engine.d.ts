// The engine of pages: a policy decides authorization requests only, and the rules of a trace have their sources in
// `grantwise/catalogue`.
import type { Policy as Whole, ProfileName, Overrides } from "./index.js";

export type * from "./index.js";
export { Client, GrantwiseError, ready, version } from "./index.js";

/** A profile with overrides, for authorization requests. */
export type Policy = Pick<Whole, "name" | "settings" | "warnings" | "authorize" | "release">;
export declare const Policy: { profile(name: ProfileName, overrides?: Overrides): Policy };
