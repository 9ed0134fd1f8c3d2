import { ready } from "grantwise/engine";
import { effect } from "@preact/signals";
import { render } from "preact";
import { walked } from "./engine/decided.ts";
import { loadCatalogue } from "./engine/catalogue.ts";
import { follow, state } from "./state/store.ts";
import { App } from "./view/App.tsx";
import { loadSoon } from "./view/soon.ts";
import { listen } from "./view/keyboard.ts";
import { keepFocus } from "./view/focus.ts";
import { fetchAhead } from "./view/later.ts";
import { Page } from "./view/Page.tsx";
import { elsewhere, route } from "./view/route.ts";
import { line } from "./words/sentence.ts";
import "./style/index.css";

const place = document.getElementById("page") as HTMLElement;

void start();

/** Not awaited by the module itself: what comes later shares a file with it, and would wait for it in turn. */
async function start(): Promise<void> {
  try {
    // A link with changed settings needs the catalogue to read them, and one to a story its words. What is only read is
    // no reason to show nothing.
    const linked = location.hash.length > 1;
    await Promise.all([ready(), linked ? loadSoon().catch(() => undefined) : undefined, Object.keys(state.value.policy).length > 0 ? loadCatalogue() : undefined]);
    const go = () => route() || follow();
    go();
    addEventListener("popstate", go);
    render(<Page><App /></Page>, place);
    listen();
    keepFocus();
    afterwards();
    effect(() => {
      if (elsewhere.value !== null) return;
      try {
        const { screens, result } = line(walked.value);
        document.title = `${screens}, ${result} · Grantwise`;
      } catch {
        // The page itself says what failed.
        document.title = "No answer · Grantwise";
      }
    });
  } catch (error) {
    const note = document.createElement("p");
    note.className = "failure";
    note.textContent = `The engine could not be started, so there is nothing to show. Reload the page; if that does not help, the browser may be too old for WebAssembly. (${String(error)})`;
    place.replaceChildren(note);
  }
}

/** What no first answer needs is fetched while nothing else happens, and is there when a panel opens. */
function afterwards(): void {
  const soon = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 200));
  soon(fetchAhead);
}

// Keeps the page for the time without a network. A page from a plain folder goes without.
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  navigator.serviceWorker.register("./worker.js").catch(() => undefined);
}
