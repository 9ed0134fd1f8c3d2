// node vectors_chromium.js PACKAGE SCRIPTS OBSERVATIONS: the same through the package's web entry in Chromium.
import { readFileSync, writeFileSync } from "node:fs";
import { withPage, withServer } from "./chromium.js";

const [folder, scripts, observations] = process.argv.slice(2);
const text = readFileSync(scripts, "utf8");
const result = await withServer({ "/package/": folder, "/js/": import.meta.dirname }, (origin) =>
  withPage(async (page) => {
    await page.goto(origin);
    // As text both ways: the page then sees the same values as Node, and Playwright's own copying of values
    // plays no part.
    return page.evaluate(async (scripts) => {
      const grantwise = await import("/package/web.js");
      const { drive } = await import("/js/drive.js");
      await grantwise.ready();
      return JSON.stringify(JSON.parse(scripts).map((one) => drive(grantwise, one)));
    }, text);
  }));
writeFileSync(observations, result);
