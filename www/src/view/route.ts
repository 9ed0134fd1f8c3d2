import { signal } from "@preact/signals";
import type { FunctionComponent } from "preact";

/** A view that has the page to itself, and comes when somebody wants it. */
interface View {
  /** What it needs before it is drawn, as an engine of its own. */
  ready(): Promise<unknown>;
  /** Takes over the address. */
  follow(): void;
  View: FunctionComponent;
}

/** By what a link calls them: `view=timeline`. Imported from here only, so that nothing of them is in the first load. */
const VIEWS = {
  timeline: (): Promise<View> => import("../timeline/index.ts"),
  lessons: (): Promise<View> => import("../lessons/view/index.ts"),
};
type Name = keyof typeof VIEWS;

/** The view that an address asks for; null for a decision. */
function named(hash: string): Name | null {
  const [, name = ""] = /^#?view=(\w+)(&|$)/.exec(hash) ?? [];
  return Object.hasOwn(VIEWS, name) ? name as Name : null;
}

/** Which view is shown instead of a decision. */
export const elsewhere = signal<Name | null>(named(location.hash));

/** Those that are there. */
export const views = signal<Readonly<Partial<Record<Name, View>>>>({});
export const failed = signal<string | null>(null);

const loading = new Set<Name>();

/** Looks at the address. True when it is for another view, which then takes it over. */
export function route(): boolean {
  const name = elsewhere.value = named(location.hash);
  if (name === null) return false;
  const there = views.value[name];
  if (there) there.follow();
  else if (!loading.has(name)) {
    loading.add(name);
    failed.value = null;
    VIEWS[name]().then(async (view) => {
      await view.ready();
      if (elsewhere.value === name) view.follow();
      views.value = { ...views.value, [name]: view };
    }).catch((error) => {
      failed.value = String(error);
    }).finally(() => loading.delete(name));
  }
  return true;
}
