import type { ComponentChildren } from "preact";
import { failed, inTimeline, view } from "./route.ts";

/** The timeline when the address asks for it, and what else there is otherwise. */
export function Page({ children }: { children: ComponentChildren }) {
  if (!inTimeline.value) return <>{children}</>;
  const Timeline = view.value;
  if (Timeline) return <Timeline />;
  if (failed.value === null) return null;
  return <p class="failure">The timeline could not be loaded. Reload the page, or go back. ({failed.value})</p>;
}
