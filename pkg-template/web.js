// Browsers: the engine, which is there after `await ready()`, and the catalogue. Until then a call throws a
// GrantwiseError with the code `not_ready`.
import { bind } from "./api.js";
import { loader } from "./loader.js";

export * from "./public.js";
export const ready = /* @__PURE__ */ loader(bind, () => new URL("./grantwise_bg.wasm", import.meta.url));
