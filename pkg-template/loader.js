// ready() of the browser entries: fetches the .wasm file once, from beside the glue or from where the caller says.
export function loader(load, bind) {
  let loading = null;
  const start = async (source) => {
    await load(source === undefined ? undefined : { module_or_path: source });
    bind();
  };
  return (source) => {
    loading ??= start(source).catch((error) => {
      loading = null; // so that it can be tried again
      throw error;
    });
    return loading;
  };
}
