// Cloudflare Workers: the runtime compiles the .wasm file and hands it over as a module.
import module from "./grantwise_bg.wasm";
import { bind } from "./api.js";

bind(module);

export * from "./public.js";
export const ready = async () => {};
