// The explorer in Cloudflare Workers.
import module from "./grantwise_explore_bg.wasm";
import { bind } from "./explore_api.js";

bind(module);

export { diff, explain, explore, suggest } from "./explore_api.js";
export { equivalent, noLostRefreshTokens, noNewRefreshTokens, noNewScreens } from "./explore_api.js";
export const ready = async () => {};
