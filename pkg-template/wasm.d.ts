/** A compiled `WebAssembly.Module`, where a bundler or a runtime gives one; with others the address or the bytes. */
declare const engine: object;
export default engine;
