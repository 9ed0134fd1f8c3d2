import { resolve } from "node:path";
import { defineConfig } from "vite";
import { offline } from "./offline.ts";

/** The built npm package, used as anybody would use it. Set by whoever builds it elsewhere. */
const grantwise = resolve(process.env.GRANTWISE_PACKAGE ?? "../target/package");

export default defineConfig({
  // Relative addresses: the folder works under any path of any file server.
  base: "./",
  resolve: { alias: { grantwise: resolve(grantwise, "web.js") } },
  build: {
    target: "es2022",
    outDir: process.env.GRANTWISE_SITE ?? "dist",
    emptyOutDir: true,
    // An inlined file would be a data: address, which the Content-Security-Policy does not allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { fs: { allow: ["..", grantwise] } },
  plugins: [offline()],
  test: { include: ["tests/unit/**/*.test.ts"] },
} as Parameters<typeof defineConfig>[0]);
