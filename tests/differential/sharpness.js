// Whether the walks notice: each setting of the profile, one at a time, as its base has it. `node sharpness.js [--walks 1500]`, some minutes.
import { parseArgs } from "node:util";
import { Differential, Policy, profiles } from "./differential.js";

/** What no walk can show, and why. */
const UNSEEN = {
  access_denied_for: "a sign-in that fails is not walked; the application says what comes of it",
  offline_notice: "nothing is offline by default under this profile",
  rotated_refresh_token_lifetime: "no refresh token outlives its grant, which lives as long as the first of them",
  offline_refresh_token_absolute_lifetime_s: "no refresh token outlives its grant, which lives as long as the first of them",
};

const { values: { walks } } = parseArgs({ options: { walks: { type: "string", default: "1500" } } });
const { base, settings } = profiles.find(({ name }) => name === "oidc-provider");
const before = Policy.profile(base).settings;
let isGood = true;
for (const { id, value } of settings) {
  if (JSON.stringify(before[id]) === JSON.stringify(value)) continue;
  const differential = await Differential.start({ [id]: before[id] });
  const after = await differential.noticed({ walks: Number(walks), seed: 1 });
  await differential.stop();
  const isAsSaid = (after === null) === Object.hasOwn(UNSEEN, id);
  isGood &&= isAsSaid;
  console.log(`${isAsSaid ? "" : "WRONG "}${id}: ${after === null ? `not noticed; ${UNSEEN[id] ?? "and nobody says why"}` : `noticed in walk ${after + 1}`}`);
}
process.exitCode = isGood ? 0 : 1;
