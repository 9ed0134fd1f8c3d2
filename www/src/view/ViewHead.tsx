import { signal } from "@preact/signals";
import { say } from "./ui.ts";
import { appearance, nextTheme, toggleSize } from "./appearance.ts";

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

const VIEWS = { timeline: "Timeline", lessons: "Lessons" } as const;

interface Props {
  here: keyof typeof VIEWS;
  claim: string;
  /** The link to a request that says the same as this view, as far as it can; the opening one where there is none. */
  request?: string;
}

/** The head of a view that has the page to itself. */
export function ViewHead({ here, claim, request = "" }: Props) {
  return (
    <header class="top">
      <h1><span class="mark" aria-hidden="true"><i /><i /></span>Grantwise <span class="claim">{claim}</span></h1>
      <nav aria-label="The page">
        <a href={`#${request}`}>One request</a>
        {(["lessons", "timeline"] as const).map((view) => <a key={view} href={`#view=${view}`} aria-current={view === here ? "page" : undefined}>{VIEWS[view]}</a>)}
        <button type="button" onClick={copyLink}>{copied.value ? "✓ Copied" : "Copy link"}</button>
        <button type="button" onClick={nextTheme} aria-keyshortcuts="t">{THEMES[appearance.theme.value]}</button>
        <button type="button" onClick={toggleSize} aria-pressed={appearance.size.value === "large"} aria-keyshortcuts="p">Large type</button>
      </nav>
    </header>
  );
}
