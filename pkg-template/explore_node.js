// The explorer in Node, Deno and Bun, ESM without a bundler: the same instance as for CommonJS.
import api from "./explore_inline.cjs";

export const {
  diff, equivalent, explain, explore, noLostRefreshTokens, noNewRefreshTokens, noNewScreens, ready, suggest,
} = api;
