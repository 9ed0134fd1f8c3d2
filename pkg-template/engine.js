// The engine of pages that show authorization requests: it sends no answers, and is without the token endpoint,
// revocation and events, and without the catalogue's tables, which a page can import later from `grantwise/catalogue`.
import { bind } from "./api_page.js";
import { loader } from "./loader.js";

export { Client, GrantwiseError, Policy, version } from "./api_page.js";
export const ready = /* @__PURE__ */ loader(bind, () => new URL("./grantwise_page_bg.wasm", import.meta.url));
