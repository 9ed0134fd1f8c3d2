import { appearance, nextTheme, toggleSize } from "./appearance.ts";
import { CopyMenu } from "./CopyMenu.tsx";
import { opened } from "./ui.ts";

const THEMES = { system: "System theme", light: "Light theme", dark: "Dark theme" } as const;

export function Header() {
  return (
    <header class="top">
      <h1><span class="mark" aria-hidden="true"><i /><i /></span>Grantwise <span class="claim">which screens, which tokens, and why</span></h1>
      <nav aria-label="The page">
        <button type="button" onClick={() => { opened.gallery.value = true; }} aria-keyshortcuts="g">Stories</button>
        <a href="#view=lessons">Lessons</a>
        <a href="#view=timeline">Timeline</a>
        <CopyMenu />
        <button type="button" onClick={nextTheme} aria-keyshortcuts="t">{THEMES[appearance.theme.value]}</button>
        <button type="button" onClick={toggleSize} aria-pressed={appearance.size.value === "large"} aria-keyshortcuts="p">Large type</button>
        <button type="button" onClick={() => { opened.keys.value = true; }} aria-keyshortcuts="?">Keys</button>
      </nav>
    </header>
  );
}
