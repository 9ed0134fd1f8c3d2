// The engine of pages that show authorization requests: without the token endpoint, revocation and events, and without
// the catalogue's tables, which a page can import later from `grantwise/catalogue`. It is a fifth smaller.
import { bind } from "./api_page.js";
import { loader } from "./loader.js";

export { Client, GrantwiseError, Policy, form, location, version } from "./api_page.js";
export const ready = /* @__PURE__ */ loader(bind, () => new URL("./grantwise_page_bg.wasm", import.meta.url));
