/** The engines of the page, from the built package. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ready } from "grantwise/engine";
import { ready as readySimulation } from "grantwise/simulation";
import { vi } from "vitest";

/** A busy machine takes its time, and no test here says how much. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

export async function loadEngines(): Promise<void> {
  const folder = resolve(process.env.GRANTWISE_PACKAGE ?? "../target/package");
  await ready(readFileSync(join(folder, "grantwise_page_bg.wasm")));
  await readySimulation(readFileSync(join(folder, "grantwise_simulation_bg.wasm")));
}
