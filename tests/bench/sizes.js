// How large the package's engines are, as a server would send them.

import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { entry } from "./entry.js";

/** Bytes of every .wasm file, and of the main entry's, compressed as well as gzip can. */
export function sizes(folder) {
  const wasm = readdirSync(folder).filter((name) => name.endsWith(".wasm")).sort().map((name) => {
    const bytes = readFileSync(join(folder, name));
    return { file: name, bytes: bytes.length, gzip_bytes: gzipSync(bytes, { level: 9 }).length, brotli_bytes: brotliCompressSync(bytes).length };
  });
  const main = basename(entry(folder, "import", "./grantwise.wasm"));
  return { wasm_gzip_bytes: wasm.find(({ file }) => file === main).gzip_bytes, wasm };
}
