import type { Page } from "@playwright/test";
import { axeFindsNothing } from "./looks.ts";
import { expect, test } from "./page.ts";

const STATES: readonly { name: string; fragment: string; act?: (page: Page) => Promise<void> }[] = [
  { name: "the opening scenario", fragment: "view=timeline" },
  { name: "in the middle", fragment: "view=timeline&scenario=stolen&step=4" },
  { name: "before the first step", fragment: "view=timeline&scenario=no-sliding&step=0" },
  { name: "two profiles", fragment: "view=timeline&scenario=stolen&with=oauth2&step=4" },
  { name: "nothing yet", fragment: "view=timeline&scenario=own" },
  { name: "own steps, with notes", fragment: "view=timeline&scenario=own&code=abc&do=authorize?scope=openid&do=exchange?code=CODE1&do=refresh?refresh_token=RT9&do=advance_clock?seconds=7776000" },
  { name: "the gallery", fragment: "view=timeline", act: (page) => page.getByRole("button", { name: "All 33" }).click() },
];

for (const state of STATES) {
  test(`axe finds nothing in the timeline: ${state.name}`, async ({ page, complaints: _ }) => {
    test.slow();
    await axeFindsNothing(page, async () => {
      await page.goto(`./#${state.fragment}`);
      // What stands below the picture comes after it.
      await expect(page.locator(".tl-builder")).toBeVisible();
      await state.act?.(page);
    });
  });
}
