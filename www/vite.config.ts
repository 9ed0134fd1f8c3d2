import { resolve } from "node:path";
import { defineConfig } from "vite";
import { lessons } from "./build/lessons.ts";
import { offline } from "./build/offline.ts";
import { scenarios } from "./build/scenarios.ts";
import { FIRST } from "./src/story.ts";
import { summary } from "./build/summary.ts";

/** The built npm package, used as anybody would use it. Set by whoever builds it elsewhere. */
const grantwise = resolve(process.env.GRANTWISE_PACKAGE ?? "../target/package");

export default defineConfig({
  // Relative addresses: the folder works under any path of any file server.
  base: "./",
  // The engine first; the catalogue's tables, as large again, come after the first answer.
  resolve: { alias: [{ find: /^grantwise\/(engine|catalogue|simulation|explore)$/, replacement: `${grantwise}/$1.js` }] },
  build: {
    target: "es2022",
    outDir: process.env.GRANTWISE_SITE ?? "dist",
    emptyOutDir: true,
    // An inlined file would be a data: address, which the Content-Security-Policy does not allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What the first answer needs is one file: in many, each packs for itself, and the same words are packed again.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] } } },
  },
  // What is imported in it by `new URL` is a file of the site, too.
  worker: { format: "es" },
  server: { fs: { allow: ["..", grantwise] } },
  plugins: [summary(grantwise, new URLSearchParams(FIRST.fragment).get("profile") ?? ""), scenarios(grantwise, resolve("../tests/vectors/scenarios.jsonl")), lessons(resolve("lessons")), offline()],
  // A busy machine takes its time: a test fails by what it finds.
  test: { include: ["tests/unit/**/*.test.ts"], testTimeout: 120_000 },
} as Parameters<typeof defineConfig>[0]);
