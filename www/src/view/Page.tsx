import type { ComponentChildren } from "preact";
import { Boundary } from "./Boundary.tsx";
import { elsewhere, failed, views } from "./route.ts";

/** The view that the address asks for, and what else there is otherwise. */
export function Page({ children }: { children: ComponentChildren }) {
  const name = elsewhere.value;
  if (name === null) return <Boundary key="request">{children}</Boundary>;
  const there = views.value[name];
  if (there) return <Boundary key={name}><there.View /></Boundary>;
  if (failed.value === null) return null;
  return <p class="failure">The {name} could not be loaded. Reload the page, or go back. ({failed.value})</p>;
}
