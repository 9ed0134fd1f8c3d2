// docs/divergences.md from divergences.json: `node document.js` writes it.
import { readFileSync, writeFileSync } from "node:fs";

const list = JSON.parse(readFileSync(new URL("divergences.json", import.meta.url)));
export const FILE = new URL("../../docs/divergences.md", import.meta.url);

const SIDES = {
  profile: ["The profile could follow", "What the server does, and no knob says yet."],
  server: ["The profile does not follow", "What a standard does not want, or what a server that keeps its records does not need."],
  either: ["A matter of form", ""],
};

export function document() {
  const tables = Object.entries(SIDES).map(([side, [title, about]]) => {
    const rows = list.divergences.filter((one) => one.side === side).map(({ id, reason, source }) => `| \`${id}\` | ${reason} | ${source.replaceAll("|", "\\|")} |`);
    return `## ${title}\n\n${about === "" ? "" : `${about}\n\n`}| kind | what, and why | in oidc-provider |\n|---|---|---|\n${rows.join("\n")}\n`;
  });
  const rest = list.not_compared.map(({ what, reason }) => `- ${what}. ${reason}`);
  return `# Where oidc-provider and its profile diverge

<!-- Generated from tests/differential/divergences.json by \`node tests/differential/document.js\`. Do not edit. -->

\`cargo xtask differential\` takes thousands of random walks through a stock oidc-provider 9.13.3 on loopback and through the profile
\`oidc-provider\`, on records that \`grantwise/store\` keeps: requests, pages and what people do on them, codes, refreshes, logouts,
revocations, and time that passes. After each step both sides are compared: the pages, the outcome, the error and its place, the scopes,
which tokens there are, how long and to what they are bound, and which of all tokens are still alive. What differs and is not listed
here fails, and so does what is listed and no longer so. A walk that diverges is shrunk to its shortest, and printed so that it can be
run again:

    cargo xtask differential --walks 10000 --seed 2
    node tests/differential/run.js --walk '[{"do":"authorize","client":"nobody","request":{"response_type":"code"}}]'

${tables.join("\n")}
## Not compared

${rest.join("\n")}
`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(FILE, document());
