import { expect, test } from "./page.ts";

const BASE = "https://as.example/authorize?response_type=code&client_id=photos.example&redirect_uri=https://photos.example/callback";

test("editing the URL changes the form, and the form changes the URL", async ({ playground, page }) => {
  await playground.open();
  await page.getByText("as a form").click();
  await playground.url.fill(`${BASE}&scope=openid+profile&access_type=online`);
  await expect(page.getByLabel("scope what the client wants to do")).toHaveValue("openid profile");
  await expect(page.getByLabel("access_type Google's way")).toHaveValue("online");

  await page.getByLabel("access_type Google's way").fill("offline");
  await expect(playground.url).toHaveValue(`${BASE}&scope=openid+profile&access_type=offline`);
  await page.getByLabel("access_type Google's way").fill("");
  await expect(playground.url).toHaveValue(`${BASE}&scope=openid+profile`);
  await page.getByLabel("prompt which screens").fill("consent");
  await expect(playground.url).toHaveValue(`${BASE}&scope=openid+profile&prompt=consent`);

  await page.getByLabel("Another parameter").fill("response_mode");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByLabel("response_mode how the answer travels")).toBeFocused();
  await page.keyboard.type("fragment");
  await expect(playground.url).toHaveValue(`${BASE}&scope=openid+profile&prompt=consent&response_mode=fragment`);
  await expect(page.locator(".location")).toContainText("https://photos.example/callback#code=");
});

test("a parameter has a shape and a word for what became of it, and its reason on hover and focus", async ({ playground, page }) => {
  await playground.open();
  await expect(playground.chip("access_type")).toHaveText(/⊘ access_type set aside/);
  await expect(playground.chip("scope")).toHaveText(/✓ scope used/);
  await expect(page.locator(".reasons")).toHaveText(/access_type=offline The user was not asked, because consent was on record\./);

  await playground.chip("scope").hover();
  await expect(page.locator(".pointed")).toHaveText(/^scope, what the client wants to do: used\./);
  await playground.chip("client_id").focus();
  await expect(page.locator(".pointed")).toHaveText(/^client_id, which client asks: used\. Without it: /);
  await expect(playground.chip("access_type")).toHaveAccessibleDescription(/access_type, Google's way to ask for offline access: set aside\. The user was not asked/);

  // A chip leads to its place in the text, and the caret points back.
  await playground.chip("access_type").click();
  await expect(playground.url).toBeFocused();
  expect(await playground.url.evaluate((field: HTMLTextAreaElement) => field.value.slice(field.selectionStart, field.selectionEnd))).toBe("offline");
  await expect(page.locator(".pointed")).toHaveText(/^access_type/);
  await expect(page.locator(".coloured .pair[data-pointed]")).toHaveText("access_type=offline");
});

test("single words of a scope are set aside", async ({ playground, page }) => {
  await playground.open("scope=openid+profile+offline_access&grant=openid+profile");
  await expect(playground.chip("scope")).toHaveText(/offline_access set aside/);
  await expect(page.locator(".coloured .ignored")).toHaveText("offline_access");
  await expect(page.locator(".coloured")).toHaveText(await playground.url.inputValue());
});

test("what is refused, and what no rule reads", async ({ playground, page }) => {
  await playground.open("scope=openid&max_age=soon&request.hd=example.com");
  await expect(playground.chip("max_age")).toHaveText(/✕ max_age refused/);
  await expect(playground.chip("hd")).toHaveText(/○ hd read by no rule/);
  await expect(playground.answer).toContainText("gets the error invalid_request and no token");
  await playground.open("response_type=coed&scope=openid");
  await expect(playground.chip("response_type")).toHaveText(/refused/);
  await playground.open("response_type=code&response_type=token&scope=openid");
  await expect(playground.chip("response_type").first()).toHaveText(/refused/);
  await playground.url.fill(`${BASE}&scope=%zz`);
  await expect(playground.chip("scope")).toHaveText(/refused/);
  await expect(page.locator(".coloured")).toHaveText(`${BASE}&scope=%zz`);
});

test("of hundreds of parameters the first hundred are drawn, and a button draws the others", async ({ playground, page }) => {
  await playground.open();
  const others = Array.from({ length: 300 }, (_, at) => `p${at}=v`).join("&");
  const request = `${BASE}&scope=openid&${others}&max_age=soon`;
  await playground.url.fill(request);
  const chips = page.locator("button.fate");
  await expect(chips).toHaveCount(100);
  await expect(page.locator(".coloured")).toHaveText(request);
  // What is told of the last one is told, whether it is drawn or not.
  await expect(playground.answer).toContainText("gets the error invalid_request and no token");
  await expect(page.locator(".reasons")).toContainText("max_age=soon");
  await expect(page.locator(".coloured .refused .refused")).toHaveText("soon");
  await page.getByRole("button", { name: "and 205 more" }).press("Enter");
  await expect(chips).toHaveCount(305);
  await expect(chips.nth(100)).toBeFocused();
  await expect(playground.chip("max_age")).toHaveText(/✕ max_age refused/);
  await expect(page.locator(".coloured")).toHaveText(request);
});

test("an empty field, nonsense, and a bare query are all decided", async ({ playground, page }) => {
  await playground.open();
  await playground.url.fill("");
  await expect(playground.answer).toContainText("Alice sees an error page.");
  await expect(page.getByText("No parameters yet")).toBeVisible();
  await playground.url.fill("what is this");
  await expect(playground.answer).toContainText("Alice sees an error page.");
  await playground.url.fill("response_type=code&client_id=x&redirect_uri=https://x.example/cb&scope=openid");
  await expect(playground.answer).toContainText("x gets an access token");
});

test("the coloured text lies exactly below the field", async ({ playground, page }) => {
  for (const width of [360, 1280, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    await playground.open("scope=openid+profile+email+https://www.googleapis.com/auth/calendar.readonly&access_type=offline&prompt=consent&login_hint=alice&nonce=n-0S6_WzA2Mj");
    if (width === 360) await page.locator("#question-summary").click();
    const boxes = await page.locator(".url > *").evaluateAll((all) => all.map((one) => {
      const { width: inline, height: block } = one.getBoundingClientRect();
      const { font, letterSpacing, padding, lineHeight } = getComputedStyle(one);
      return { inline, block, needed: one.scrollHeight <= one.clientHeight + 1, font, letterSpacing, padding, lineHeight };
    }));
    expect(boxes[0]).toEqual(boxes[1]);
  }
});

test("pasted secrets are dropped, and said", async ({ playground, page }) => {
  await playground.open();
  await playground.url.fill(`${BASE}&scope=openid&client_secret=hunter2&id_token_hint=eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln&state=xyz`);
  await expect(playground.url).toHaveValue(`${BASE}&scope=openid&id_token_hint=an.id.token&state=xyz`);
  await expect(page.locator(".notes")).toContainText("client_secret was removed");
  await expect(page.locator(".notes")).toContainText("The value of id_token_hint was replaced");
  expect(await playground.fragment()).not.toMatch(/hunter2|eyJ/);
  await playground.button("Dismiss");
  await expect(page.locator(".notes")).toHaveCount(0);

  await playground.url.fill("https://photos.example/callback?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz#access_token=abc");
  await expect(page.locator(".notes")).toContainText("This is a server's answer");
  await expect(playground.url).toHaveValue(`${BASE}&scope=openid&id_token_hint=an.id.token&state=xyz`);
  await expect(page.locator(".notes")).toContainText("code was removed");
  await expect(page.locator(".notes")).toContainText("access_token was removed");
});
