// The explorer in Cloudflare Workers.
import module from "./grantwise_explore_bg.wasm";
import { bind } from "./explore_api.js";

bind(module);

export {
  diff, equivalent, explain, explore, noLostRefreshTokens, noNewRefreshTokens, noNewScreens, suggest,
} from "./explore_api.js";
export const ready = async () => {};
