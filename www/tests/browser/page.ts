import { test as base, expect, type Locator, type Page } from "@playwright/test";

/** The page as a person uses it. */
export class Playground {
  readonly page: Page;
  readonly url: Locator;
  readonly answer: Locator;
  readonly because: Locator;
  readonly announcement: Locator;

  constructor(page: Page) {
    this.page = page;
    this.url = page.getByRole("textbox", { name: "Request", exact: true });
    this.answer = page.locator("#answer-sentence");
    this.because = page.locator(".because");
    this.announcement = page.locator("#announcement");
  }

  async open(fragment = ""): Promise<void> {
    // Twice the same address but for the fragment would not load again.
    await this.page.goto("about:blank");
    await this.page.goto(fragment === "" ? "./" : `./#${fragment}`);
    await expect(this.answer).toBeVisible();
  }

  /** The same, and what the first answer does without is there, too: from here on nothing is drawn unless something is done. */
  async openWhole(fragment = ""): Promise<void> {
    await this.open(fragment);
    await this.whole();
  }

  /** The table of profiles is drawn after the answer. Sources stand under the rules as soon as the catalogue is there, and the styles of the panels come beside it. */
  async whole(): Promise<void> {
    await expect(this.page.locator(".profiles tbody tr").first()).toBeAttached();
    await expect(this.page.locator(".trace a").first()).toBeAttached();
    await expect.poll(() => this.page.evaluate(() => [...document.styleSheets].some(({ href }) => href?.includes("/later")))).toBe(true);
  }

  /** From here on time goes on only as far as the test says: what lasts a moment lasts until then. */
  async stopTheClock(): Promise<void> {
    await stopTheClock(this.page);
  }

  /** Another decision by its link, on the page as it is. */
  async follow(fragment: string): Promise<void> {
    await this.page.evaluate((hash) => new Promise<void>((done) => {
      addEventListener("popstate", () => done(), { once: true });
      location.hash = hash;
    }), fragment);
  }

  /** Comes, and stays until the page is kept for the time without a network. */
  async visitOnce(): Promise<void> {
    await this.open();
    await this.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (!navigator.serviceWorker.controller) await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
    });
    // What this page still fetches does not come from what is kept; of the next one, everything does.
    await this.page.reload();
    await expect(this.answer).toBeVisible();
  }

  choice(label: string): Locator {
    return this.page.locator("#circumstances, #policy").getByRole("combobox", { name: label, exact: true });
  }

  chip(name: string): Locator {
    return this.page.locator("button.fate", { hasText: name });
  }

  fragment(): Promise<string> {
    return this.page.evaluate(() => location.hash.slice(1));
  }

  async button(name: string): Promise<void> {
    await this.page.getByRole("button", { name, exact: true }).click();
  }
}

/** Stops the page's clock: neither a busy machine nor a fast one changes what a test sees. */
export async function stopTheClock(page: Page): Promise<void> {
  // What the first picture left to be done after it is done by then, and does not go by two clocks.
  await page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(3_600_000);
}

interface Fixtures {
  playground: Playground;
  /** What may appear on the console: nothing, unless a test says so. */
  complaints: string[];
  /** What a test foresees on the console, however often and however late it comes. */
  foreseen: RegExp[];
  /**
   * Whether the page is kept for the time without a network, as it is for people. Otherwise every test would fetch all
   * of it once more, and what a test holds back could come from there, sooner or later.
   */
  kept: boolean;
}

/** Every test also proves that the page neither complains nor reaches for anything outside its folder. */
export const test = base.extend<Fixtures>({
  kept: [false, { option: true }],
  foreseen: async ({}, use) => {
    await use([]);
  },
  complaints: async ({ page, baseURL, foreseen, kept }, use) => {
    if (!kept) await page.context().addInitScript(() => { delete (Navigator.prototype as { serviceWorker?: unknown }).serviceWorker; });
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => {
      if (!request.url().startsWith(baseURL ?? "") && !request.url().startsWith("about:")) complaints.push(`a request to ${request.url()}`);
    });
    await use(complaints);
    expect(complaints.filter((one) => !foreseen.some((pattern) => pattern.test(one)))).toEqual([]);
  },
  playground: async ({ page, complaints: _complaints }, use) => {
    await use(new Playground(page));
  },
});

export { expect };
