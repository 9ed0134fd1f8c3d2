import { signal } from "@preact/signals";
import { profiles } from "virtual:summary";
import { changeCircumstances, changeProfile, change, state } from "../state/store.ts";
import { nextTheme, toggleSize } from "./appearance.ts";
import { neighbour } from "./stories.ts";
import { FIRST_FIELD, goTo, opened, reveal } from "./ui.ts";

export interface Key {
  key: string;
  what: string;
  run: () => void;
}

/** Every key of the page. None works while somebody types. */
export const KEYS: readonly Key[] = [
  { key: "?", what: "list the keys", run: () => { opened.keys.value = true; } },
  { key: "/", what: "edit the request", run: () => goTo(FIRST_FIELD, "nearest") },
  { key: "f", what: "edit the request as a form", run: () => reveal("form", "form-summary") },
  { key: "m", what: "more circumstances", run: () => reveal("more", "more-summary") },
  { key: "s", what: "change the settings of the policy", run: () => reveal("policy", "policy-summary") },
  { key: "j", what: "next profile", run: () => profile(1) },
  { key: "k", what: "previous profile", run: () => profile(-1) },
  { key: "y", what: "the person approves", run: () => changeCircumstances({ consent: "approved", "consent.scope": "" }) },
  { key: "n", what: "the person refuses", run: () => changeCircumstances({ consent: "denied", "consent.scope": "" }) },
  { key: "a", what: "to the answer", run: () => goTo("answer-sentence", "nearest") },
  { key: "o", what: "what one more parameter would change", run: () => reveal("more_parameters", "one-more") },
  { key: "w", what: "why, in full", run: () => reveal("why", "why-summary") },
  { key: "x", what: "what would change it", run: () => reveal("change", "change-summary") },
  { key: "d", what: "where two policies differ", run: () => reveal("differ", "differ-summary") },
  { key: "e", what: "every profile", run: () => goTo("profiles") },
  { key: "g", what: "the stories", run: () => { opened.gallery.value = true; } },
  { key: "]", what: "next story", run: () => neighbour(1) },
  { key: "[", what: "previous story", run: () => neighbour(-1) },
  { key: "c", what: "copy", run: () => document.getElementById("copy-menu")?.togglePopover() },
  { key: "r", what: "reset the changed settings", run: () => change({ ...state.value, policy: {} }) },
  { key: "p", what: "large type, for a projector", run: toggleSize },
  { key: "t", what: "next theme", run: nextTheme },
];

const STORED = "grantwise.keys";

/** Single keys can be in the way of a voice control, so they can be turned off. */
export const keysOn = signal(stored());

function stored(): boolean {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true;
  }
}

export function turnKeys(on: boolean): void {
  keysOn.value = on;
  try {
    if (on) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, "off");
  } catch {
    // It holds until the page is closed.
  }
}

export function listen(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (!keysOn.value || typing(event.target) || document.querySelector("dialog[open]")) return;
    const found = KEYS.find(({ key }) => key === event.key);
    if (!found) return;
    event.preventDefault();
    found.run();
  });
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
}

/** In the order of the select. */
function profile(step: 1 | -1): void {
  const names = [...profiles].sort((one, two) => one.title.localeCompare(two.title, "en")).map(({ name }) => name);
  const next = names[(names.indexOf(state.value.profile) + step + names.length) % names.length];
  if (next) changeProfile(next);
}
