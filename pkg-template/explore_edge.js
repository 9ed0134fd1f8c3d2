// The explorer in Vercel's edge runtime.
import module from "./grantwise_explore_bg.wasm?module";
import { bind } from "./explore_api.js";

bind(module);

export { diff, explain, explore, suggest } from "./explore_api.js";
export { equivalent, noLostRefreshTokens, noNewRefreshTokens, noNewScreens } from "./explore_api.js";
export const ready = async () => {};
