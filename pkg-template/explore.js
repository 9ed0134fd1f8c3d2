// The explorer in browsers, which is there after `await ready()`.
import { bind } from "./explore_api.js";
import { loader } from "./loader.js";

export { diff, explain, explore, suggest } from "./explore_api.js";
export { equivalent, noLostRefreshTokens, noNewRefreshTokens, noNewScreens } from "./explore_api.js";
export const ready = /* @__PURE__ */ loader(bind, () => new URL("./grantwise_explore_bg.wasm", import.meta.url));
