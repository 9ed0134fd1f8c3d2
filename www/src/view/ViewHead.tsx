import { signal } from "@preact/signals";
import { say } from "../view/ui.ts";
import { appearance, nextTheme, toggleSize } from "../view/appearance.ts";

const THEMES = { system: "System theme", light: "Light theme", dark: "Dark theme" } as const;

/** Said and shown: where a copy goes cannot be seen. */
const copied = signal(false);

async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    copied.value = true;
    setTimeout(() => { copied.value = false; }, 2000);
    say("The link is copied.");
  } catch {
    say("The browser does not let this page copy. The link is the address of the page.");
  }
}

export function Head() {
  return (
    <header class="top">
      <h1><span class="mark" aria-hidden="true"><i /><i /></span>Grantwise <span class="claim">what lives, what ends, and why</span></h1>
      <nav aria-label="The page">
        <a href="#">One request</a>
        <a href="#view=lessons">Lessons</a>
        <a href="#view=timeline" aria-current="page">Timeline</a>
        <button type="button" onClick={copyLink}>{copied.value ? "✓ Copied" : "Copy link"}</button>
        <button type="button" onClick={nextTheme} aria-keyshortcuts="t">{THEMES[appearance.theme.value]}</button>
        <button type="button" onClick={toggleSize} aria-pressed={appearance.size.value === "large"} aria-keyshortcuts="p">Large type</button>
      </nav>
    </header>
  );
}
