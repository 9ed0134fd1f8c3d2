// The engine inside JavaScript, ready on import: for Node, Deno and Bun, and for bundlers that do not copy .wasm files.
// The build derives inline.cjs from this file.
import { bytes } from "./grantwise_bytes.js";
import { bind } from "./api.js";

bind(new WebAssembly.Module(bytes()));

export * from "./public.js";
export const ready = async () => {};
