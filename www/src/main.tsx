import { ready } from "grantwise";
import { render } from "preact";
import { follow } from "./state/store.ts";
import { App } from "./view/App.tsx";
import { listen } from "./view/keyboard.ts";
import "./style/index.css";

const place = document.getElementById("page") as HTMLElement;

try {
  await ready();
  follow();
  addEventListener("popstate", follow);
  render(<App />, place);
  listen();
} catch (error) {
  const note = document.createElement("p");
  note.className = "failure";
  note.textContent = `The engine could not be started, so there is nothing to show. Reload the page; if that does not help, the browser may be too old for WebAssembly. (${String(error)})`;
  place.replaceChildren(note);
}

// Keeps the page for the time without a network. A page from a plain folder goes without.
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  navigator.serviceWorker.register("./worker.js").catch(() => undefined);
}
