import type { ComponentChildren } from "preact";
import { Boundary } from "../view/Boundary.tsx";
import { failed, inTimeline, view } from "./route.ts";

/** The timeline when the address asks for it, and what else there is otherwise. */
export function Page({ children }: { children: ComponentChildren }) {
  if (!inTimeline.value) return <Boundary key="request">{children}</Boundary>;
  const Timeline = view.value;
  if (Timeline) return <Boundary key="timeline"><Timeline /></Boundary>;
  if (failed.value === null) return null;
  return <p class="failure">The timeline could not be loaded. Reload the page, or go back. ({failed.value})</p>;
}
