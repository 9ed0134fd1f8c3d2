import { signal } from "@preact/signals";
import { say } from "./ui.ts";

export type Theme = "system" | "light" | "dark";

const root = document.documentElement;

/** Kept on this device only, and not in the link: it is about the reader, not about the decision. */
export const appearance = {
  theme: signal<Theme>((root.dataset.theme as Theme | undefined) ?? "system"),
  size: signal<"normal" | "large">(root.dataset.size === "large" ? "large" : "normal"),
};

function keep(name: "theme" | "size", value: string, usual: string): void {
  if (value === usual) delete root.dataset[name];
  else root.dataset[name] = value;
  try {
    if (value === usual) localStorage.removeItem(`grantwise.${name}`);
    else localStorage.setItem(`grantwise.${name}`, value);
  } catch {
    // Storage is forbidden: it holds until the page is closed.
  }
}

export function nextTheme(): void {
  const order: readonly Theme[] = ["system", "light", "dark"];
  const next = order[(order.indexOf(appearance.theme.value) + 1) % order.length] as Theme;
  appearance.theme.value = next;
  keep("theme", next, "system");
  say(`Theme: ${next}.`);
}

export function toggleSize(): void {
  const next = appearance.size.value === "large" ? "normal" : "large";
  appearance.size.value = next;
  keep("size", next, "normal");
  say(next === "large" ? "Large type." : "Normal type.");
}
