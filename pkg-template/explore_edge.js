// The explorer in Vercel's edge runtime.
import module from "./grantwise_explore_bg.wasm?module";
import { bind } from "./explore_api.js";

bind(module);

export {
  diff, equivalent, explain, explore, noLostRefreshTokens, noNewRefreshTokens, noNewScreens, suggest,
} from "./explore_api.js";
export const ready = async () => {};
