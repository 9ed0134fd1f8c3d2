import { expect, test } from "./page.ts";

test("a profile is chosen by its title, and says what it is known for", async ({ playground, page }) => {
  await playground.open();
  await playground.choice("Policy").selectOption("AOL, 2012");
  await expect(page.locator(".character")).toHaveText("Every code gives a refresh token, and it ends with the session unless offline_access was granted.");
  await expect(playground.answer).toContainText("a refresh token that ends with the session");
  await expect(playground.choice("Policy").locator("option")).toHaveCount(35);
});

test("a knob: its question, its evidence, its meanings, its mark and its reset", async ({ playground, page }) => {
  await playground.open("scope=openid+profile+offline_access&grant=openid+profile");
  await page.getByText("change it", { exact: true }).click();
  await page.getByText("Consent to offline access", { exact: false }).first().click();
  const knob = page.getByRole("group", { name: "What becomes of offline_access without prompt=consent when nothing else permits it?" });
  await expect(knob).toContainText("OpenID Connect Core section 11 (bullet 1)");
  await expect(knob.getByRole("radio")).toHaveCount(4);
  await knob.getByLabel(/the screen appears where consent for it is missing/).check();
  await expect(knob).toContainText("✎ changed");
  await expect(page.locator(".changes")).toContainText("One setting changed");
  await expect(playground.answer).toContainText("Alice is asked and approves.");
  expect(await playground.fragment()).toBe("policy.offline_without_consent=show_consent&scope=openid+profile+offline_access&grant=openid+profile");
  await knob.getByRole("button", { name: "Reset" }).click();
  await expect(playground.answer).toContainText("Alice sees no screen.");
  await expect(page.locator(".changes")).toHaveCount(0);
});

test("every knob and every number can be found, and says where its value comes from", async ({ playground, page }) => {
  await playground.open();
  await page.getByText("change it", { exact: true }).click();
  const find = page.getByLabel("Find a question");
  await find.fill("logout");
  await expect(page.locator(".settings").getByRole("status")).toHaveText(/^\d+ found$/);
  await expect(page.getByRole("group", { name: /logout/i }).first()).toBeVisible();
  await find.fill("access_token_lifetime_s");
  await page.getByLabel("How long an access token lives.").fill("600");
  await expect(playground.answer).toContainText("an access token for ten minutes");
  expect(await playground.fragment()).toContain("policy.access_token_lifetime_s=600");
  await page.getByRole("button", { name: "Reset" }).last().click();
  await expect(playground.answer).not.toContainText("ten minutes");
  await find.fill("auto_approval_reason");
  await expect(page.locator(".settings .knob")).toContainText("Stated by");
});

test("every knob option can be chosen without a complaint", async ({ playground, page }) => {
  // Each draws the whole page: seconds here, minutes on a machine that does much else.
  test.setTimeout(600_000);
  await playground.open();
  await page.getByText("change it", { exact: true }).click();
  await expect(page.getByLabel("Find a question")).toBeVisible();
  for (const group of await page.locator(".settings details.group > summary").all()) await group.click();
  const count = await page.locator(".settings input[type=radio]").count();
  expect(count).toBeGreaterThan(160);
  const refused = await page.evaluate(async () => {
    const bad: string[] = [];
    for (const radio of document.querySelectorAll<HTMLInputElement>(".settings input[type=radio]")) {
      radio.click();
      // Drawn by then; no frame is waited for.
      await new Promise((done) => setTimeout(done));
      if (document.querySelector(".notes") || !radio.checked) bad.push(radio.id);
    }
    return bad;
  });
  expect(refused).toEqual([]);
});

test("a setting that the engine does not take is named and not counted", async ({ playground, page }) => {
  await playground.open("profile=google-2011&policy.offline_request=telepathy&policy.no_such=true&scope=openid");
  await expect(page.locator(".notes")).toContainText("policy.offline_request=telepathy is not counted");
  await expect(page.locator(".notes")).toContainText("policy.no_such=true is not counted");
  await expect(playground.answer).toContainText("Alice is asked and approves.");
});

test("a setting that arrives before the catalogue counts as soon as that is there", async ({ playground, page }) => {
  // Held back until the test says so.
  await page.addInitScript(() => {
    globalThis.requestIdleCallback = (run) => {
      Object.assign(globalThis, { now: run });
      return 0;
    };
  });
  await playground.open("profile=aol&scope=openid+profile");
  await playground.follow("profile=aol&policy.refresh_token_without_offline=false&scope=openid+profile");
  await expect(page.locator(".changes")).toContainText("One setting changed");
  await expect(playground.answer).toContainText("a refresh token that ends with the session");
  await page.evaluate(() => (globalThis as unknown as { now: () => void }).now());
  await expect(playground.answer).toContainText("no refresh token");
});

test("the same request under all profiles", async ({ playground, page }) => {
  await playground.open();
  const table = page.getByRole("table", { name: /What comes of this request/ });
  await expect(table.getByRole("rowheader").getByRole("listitem")).toHaveCount(35);
  const first = table.getByRole("row").nth(1);
  await expect(first).toContainText("Google, from 7 December 2011");
  await expect(first).toContainText("current");
  await expect(first.locator(".differs")).toHaveCount(0);

  const aol = table.getByRole("row").filter({ hasText: "AOL, 2012" });
  await expect(aol.locator(".differs")).toHaveText([/≠ differs: ends with the session/]);
  await table.getByRole("button", { name: "AOL, 2012" }).click();
  await expect(playground.choice("Policy")).toHaveValue("aol");
  await expect(table.getByRole("row").nth(1)).toContainText("AOL, 2012 current");
  await expect(playground.answer).toContainText("a refresh token that ends with the session");
  await page.goBack();
  await expect(playground.choice("Policy")).toHaveValue("google-2011");
});

test("no two rows of the table are the same, and a changed policy has a row of its own", async ({ playground, page }) => {
  await playground.open("profile=aol&policy.refresh_token_without_offline=false&scope=openid+profile&grant=openid+profile");
  const rows = page.locator(".profiles tbody tr");
  await expect(rows.first()).toContainText("current, changed");
  const cells = await rows.evaluateAll((all) => all.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.innerText.replace(/≠ |differs: /g, "")).join("|")));
  expect(new Set(cells.slice(1)).size).toBe(cells.length - 1);
  // The profile as it ships stands among the others, and choosing it drops the change.
  await page.locator(".profiles").getByRole("button", { name: "AOL, 2012" }).click();
  expect(await playground.fragment()).toBe("profile=aol&scope=openid+profile&grant=openid+profile");
});

test("which profiles show a screen is said, and the table is one press away", async ({ playground, page }) => {
  await playground.open();
  await expect(page.locator(".profiles > .quiet")).toContainText("3 of 35 show a screen, 13 of 35 give a refresh token.");
  await playground.button("All 35 profiles");
  await expect(page.getByRole("heading", { name: "The same request under all 35 profiles" })).toBeInViewport();
});

test("what one more parameter would change, and the button that adds it", async ({ playground, page }) => {
  await playground.open();
  await page.getByText("What would one more parameter change?").click();
  const row = page.locator(".one-more").getByRole("row").filter({ hasText: "approval_prompt=force" });
  await expect(row).toContainText("Screens: consent");
  await expect(row).toContainText("Refresh token: outlives the session, long-lived");
  await row.getByRole("button").click();
  await expect(playground.answer).toContainText("a refresh token that outlives the session");
  await expect(playground.url).toHaveValue(/&approval_prompt=force$/);
});
