// samples/workers.mjs in workerd: bundled as a deployment bundles it, with what the platform binds to it.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { Log, LogLevel, Miniflare } from "miniflare";
import { PASSWORD, samples } from "./support.js";

export const ISSUER = "https://as.example";
export const CALLBACK = "https://notes.example/cb";

export async function startWorker({ profile } = {}) {
  const place = samples();
  const outfile = join(place, "bundle", "worker.mjs");
  await build({
    entryPoints: [join(place, "workers.mjs")], bundle: true, format: "esm", outfile, external: ["cloudflare:*", "node:*"],
    conditions: ["workerd", "worker", "browser"], loader: { ".wasm": "copy" }, assetNames: "[name]", logLevel: "error",
  });
  const worker = new Miniflare({
    modules: true, scriptPath: outfile, modulesRoot: join(place, "bundle"), modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }, { type: "ESModule", include: ["**/*.mjs"] }],
    compatibilityDate: "2026-07-01", compatibilityFlags: ["global_fetch_strictly_public"], kvNamespaces: ["OAUTH_KV"], log: new Log(LogLevel.ERROR),
    bindings: { ISSUER, ALICE_PASSWORD: PASSWORD, ...(profile ? { PROFILE: profile } : {}) },
    ratelimits: { SIGN_INS: { namespace_id: "1", simple: { limit: 10, period: 60 } } },
  });
  await worker.ready;
  return { worker, remove: async () => { await worker.dispose(); rmSync(place, { recursive: true }); } };
}
