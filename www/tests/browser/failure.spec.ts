import { expect, test } from "./page.ts";

test("where the engine fails, no old answer stands under a new name", async ({ playground, page, complaints }) => {
  await page.addInitScript(() => {
    const fault = { on: false };
    Object.assign(globalThis, { fault });
    const { Instance } = WebAssembly;
    const authorize = 4; // the operation's number on the boundary
    WebAssembly.Instance = function failing(...given: ConstructorParameters<typeof Instance>) {
      const { exports } = new Instance(...given);
      const call = exports["call"] as (operation: number, ...rest: unknown[]) => unknown;
      const failing_ = (operation: number, ...rest: unknown[]) => {
        if (operation === authorize && fault.on) throw new WebAssembly.RuntimeError("unreachable");
        return call(operation, ...rest);
      };
      return { exports: { ...exports, call: failing_ } };
    } as unknown as typeof Instance;
  });
  await playground.open();
  const fails = (on: boolean) => page.evaluate((now) => { (globalThis as unknown as { fault: { on: boolean } }).fault.on = now; }, on);
  await fails(true);
  await playground.choice("Kind of client").selectOption("native app");
  const failed = page.getByRole("alert");
  await expect(failed).toContainText("This could not be decided");
  await expect(failed).toContainText("The engine of Grantwise stopped.");
  await expect(failed.getByRole("textbox", { name: /Send it as a report/ })).toHaveValue(/#profile=google-2011.*client=native/);
  await expect(page.getByRole("heading", { name: "This could not be decided" })).toBeFocused();
  await expect(playground.answer).toHaveCount(0);
  await expect(page).toHaveTitle("No answer · Grantwise");
  await fails(false);
  await page.getByRole("button", { name: "Back to what was before" }).click();
  await expect(playground.answer).toContainText("Alice sees no screen.");
  await fails(true);
  await page.goForward();
  await expect(failed).toBeVisible();
  await fails(false);
  await page.getByRole("link", { name: "Begin anew" }).click();
  await expect(playground.answer).toContainText("Alice sees no screen.");
  await expect(page).toHaveTitle(/^No screen/);
  expect(complaints.splice(0)).toEqual([]);
});

test("the focus stays where a button took itself away", async ({ playground, page }) => {
  await playground.open();
  await page.locator(".profiles").getByRole("button", { name: "AOL, 2012" }).press("Enter");
  await expect(page.locator(".here")).toHaveText(/AOL, 2012/);
  await expect(page.locator(".here")).toBeFocused();

  await page.getByText("What would one more parameter change?").click();
  await page.locator(".one-more button").first().press("Enter");
  await expect(page.locator("#one-more")).toBeFocused();

  await page.getByText("change it", { exact: true }).click();
  await page.getByLabel("Find a question").fill("code_lifetime");
  await page.getByLabel("Find a question").fill("access_token_lifetime_s");
  await page.getByLabel("How long an access token lives.").fill("600");
  await page.locator(".settings").getByRole("button", { name: "Reset" }).press("Enter");
  await expect(page.getByLabel("How long an access token lives.")).toBeFocused();

  await page.getByLabel("How long an access token lives.").fill("600");
  await page.locator(".changes").getByRole("button", { name: "Reset" }).press("Enter");
  await expect(playground.choice("Policy")).toBeFocused();

  await playground.follow("scope=openid&client_secret=hunter2");
  await page.getByRole("button", { name: "Dismiss" }).press("Enter");
  await expect(playground.url).toBeFocused();
});

test("a setting that is put back is changed no more", async ({ playground, page }) => {
  await playground.open("scope=openid+profile+offline_access&grant=openid+profile");
  const link = await playground.fragment();
  await page.getByText("change it", { exact: true }).click();
  await page.getByLabel("Find a question").fill("offline_without_consent");
  const knob = page.locator("#setting-offline_without_consent");
  const own = await knob.locator("input:checked").getAttribute("id");
  await knob.getByLabel(/the screen appears where consent for it is missing/).check();
  await expect(page.locator(".changes")).toContainText("One setting changed");
  await knob.locator(`#${own}`).check();
  await expect(page.locator(".changes")).toHaveCount(0);
  await expect(knob).not.toContainText("✎ changed");
  expect(await playground.fragment()).toBe(link);
  // Also where a link says it.
  await playground.follow(`policy.offline_without_consent=${(own ?? "").replace("knob-offline_without_consent-", "")}&${link}`);
  await expect(page.locator(".changes")).toHaveCount(0);
});
