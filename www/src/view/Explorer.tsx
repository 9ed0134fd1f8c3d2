import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { explorer, explorerFailed, loadExplorer } from "../engine/explorer.ts";

type Loaded = NonNullable<typeof explorer.value>;

/** What needs the explorer, as soon as it is there. */
export function WithExplorer({ children }: { children: (explorer: Loaded) => ComponentChildren }) {
  useEffect(loadExplorer, []);
  if (explorer.value !== null) return <>{children(explorer.value)}</>;
  if (!explorerFailed.value) return <p class="quiet awaited">The explorer is on its way: an engine that knows every request there is.</p>;
  return (
    <p class="awaited">
      The explorer could not be loaded. <button type="button" onClick={loadExplorer}>Try again</button>
    </p>
  );
}
