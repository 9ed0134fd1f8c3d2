import type { Page } from "@playwright/test";
import { axeFindsNothing } from "./looks.ts";
import { expect, test, type Playground } from "./page.ts";

const STATES: readonly { name: string; fragment: string; part?: string; act?: (playground: Playground, page: Page) => Promise<void> }[] = [
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
      await page.getByText("The whole decision as JSON").click();
    },
  },
  {
    name: "every question of the settings",
    fragment: "profile=aol&policy.refresh_token_without_offline=false&scope=openid+profile",
    part: ".settings",
    act: async (_playground, page) => {
      await page.getByText("change it", { exact: true }).click();
      await page.getByLabel("Find a question").waitFor();
      for (const group of await page.locator(".settings details.group > summary").all()) await group.click();
    },
  },
  { name: "keys", fragment: "", act: (playground) => playground.button("Keys") },
  { name: "stories", fragment: "", act: (playground) => playground.button("Stories") },
  { name: "copy", fragment: "", act: (playground) => playground.button("Copy") },
  { name: "pointed at a parameter", fragment: "", act: (playground) => playground.chip("access_type").focus() },
];

for (const state of STATES) {
  test(`axe finds nothing: ${state.name}`, async ({ playground, page }) => {
    // Eighty questions take their time.
    test.slow();
    await axeFindsNothing(page, async () => {
      await playground.open(state.fragment);
      await expect(page.locator(".profiles tbody tr").first()).toBeVisible();
      await state.act?.(playground, page);
    }, state.part);
  });
}
