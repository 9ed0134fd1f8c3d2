import { expect, test } from "./page.ts";

test("the sentence with choices", async ({ playground, page }) => {
  await playground.open("profile=google-2012&scope=openid+profile&access_type=offline");
  await expect(playground.answer).toContainText("Alice is asked and approves.");
  await playground.choice("What was approved before").selectOption("openid profile");
  await expect(playground.answer).toContainText("Alice sees no screen.");
  await playground.choice("What became of that approval").selectOption("it was revoked since");
  await expect(playground.answer).toContainText("Alice is asked and approves.");
  await playground.choice("What became of that approval").selectOption("it is on record");
  await playground.choice("Whether offline access was part of it").selectOption("with offline access");
  await playground.choice("Kind of client").selectOption("native app");
  await playground.choice("Whether the client can keep a secret").selectOption("cannot keep a secret");
  await expect(playground.answer).toContainText("Alice is asked and approves.");
  await playground.choice("Who is signed in").selectOption("nobody is signed in");
  await expect(playground.answer).toContainText("Alice signs in, then is asked");
  await playground.choice("What Alice answers on the consent screen").selectOption("cannot answer");
  await expect(playground.answer).toContainText("is asked and cannot answer");
  expect(await playground.fragment()).toBe("profile=google-2012&scope=openid+profile&access_type=offline&client=native&client.public=true&session=none&grant=openid+profile&grant.offline=true&consent=impossible");

  await playground.choice("Kind of client").selectOption("single-page app");
  await expect(playground.choice("Whether the client can keep a secret")).toBeDisabled();
  await expect(page.locator("#circumstances .sentence")).toContainText("photos.example is a");
});

test("other scopes lead to their field", async ({ playground, page }) => {
  await playground.open("scope=openid+profile");
  await playground.choice("What was approved before").selectOption("other scopes…");
  await expect(page.locator("#field-grant")).toBeFocused();
  await page.keyboard.type("openid calendar");
  expect(await playground.fragment()).toBe("scope=openid+profile&grant=openid+calendar");
});

test("everything else is behind more", async ({ playground, page }) => {
  await playground.open("scope=openid+profile+offline_access&prompt=consent");
  await page.getByText("more of them").click();
  await page.getByLabel("The client registered the grant type refresh_token").uncheck();
  await expect(playground.answer).toContainText("no refresh token");
  await expect(playground.because).toContainText("the client did not register the grant type refresh_token");
  await page.getByLabel("The server knows the client").uncheck();
  await expect(playground.answer).toContainText("Alice sees an error page.");
  await expect(page.getByText("This request cannot be answered")).toBeVisible();
  await page.getByRole("button", { name: "Reset all circumstances" }).click();
  await expect(playground.answer).toContainText("a refresh token that outlives the session");
  await page.getByLabel("Registered redirect URI").fill("https://other.example/cb");
  await expect(playground.chip("redirect_uri")).toHaveText(/refused/);
  await page.getByLabel("Registered redirect URI").fill("");
  await page.getByLabel("Last active sign-in, seconds ago").fill("7200");
  await playground.url.fill(`${await playground.url.inputValue()}&max_age=3600`);
  await expect(playground.answer).toContainText("Alice signs in again, then is asked and approves.");
});

test("every field of the table has a control, and every control changes the link", async ({ playground, page }) => {
  await playground.open("scope=openid");
  await page.getByText("more of them").click();
  await expect(page.locator(".more")).toBeVisible();
  // In the page, in one go: each of the controls, used as its kind is used, and the link before and after.
  const controls = await page.locator(".more [id^='field-']").evaluateAll((all) => all.map((one) => {
    const before = location.hash;
    const control = one as HTMLInputElement | HTMLSelectElement;
    if (control instanceof HTMLSelectElement) {
      control.selectedIndex = 1;
      control.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (control.type === "checkbox") {
      control.click();
    } else {
      control.value = control.inputMode === "numeric" ? "77" : "x";
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return { id: control.id, changed: location.hash !== before };
  }));
  expect(controls.length).toBeGreaterThan(30);
  expect(controls.filter(({ changed }) => !changed)).toEqual([]);
});
