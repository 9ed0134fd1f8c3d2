// The explorer in browsers, which is there after `await ready()`.
import { bind } from "./explore_api.js";
import { loader } from "./loader.js";

export {
  diff, equivalent, explain, explore, noLostRefreshTokens, noNewRefreshTokens, noNewScreens, suggest,
} from "./explore_api.js";
export const ready = /* @__PURE__ */ loader(bind, () => new URL("./grantwise_explore_bg.wasm", import.meta.url));
