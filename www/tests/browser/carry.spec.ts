import { expect, test } from "./page.ts";

test("what happens next: the request, the profile and the settings go along, and come back", async ({ playground, page }) => {
  await playground.open("profile=aol&policy.access_token_lifetime_s=600&scope=openid+profile&prompt=consent&client=native&session=none&grant=openid&consent.remember=true&client.first_party=true");
  const answer = await playground.answer.innerText();
  const before = await playground.fragment();
  await playground.button("What happens next?");
  await expect(page.locator(".timeline main")).toBeVisible();
  expect(await playground.fragment()).toMatch(/^view=timeline&scenario=own&profile=aol&policy\.access_token_lifetime_s=600&client=native&client\.public=false&client\.redirect_uri=https:\/\/photos\.example\/callback&session=none&grant=openid&do=authorize\?scope=openid\+profile;prompt=consent;state=af0ifjsldkj;person\.remember=true&do=exchange\?code=CODE1&do=advance_clock\?seconds=3600&do=refresh\?refresh_token=RT1&do=logout/);
  await expect(page.locator(".tl-at")).toHaveText("Step 1 of 6");
  await expect(page.locator("#world")).toContainText("Before, Alice had approved openid.");
  await expect(page.getByRole("note")).toContainText("The timeline has no place for client.first_party");
  // A setting counts here, too: after ten minutes the access token is over.
  await page.getByRole("button", { name: /^3 One hour passes/ }).click();
  await expect(page.locator(".tl-now")).toContainText("AT1 expires.");
  await page.getByRole("link", { name: "One request" }).click();
  await expect(playground.answer).toHaveText(answer);
  expect(await playground.fragment()).toBe(before.replace("&client.first_party=true", ""));
});

for (const registration of ["client.public=true", "client=native", "client=native&client.public=true", "client=browser"]) {
  test(`a client keeps its name and its registration in the timeline, and on the way back: ${registration}`, async ({ playground, page }) => {
    await playground.open(`client_id=portal&redirect_uri=https://portal.acme.example/cb&scope=openid+profile&prompt=consent&${registration}`);
    const before = await playground.fragment();
    const answer = await playground.answer.innerText();
    expect(answer).toContain("portal gets");
    await playground.button("What happens next?");
    await expect(page.locator("#world")).toContainText(registration === "client=native" ? "portal is an " : "portal is a public ");
    await expect(page.getByRole("note")).toHaveCount(0);
    // The same after a reload: all of it is in the link.
    await page.reload();
    await expect(page.locator(".tl-now").first()).toContainText("The user is asked.");
    await page.getByRole("link", { name: "One request" }).click();
    await expect(playground.answer).toHaveText(answer, { useInnerText: true });
    expect(await playground.fragment()).toBe(before);
  });
}

test("the policy is changed in the timeline, for the first profile alone, and put back", async ({ page, complaints: _ }) => {
  await page.goto("./#view=timeline&scenario=nightly-backup&with=aol&step=4");
  await expect(page.locator(".tl-summary").first()).toContainText("Nothing ends");
  await page.locator(".tl-knobs > summary").click();
  await page.getByLabel("Find a question").fill("offline_at_logout");
  await page.getByLabel("Find a question").fill("sign out");
  const knob = page.locator(".tl-knobs .knob").first();
  await expect(knob).toBeVisible();
  const own = await knob.locator("input:checked").getAttribute("id");
  await knob.locator("input:not(:checked)").first().check();
  await expect(page.locator(".tl-knobs > summary")).toContainText("✎ 1 changed");
  expect(await page.evaluate(() => location.hash)).toMatch(/&policy\.[a-z_]+=[a-z_]+&with=aol/);
  await page.getByText("Go on from here, or begin your own").click();
  await page.getByRole("button", { name: "Begin with nothing" }).click();
  // The two profiles and what was changed stay.
  expect(await page.evaluate(() => location.hash)).toMatch(/^#view=timeline&scenario=own&profile=[a-z-]+&policy\.[a-z_]+=[a-z_]+&with=aol$/);
  await knob.locator(`[id="${own}"]`).check();
  await expect(page.locator(".tl-knobs > summary")).toHaveText("the policy");
  await expect(knob.locator(`[id="${own}"]`)).toBeFocused();
});
