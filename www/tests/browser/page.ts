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

interface Fixtures {
  playground: Playground;
  /** What may appear on the console: nothing, unless a test says so. */
  complaints: string[];
}

/** Every test also proves that the page neither complains nor reaches for anything outside its folder. */
export const test = base.extend<Fixtures>({
  complaints: async ({ page, baseURL }, use) => {
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => {
      if (!request.url().startsWith(baseURL ?? "") && !request.url().startsWith("about:")) complaints.push(`a request to ${request.url()}`);
    });
    await use(complaints);
    expect(complaints).toEqual([]);
  },
  playground: async ({ page, complaints: _complaints }, use) => {
    await use(new Playground(page));
  },
});

export { expect };
