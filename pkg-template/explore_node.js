// The explorer in Node, Deno and Bun, ESM without a bundler: the same instance as for CommonJS.
import api from "./explore_inline.cjs";

export const { explain, ready } = api;
