// The same while a page is developed; see web_development.js.
import { bytes } from "./grantwise_page_bytes.js";
import { bind } from "./api_page.js";
import { loader } from "./loader.js";

export { Client, GrantwiseError, Policy, version } from "./api_page.js";
export const ready = /* @__PURE__ */ loader(bind, bytes);
