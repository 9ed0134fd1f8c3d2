// The rows of what is asked of all situations (`grantwise/explore`).

import { pathToFileURL } from "node:url";
import { entry } from "./entry.js";
import { asyncLapOver, interleaved, lapOver, median, rounded } from "./measure.js";
import { read } from "./package_rows.js";

/** What is compared with the profile of the bench: what another document says, and a vendor. */
const OTHERS = ["security-bcp", "microsoft-entra"];

/** The goals that people have most often. */
const GOALS = ["offline_refresh_token", "no_consent_screen"];

/** A search for what would change a decision takes as long as some hundred decisions: a part of the inputs is enough. */
const SEARCHED = 64;

export async function explorer(folder) {
  return import(pathToFileURL(entry(folder, "import", "./explore")));
}

/** The rows of single requests, of the inputs of makeInputs(). */
export function exploreRows(explore, policy, inputs) {
  const some = inputs.authorize.slice(0, SEARCHED);
  const decisions = some.map((input) => policy.authorize(input));
  decisions.forEach(read);
  return [
    { id: "package_explain", what: "explain: why, in sentences", lap: lapOver(decisions, (decision) => explore.explain(policy, decision).sentences.length) },
    ...GOALS.map((goal) => ({
      id: `package_suggest_${goal}`,
      what: `suggest: what would bring \`${goal}\``,
      lap: lapOver(some, (input) => explore.suggest(policy, input, goal).suggestions.length),
    })),
  ];
}

/** What looks at every situation; each lap takes policies that nobody has asked before. */
export async function wholeSpace(explore, Policy, { profile, overrides }, rounds) {
  const made = () => Policy.profile(profile, overrides);
  const rows = [
    { id: "explore", what: `explore: every situation of \`${profile}\``, lap: lapOver([null], () => explore.explore(made()).components.length) },
    { id: "equivalent", what: `equivalent: \`${profile}\` and itself`, lap: lapOver([null], () => Number(explore.equivalent(made(), made()).holds)) },
    ...OTHERS.map((other) => ({
      id: `diff_${other}`,
      what: `diff: \`${profile}\` and \`${other}\`, whole and with causes`,
      lap: asyncLapOver([null], async () => (await explore.diff(made(), Policy.profile(other, overrides))).length),
    })),
  ];
  const laps = await interleaved(rows, { rounds, warmUp: 1, shortest: 0 });
  return rows.map(({ id, what }) => {
    const all = laps.get(id).map((us) => us / 1000);
    return { id, what, ms_median: rounded(median(all)), ms_min: rounded(Math.min(...all)), ms_max: rounded(Math.max(...all)) };
  });
}
