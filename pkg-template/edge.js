// Vercel's edge runtime: the same, and the address says that the module is wanted.
import module from "./grantwise_bg.wasm?module";
import { bind } from "./api.js";

bind(module);

export * from "./public.js";
export const ready = async () => {};
