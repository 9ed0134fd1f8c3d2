// Cloudflare Workers: the runtime compiles the .wasm file and hands it over as a module.
import module from "./grantwise_bg.wasm";
import * as engine from "./grantwise.js";
import { bind } from "./api.js";

engine.initSync({ module });
bind(engine);

export * from "./public.js";
export const ready = async () => {};
