import { defineConfig } from "@playwright/test";

// One server for all workers, which read this file again: the first reading chooses the port.
process.env.GRANTWISE_PORT ??= String(41_000 + (process.pid % 8000));
const port = process.env.GRANTWISE_PORT;

export default defineConfig({
  testDir: "tests/browser",
  outputDir: process.env.GRANTWISE_TEST_RESULTS ?? "test-results",
  fullyParallel: true,
  workers: 2,
  // Bounds for a busy machine, and no measure of the page: who waits in vain waits longer, and nothing is tried again.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [["line"]],
  use: {
    // Below a path of its own: everything on the page has to be relative.
    baseURL: `http://127.0.0.1:${port}/some/folder/`,
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath: process.env.GRANTWISE_CHROMIUM ?? "/usr/bin/chromium",
      // Only pages of this project are opened; and as root, in a container, Chromium does not start with a sandbox.
      chromiumSandbox: false,
      args: ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync"],
    },
  },
  webServer: {
    command: "node tests/browser/server.mjs",
    url: `http://127.0.0.1:${port}/some/folder/`,
    env: { GRANTWISE_PORT: port },
    reuseExistingServer: false,
  },
});
