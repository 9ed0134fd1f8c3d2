import { expect, test } from "./page.ts";

const QUERY = "response_type=code&client_id=portal&redirect_uri=https://portal.acme.example/cb&scope=openid+profile&state=s";

test("a pasted request begins with the profile of its server, and with a new user", async ({ playground, page }) => {
  await playground.open();
  await expect(playground.answer).toHaveText(/Alice sees no screen/);
  const cases = [
    ["https://acme.okta.com/oauth2/default/v1/authorize", "okta"],
    ["https://login.microsoftonline.com/common/oauth2/v2.0/authorize", "microsoft-entra"],
    ["https://sso.acme.example/realms/acme/protocol/openid-connect/auth", "keycloak"],
    ["https://accounts.google.com/o/oauth2/v2/auth", "google"],
  ] as const;
  for (const [endpoint, profile] of cases) {
    await playground.open();
    await playground.url.fill(`${endpoint}?${QUERY}`);
    await expect(playground.choice("Policy")).toHaveValue(profile);
    await expect(playground.url).toHaveValue(`${endpoint}?${QUERY}`);
    await expect(playground.choice("What was approved before")).toHaveValue("");
    await expect(page.locator(".notes")).toContainText("The user is new to this client");
    await expect(page.locator(".kicker")).not.toContainText("Story 1 of");
  }
  // One step of the history leads back to the story as it was.
  await page.goBack();
  await expect(playground.choice("Policy")).toHaveValue("google-2011");
  await expect(page.locator(".notes")).toHaveCount(0);
});

test("whose server it is is asked where nobody can know, and a standard decides until then", async ({ playground, page }) => {
  await playground.open();
  await playground.url.fill(`https://login.acme.example/connect/authorize?${QUERY}`);
  const asked = page.getByRole("combobox", { name: "Whose server is login.acme.example?" });
  await expect(asked).toBeVisible();
  await expect(playground.choice("Policy")).toHaveValue("openid-core");
  await expect(page.locator(".notes")).toContainText("the answer is that of a standard");
  await expect(asked.locator("optgroup").first().locator("option")).toHaveText(["Duende IdentityServer", "OpenIddict"]);
  await asked.selectOption("openiddict");
  await expect(playground.choice("Policy")).toHaveValue("openiddict");
  await expect(playground.choice("Policy")).toBeFocused();
  await expect(asked).toHaveCount(0);
});

test("who opens the link of such a request is asked, too, until somebody has said it", async ({ playground, page }) => {
  await playground.open();
  await playground.url.fill(`https://login.acme.example/connect/authorize?${QUERY}`);
  const asked = page.getByRole("combobox", { name: "Whose server is login.acme.example?" });
  await expect(asked).toBeVisible();
  const link = await playground.fragment();
  await playground.open(link);
  await expect(asked).toBeVisible();
  await expect(page.locator(".notes")).toContainText("the answer is that of a standard: OpenID Connect Core");
  await expect(asked.locator("optgroup").first().locator("option")).toHaveText(["Duende IdentityServer", "OpenIddict"]);
  // What else is changed does not say it, and another address is another question.
  await playground.choice("Who is signed in").selectOption("nobody is signed in");
  await playground.url.fill(`${await playground.url.inputValue()}&prompt=login`);
  await expect(asked).toBeVisible();
  // The standard itself is an answer.
  await asked.selectOption("openid-core");
  await expect(asked).toHaveCount(0);
  await playground.open(await playground.fragment());
  await expect(playground.choice("Policy")).toHaveValue("openid-core");
  await expect(asked).toHaveCount(0);
  await playground.open(link);
  await playground.choice("Policy").selectOption("Duende IdentityServer");
  await expect(asked).toHaveCount(0);
  await page.goBack();
  await expect(asked).toBeVisible();
});

test("the request is found in a command, a log and JSON; what is none is said, and changes nothing", async ({ playground, page }) => {
  await playground.open();
  const before = await playground.fragment();
  const notes = page.locator(".notes");
  for (const [text, says] of [
    ["https://portal.acme.example/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=s", "This is a server's answer"],
    ['{"request_uri":"urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc","expires_in":60}', "Paste the parameters that were pushed"],
    ["curl -u portal:hunter2 -d grant_type=refresh_token -d refresh_token=8xLOxBtZp8 https://as.acme.example/token", "This goes to the token endpoint"],
    ["Nothing but words, and quite a few of them.", "This holds no authorization request"],
  ] as const) {
    await playground.url.fill(text);
    await expect(notes).toContainText(says);
    await expect(playground.url).toHaveValue(/^https:\/\/as\.example\/authorize/);
    expect(await playground.fragment()).toBe(before);
  }
  await playground.url.fill(`2026-01-01 12:00:00 "GET /authorize?${QUERY} HTTP/1.1" 302`);
  await expect(playground.url).toHaveValue(`/authorize?${QUERY}`);
  await expect(notes).toContainText("The request was taken from the text.");
  await playground.url.fill(`curl -s 'https://acme.okta.com/oauth2/default/v1/authorize?${QUERY}'`);
  await expect(playground.url).toHaveValue(`https://acme.okta.com/oauth2/default/v1/authorize?${QUERY}`);
});

test("a warning goes with what it warned of", async ({ playground, page }) => {
  await playground.open("scope=openid&session=maybe");
  const notes = page.locator(".notes");
  await expect(notes).toContainText("session=maybe is none");
  await playground.choice("Who is signed in").selectOption("nobody is signed in");
  await expect(notes).toHaveCount(0);
  await playground.url.fill("https://as.example/authorize?response_type=code&client_id=a&client_secret=hunter2");
  await expect(notes).toContainText("client_secret was removed");
  // It is of the request, and not of the profile.
  await playground.choice("Policy").selectOption("AOL, 2012");
  await expect(notes).toContainText("client_secret was removed");
  await playground.url.fill("https://as.example/authorize?response_type=code&client_id=b");
  await expect(notes).toHaveCount(0);
});
