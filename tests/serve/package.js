// The built package, where GRANTWISE_PACKAGE says or where it is built.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const FOLDER = process.env.GRANTWISE_PACKAGE ?? join(import.meta.dirname, "../../target/package");
const imported = (name) => import(pathToFileURL(join(FOLDER, name)));

export const { Policy, profiles } = await imported("node.js");
export const { createAdapter, memory, sql } = await imported("oidc-provider.js");
export const { Refused, Bounded, escape, sameOrigin, secret } = await imported("samples/http.mjs");
