// The engine of pages that show authorization requests: without the token endpoint, revocation and events, and without
// the catalogue's tables, which a page can import later from `grantwise/catalogue`. It is a fifth smaller.
import load, * as engine from "./grantwise_page.js";
import { bind } from "./api.js";
import { loader } from "./loader.js";

export { GrantwiseError, Policy, form, location, version } from "./api.js";
export const ready = loader(load, () => bind(engine));
