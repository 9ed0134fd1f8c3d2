// The same while a page is developed: servers such as Vite's move this file away from the .wasm file beside it.
import { bytes } from "./grantwise_bytes.js";
import { bind } from "./api.js";
import { loader } from "./loader.js";

export * from "./public.js";
export const ready = /* @__PURE__ */ loader(bind, bytes);
