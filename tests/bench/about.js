// What the figures were measured on, and with.

import { existsSync, readFileSync } from "node:fs";
import { arch, cpus, platform, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LENGTHS, PROFILE, fingerprint } from "./inputs.js";

const PEERS = ["oidc-provider", "@cedar-policy/cedar-wasm", "casbin", "@casl/ability"];

export function about({ package: folder, inputs, rounds, clock, peers }) {
  const { version } = json(join(folder, "package.json"));
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memory_gb: Math.round(totalmem() / 2 ** 30),
    platform: `${platform()} ${arch()}`,
    node: process.versions.node,
    v8: process.versions.v8,
    clock,
    rounds,
    inputs: inputs.authorize.length,
    lengths: LENGTHS,
    profile: PROFILE,
    fingerprint: fingerprint(inputs.authorize),
    versions: { grantwise: version, ...(peers ? Object.fromEntries(PEERS.map((name) => [name, versionOf(name)])) : {}) },
  };
}

function versionOf(name) {
  const file = fileURLToPath(new URL(`node_modules/${name}/package.json`, import.meta.url));
  return existsSync(file) ? json(file).version : "none";
}

function json(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
