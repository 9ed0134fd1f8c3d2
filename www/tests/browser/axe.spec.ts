import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test, type Playground } from "./page.ts";

const STATES: readonly { name: string; fragment: string; act?: (playground: Playground, page: Page) => Promise<void> }[] = [
  { name: "no screen", fragment: "" },
  { name: "sign-in and consent", fragment: "scope=openid+profile+email+offline_access&prompt=login+consent&grant=openid+profile" },
  { name: "sign-in alone", fragment: "scope=openid&session=none&login=failed" },
  { name: "choice of account", fragment: "scope=openid&prompt=select_account&session.accounts=2&account=none_chosen" },
  { name: "error page", fragment: "scope=openid&client.known=false" },
  { name: "refused, with notes", fragment: "scope=openid&max_age=soon&client_secret=x&what=ever&request.hd=x" },
  { name: "form post", fragment: "scope=openid+profile&response_mode=form_post" },
  {
    name: "every panel open",
    fragment: "profile=aol&policy.refresh_token_without_offline=false&scope=openid+profile",
    act: async (_playground, page) => {
      for (const summary of ["as a form", "more of them", "change it"]) await page.getByText(summary, { exact: true }).click();
      await page.getByLabel("Find a question").waitFor();
      for (const group of await page.locator(".settings details.group > summary").all()) await group.click();
      await page.getByText("The whole decision as JSON").click();
    },
  },
  { name: "keys", fragment: "", act: (playground) => playground.button("Keys") },
  { name: "stories", fragment: "", act: (playground) => playground.button("Stories") },
  { name: "copy", fragment: "", act: (playground) => playground.button("Copy") },
  { name: "pointed at a parameter", fragment: "", act: (playground) => playground.chip("access_type").focus() },
];

const LOOKS = [
  { name: "light", colorScheme: "light", width: 1280 },
  { name: "dark", colorScheme: "dark", width: 1280 },
  { name: "phone", colorScheme: "light", width: 360 },
] as const;

for (const look of LOOKS) {
  for (const state of STATES) {
    test(`axe finds nothing: ${state.name}, ${look.name}`, async ({ playground, page }) => {
      // Eighty questions take their time.
      test.slow();
      await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width: look.width, height: 800 });
      await playground.open(state.fragment);
      await state.act?.(playground, page);
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
        .analyze();
      expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ target, failureSummary }) => `${target} ${failureSummary}`) }))).toEqual([]);
    });
  }
}
