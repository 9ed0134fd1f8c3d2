// The explorer in Cloudflare Workers.
import module from "./grantwise_explore_bg.wasm";
import { bind } from "./explore_api.js";

bind(module);

export { explain } from "./explore_api.js";
export const ready = async () => {};
