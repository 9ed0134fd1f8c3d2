// Opens the page of wasm-bindgen's test runner and prints what it reports. Exit 1 when a test fails.
import { setTimeout as sleep } from "node:timers/promises";
import { withPage } from "./chromium.js";

const SECONDS = 120;
const address = process.argv[2];

await reachable(`http://${address}/`);
const report = await withPage(async (page) => {
  await page.goto(`http://${address}/`);
  const output = page.locator("#output");
  for (let waited = 0; waited < SECONDS * 10; waited += 1) {
    const text = await output.textContent();
    if (text.includes("test result: ")) {
      return text;
    }
    await sleep(100);
  }
  throw new Error(`no result after ${SECONDS} seconds; the page says:\n${await output.textContent()}`);
});
console.log(report);
process.exitCode = report.includes("test result: ok") ? 0 : 1;

/** The server starts beside this script. */
async function reachable(url) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (attempt === SECONDS * 10) throw error;
      await sleep(100);
    }
  }
}
