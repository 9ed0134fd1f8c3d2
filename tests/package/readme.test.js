// The READMEs: their samples print what they say, and their links lead somewhere. `cargo xtask tables` copies the samples.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const checkout = process.env.GRANTWISE_CHECKOUT;
const project = readFileSync(join(checkout, "README.md"), "utf8");
const installed = readFileSync(new URL("./node_modules/grantwise/README.md", import.meta.url), "utf8");

/** The fenced blocks of a document: `{ language, text }`. */
const blocks = (document) =>
  [...document.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, text]) => ({ language, text }));

/** What a sample prints. */
async function printed(name) {
  const file = fileURLToPath(new URL(`./node_modules/grantwise/samples/${name}`, import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [file]);
  assert.equal(stderr, "");
  return stdout;
}

for (const [name, document] of [["the project's README", project], ["the package's README", installed]]) {
  test(`the samples of ${name} print what it shows`, async () => {
    const shown = blocks(document);
    for (const sample of ["first_decision.mjs", "tokens.mjs"]) {
      const code = readFileSync(join(checkout, "pkg-template/samples", sample), "utf8");
      const at = shown.findIndex(({ language, text }) => language === "js" && text === code);
      assert.ok(at >= 0, `${sample} is not shown`);
      assert.deepEqual(shown[at + 1], { language: "text", text: await printed(sample) });
    }
  });
}

test("both READMEs, and the package's samples, lead to the page on security", () => {
  assert.ok(project.includes("](docs/security.md)"));
  assert.ok(installed.includes("](https://github.com/grantwise/grantwise/blob/main/docs/security.md)"));
  const security = readFileSync(join(checkout, "docs/security.md"), "utf8");
  for (const word of ["`interaction`", "`shown`", "`done`", "`auth_time`", "`no-store`", "'wasm-unsafe-eval'", "`policy.warnings`"]) {
    assert.ok(security.includes(word), word);
  }
});

test("the links lead to files that are there", () => {
  const package_files = fileURLToPath(new URL("./node_modules/grantwise", import.meta.url));
  const documents = { "README.md": checkout, "docs/security.md": join(checkout, "docs"), "pkg-template/README.md": package_files };
  for (const [name, folder] of Object.entries(documents)) {
    const links = [...readFileSync(join(checkout, name), "utf8").matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target);
    const files = links.filter((target) => !/^(https:|#)/.test(target));
    assert.ok(files.length >= 3, name);
    for (const file of files) {
      const [path, section] = file.split("#");
      assert.ok(existsSync(join(folder, path)), `${name} leads to ${file}`);
      const heading = new RegExp(`^#+ ${section?.replaceAll("-", " ")}$`, "im");
      if (section !== undefined) assert.match(readFileSync(join(folder, path), "utf8"), heading, file);
    }
  }
});
