// What the server to look at has of the built package.
import { imported } from "../built_package.js";

export const { Policy, profiles } = await imported("node.js");
export const { createAdapter, memory, sql } = await imported("oidc-provider.js");
export const { Refused, Bounded, escape, sameOrigin, secret } = await imported("samples/http.mjs");
