// The engine inside JavaScript, for bundlers that do not copy .wasm files. A third larger; ready on import.
import * as engine from "./grantwise.js";
import { bytes } from "./grantwise_bytes.js";
import { bind } from "./api.js";

engine.initSync({ module: bytes() });
bind(engine);

export * from "./public.js";
export const ready = async () => {};
