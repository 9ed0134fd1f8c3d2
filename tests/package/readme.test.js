// The READMEs: their examples run as they are printed, print what they say, and their links lead somewhere.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const checkout = process.env.GRANTWISE_CHECKOUT;
const project = readFileSync(join(checkout, "README.md"), "utf8");
const installed = readFileSync(new URL("./node_modules/grantwise/README.md", import.meta.url), "utf8");

/** The fenced blocks of a document: `{ language, text }`. */
const blocks = (document) =>
  [...document.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, text]) => ({ language, text }));

/** Writes an example where the installed package is found. */
function saved(name, text) {
  const file = fileURLToPath(new URL(name, import.meta.url));
  writeFileSync(file, text);
  return file;
}

test("the examples of the project's README print what the README shows", async () => {
  const examples = blocks(project);
  assert.deepEqual(examples.map(({ language }) => language), ["js", "text", "js", "text"]);
  for (const at of [0, 2]) {
    const file = saved(`readme_example_${at}.mjs`, examples[at].text);
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [file]);
    assert.equal(stderr, "");
    assert.equal(stdout, examples[at + 1].text);
  }
});

test("the package's README has the same example of the token endpoint", () => {
  assert.ok(installed.includes(blocks(project)[2].text) && installed.includes(blocks(project)[3].text));
});

test("the server of the package's README signs in, asks, and sends the user on", async () => {
  const example = blocks(installed).find(({ language }) => language === "js");
  const server = spawn(process.execPath, [saved("readme_server.mjs", example.text)], {
    env: { ...process.env, PORT: "0" }, stdio: ["ignore", "pipe", "inherit"],
  });
  after(() => server.kill());
  const [endpoint] = await new Promise((resolve, reject) => {
    createInterface({ input: server.stdout }).once("line", (line) => resolve([line]));
    server.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  let cookie = "";
  const request = async (url, method = "GET") => {
    const response = await fetch(new URL(url, endpoint), { method, redirect: "manual", headers: { cookie } });
    cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie;
    return { status: response.status, location: response.headers.get("location"), text: await response.text() };
  };
  const start = (more = "") => request("/authorize?response_type=code&client_id=calendar&state=s%26t"
    + `&redirect_uri=https%3A%2F%2Fcalendar.example%2Fcb&scope=openid+email+offline_access&prompt=consent${more}`);

  // Nobody is signed in; then the consent page; then a code.
  assert.match((await start()).text, /Sign in as alice/);
  const signedOut = cookie;
  const consent = (await request("/sign_in", "POST")).text;
  assert.notEqual(cookie, signedOut, "a new cookie for a new session");
  for (const shown of ["calendar asks for", "<li>email</li>", "while you are away"]) assert.ok(consent.includes(shown), consent);
  const issued = new URL((await request("/approve", "POST")).location);
  assert.equal(issued.origin + issued.pathname, "https://calendar.example/cb");
  assert.deepEqual([...issued.searchParams.keys()].sort(), ["code", "iss", "state"]);
  assert.equal(issued.searchParams.get("state"), "s&t");

  // The same answer again leads nowhere: that request is over.
  assert.equal((await request("/approve", "POST")).status, 404);

  // The grant is on record: the page marks it, and a refusal is told to the client.
  assert.match((await start()).text, /email \(granted before\)/);
  const denied = new URL((await request("/deny", "POST")).location);
  assert.equal(denied.searchParams.get("error"), "access_denied");

  // Without prompt=consent nobody is asked again.
  const silent = await request("/authorize?response_type=code&client_id=calendar&redirect_uri=https%3A%2F%2Fcalendar.example%2Fcb&scope=openid+email");
  assert.match(silent.location, /^https:\/\/calendar\.example\/cb\?code=/);

  // An answer by a form is a page that posts itself, and an error page stays here.
  const posted = await request("/authorize?response_type=code&client_id=calendar&redirect_uri=https%3A%2F%2Fcalendar.example%2Fcb&scope=openid&response_mode=form_post");
  assert.match(posted.text, /<form method="post" action="https:\/\/calendar\.example\/cb">/);
  const hostile = await request("/authorize?client_id=%3Cscript%3E");
  assert.deepEqual([hostile.status, hostile.location, hostile.text.includes("<script>")], [400, null, false]);
  assert.equal((await request("/", "POST")).status, 404);
});

test("the links of the project's README lead to files that are there", () => {
  const links = [...project.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target);
  const files = links.filter((target) => !/^(https:|#)/.test(target));
  assert.ok(files.length > 5);
  for (const file of files) assert.ok(existsSync(join(checkout, file)), file);
});
