// node vectors_chromium.js PACKAGE SCRIPTS OBSERVATIONS: the same through the package's web entries in Chromium.
import { readFileSync, writeFileSync } from "node:fs";
import { withPage, withServer } from "./chromium.js";
import { entry } from "./vectors_entry.js";

const [folder, scripts, observations] = process.argv.slice(2);
const text = readFileSync(scripts, "utf8");
const conditions = ["browser", "import", "default"];
const entries = [".", "./simulation"].map((name) => new URL(entry(folder, name, conditions), "http://x/package/").pathname);
const result = await withServer({ "/package/": folder, "/js/": import.meta.dirname }, (origin) =>
  withPage(async (page) => {
    await page.goto(origin);
    // As text both ways: the page then sees the same values as Node, and Playwright's own copying of values
    // plays no part.
    return page.evaluate(async ([text, entries]) => {
      const modules = await Promise.all(entries.map((entry) => import(entry)));
      await Promise.all(modules.map(({ ready }) => ready()));
      const [{ Policy }, { Simulation }] = modules;
      const { drive } = await import("/js/drive.js");
      return JSON.stringify(JSON.parse(text).map((script) => drive({ Policy, Simulation }, script)));
    }, [text, entries]);
  }));
writeFileSync(observations, result);
