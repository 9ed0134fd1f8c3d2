import { signal } from "@preact/signals";

type Explorer = typeof import("grantwise/explore");

/** The engine that knows all situations, once it is there. It is larger than the page, and comes when it is asked for. */
export const explorer = signal<Explorer | null>(null);

/** It did not come. */
export const explorerFailed = signal(false);

let loading = false;

export function loadExplorer(): void {
  if (explorer.value !== null || loading) return;
  loading = true;
  explorerFailed.value = false;
  fetched().then(
    (module) => { explorer.value = module; },
    () => { explorerFailed.value = true; },
  ).finally(() => { loading = false; });
}

async function fetched(): Promise<Explorer> {
  const module = await import("grantwise/explore");
  await module.ready();
  return module;
}
