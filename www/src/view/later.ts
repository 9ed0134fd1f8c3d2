import { signal } from "@preact/signals";
import { h, type ComponentType } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { loadCatalogue } from "../engine/catalogue.ts";
import { loadSoon } from "./soon.ts";
import styles from "../style/later.css?url";

type Parts = typeof import("./parts.ts");

/** The parts of the page that no first answer needs. They come after it, together with the catalogue. */
const parts = signal<Parts | null>(null);

/** They did not come, as when the network went away before they were asked for. */
const failed = signal(false);

export async function load(): Promise<Parts> {
  const [loaded] = await Promise.all([import("./parts.ts"), loadCatalogue(), loadStyles(), loadSoon()]);
  parts.value = loaded;
  return loaded;
}

/** The same for who cannot wait for it. A panel that is open says so when nothing came. */
export function fetchAhead(): void {
  load().catch(() => { failed.value = true; });
}

let styled: Promise<void> | null = null;

/** A link by hand: the bundler's own helper is larger than what it helps with. */
function loadStyles(): Promise<void> {
  return (styled ??= new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = styles;
    // Without its styles a panel still works.
    link.onload = link.onerror = () => done();
    document.head.append(link);
  }));
}

type Panel = { [N in keyof Parts]: Parts[N] extends ComponentType ? N : never }[keyof Parts];

/** A part, as soon as it is there; it is fetched at once when it is wanted now. */
export function Later({ part, wanted = true }: { part: Panel; wanted?: boolean }) {
  useLayoutEffect(() => {
    if (wanted && parts.value === null) fetchAhead();
  }, [wanted]);
  if (parts.value === null) {
    return wanted && failed.value ? h("p", { class: "failure" }, "This part could not be loaded. Reload the page.") : null;
  }
  return h(parts.value[part] as ComponentType, null);
}
