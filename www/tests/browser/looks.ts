import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./page.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The rules on which a colour has a say. */
const COLOURS = ["color-contrast", "link-in-text-block"];

/** How a page can look. In the dark only colours are others, so only what is about colours is looked at again. */
const LOOKS = [
  { name: "light", colorScheme: "light", width: 1280, only: null },
  { name: "dark", colorScheme: "dark", width: 1280, only: COLOURS },
  { name: "phone", colorScheme: "light", width: 360, only: null },
] as const;

/** Brings the page, or a part of it, into a state and looks at it in every look, loaded once. */
export async function axeFindsNothing(page: Page, open: () => Promise<void>, part?: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize({ width: 1280, height: 800 });
  await open();
  const found = [];
  for (const { name, colorScheme, width, only } of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 800 });
    // In the page itself, which has no frames, and not over a second page for the sum; and what is right is not told,
    // two megabytes of which would travel.
    const axe = new AxeBuilder({ page }).setLegacyMode(true).options({
      resultTypes: ["violations"],
      runOnly: only ? { type: "rule", values: [...only] } : { type: "tag", values: TAGS },
    });
    const { violations } = await (part === undefined ? axe : axe.include(part)).analyze();
    for (const { id, nodes } of violations) {
      for (const { target, failureSummary } of nodes.slice(0, 3)) found.push(`${name}: ${id}, ${target}: ${failureSummary}`);
    }
  }
  expect(found).toEqual([]);
}
