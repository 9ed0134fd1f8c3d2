// The explorer inside JavaScript, ready on import. The build derives explore_inline.cjs from this file.
import { bytes } from "./grantwise_explore_bytes.js";
import { bind } from "./explore_api.js";

bind(new WebAssembly.Module(bytes()));

export { diff, explain, explore, suggest } from "./explore_api.js";
export { equivalent, noLostRefreshTokens, noNewRefreshTokens, noNewScreens } from "./explore_api.js";
export const ready = async () => {};
