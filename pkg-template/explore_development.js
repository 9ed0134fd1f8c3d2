// The same while a page is developed; see web_development.js.
import { bytes } from "./grantwise_explore_bytes.js";
import { bind } from "./explore_api.js";
import { loader } from "./loader.js";

export { diff, explain, explore, suggest } from "./explore_api.js";
export { equivalent, noLostRefreshTokens, noNewRefreshTokens, noNewScreens } from "./explore_api.js";
export const ready = /* @__PURE__ */ loader(bind, bytes);
