import { signal } from "@preact/signals";
import { profiles } from "virtual:summary";
import { changeCircumstances, changeProfile, change, state } from "../state/store.ts";
import { nextTheme, toggleSize } from "./appearance.ts";
import { neighbour } from "./stories.ts";
import { FIRST_FIELD, goTo, opened, reveal } from "./ui.ts";

export interface Key {
  key: string;
  run: () => void;
}

/** Every key of the page; what they do is told in their list (Keys.tsx). None works while somebody types. */
export const KEYS: readonly Key[] = [
  { key: "?", run: () => { opened.keys.value = true; } },
  { key: "/", run: () => goTo(FIRST_FIELD, "nearest") },
  { key: "f", run: () => reveal("form", "form-summary") },
  { key: "m", run: () => reveal("more", "more-summary") },
  { key: "s", run: () => reveal("policy", "policy-summary") },
  { key: "j", run: () => profile(1) },
  { key: "k", run: () => profile(-1) },
  { key: "y", run: () => changeCircumstances({ consent: "approved", "consent.scope": "" }) },
  { key: "n", run: () => changeCircumstances({ consent: "denied", "consent.scope": "" }) },
  { key: "a", run: () => goTo("answer-sentence", "nearest") },
  { key: "o", run: () => reveal("more_parameters", "one-more") },
  { key: "w", run: () => reveal("why", "why-summary") },
  { key: "x", run: () => reveal("change", "change-summary") },
  { key: "d", run: () => reveal("differ", "differ-summary") },
  { key: "e", run: () => goTo("profiles") },
  { key: "g", run: () => { opened.gallery.value = true; } },
  { key: "]", run: () => void neighbour(1) },
  { key: "[", run: () => void neighbour(-1) },
  { key: "c", run: () => document.getElementById("copy-menu")?.togglePopover() },
  { key: "r", run: () => change({ ...state.value, policy: {} }) },
  { key: "p", run: toggleSize },
  { key: "t", run: nextTheme },
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
