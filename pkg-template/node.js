// Node, ESM without a bundler: the same instance as for CommonJS, so that an `instanceof` holds across both. It is
// required, because Node searches a CommonJS file that is imported for names, and starts what searches it.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

export const {
  Client, GrantwiseError, Policy, atHash, cHash, configuration, form, knobs, location, profiles, ready, rules,
  tokenResponse, version,
} = require("./node.cjs");
