// The declarations under older versions of TypeScript, and under the resolution that knows no `exports`.
import { test } from "node:test";
import { project, run, tool } from "./support.js";

const PROGRAM = `
import { GrantwiseError, Policy, location, rules, type Decision, type Overrides } from "grantwise";
import { knobs } from "grantwise/catalogue";
import { Policy as Smaller, type AuthorizeInput } from "grantwise/engine";
import * as inline from "grantwise/inline";
import { Simulation, type Moment } from "grantwise/simulation";
import { explain, type Explanation } from "grantwise/explore";
import { ready } from "grantwise/web";

const overrides: Overrides = { offline_without_consent: "show_consent" };
declare const input: AuthorizeInput;
export const decision: Decision = Smaller.profile("openid-core", overrides).authorize(input);
export const there: string = location(decision) + inline.location(decision) + rules[0]!.id + knobs[0]!.question;
export const loaded: Promise<void> = ready("/x.wasm");
export const moments: readonly Moment[] = new Simulation(Policy.profile("aol"), { client: { client_id: "c", redirect_uris: [] } }).timeline;
export const why: Explanation = explain(Policy.profile("aol"), decision);
export const same: string = Policy.profile("aol").explain(decision.situation).text;
export const thrown = (error: unknown): string => (error instanceof GrantwiseError ? error.code : "");
// @ts-expect-error a mistyped knob
Policy.profile("aol", { offline_wthout_consent: "show_consent" });
`;

const RESOLUTIONS = {
  node10: { module: "esnext", moduleResolution: "node" },
  "node16, ESM": { module: "node16", moduleResolution: "node16" },
  "node16, CommonJS": { module: "node16", moduleResolution: "node16", file: "main.cts" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
};

for (const version of ["typescript4.7", "typescript"]) {
  for (const [name, { file = "main.mts", ...resolution }] of Object.entries(RESOLUTIONS)) {
    if (name === "bundler" && version === "typescript4.7") continue; // it came with TypeScript 5
    test(`${version}, ${name}`, async () => {
      const compilerOptions = { ...resolution, target: "es2020", lib: ["es2020"], types: [], strict: true, noEmit: true, skipLibCheck: false };
      const cwd = await project({ [file]: PROGRAM, "tsconfig.json": JSON.stringify({ compilerOptions, files: [file] }) });
      await run(process.execPath, [tool(`${version}/bin/tsc`), "--project", "."], { cwd });
    });
  }
}
