// ready() of the entries that load the engine later: once, from what the entry has or from where the caller says.
export function loader(bind, own) {
  let loading = null;
  const start = async (source) => bind(await compiled(await (source ?? own())));
  return (source) => {
    loading ??= start(source).catch((error) => {
      loading = null; // so that it can be tried again
      throw error;
    });
    return loading;
  };
}

/** Of a compiled module, bytes, a Response or a Blob, or an address to fetch. */
async function compiled(source) {
  // By what they can do, not by their class: they may come from another window.
  if (Object.prototype.toString.call(source) === "[object WebAssembly.Module]") return source;
  if (typeof source.byteLength === "number") return WebAssembly.compile(source);
  const answer = typeof source.arrayBuffer === "function" ? source : await fetch(source);
  if (answer.ok === false) throw new Error(`The engine is not there: ${answer.url} answers ${answer.status}`);
  // A server that does not know .wasm files names another type, with which the browser would not compile while it loads.
  const streamed = answer.headers?.get("content-type")?.startsWith("application/wasm") && WebAssembly.compileStreaming;
  return streamed ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer());
}
