import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ready } from "grantwise/engine";
import { ready as readyExplorer, suggest } from "grantwise/explore";
import { beforeAll, expect, test } from "vitest";
import { loadCatalogue } from "../../src/engine/catalogue.ts";
import { changed } from "../../src/engine/policies.ts";
import { askedOf, ways, type GoalName } from "../../src/engine/suggested.ts";
import { walk } from "../../src/engine/walk.ts";
import { GALLERY } from "../../src/gallery.ts";
import { read } from "../../src/state/fragment.ts";
import type { State } from "../../src/state/model.ts";

beforeAll(async () => {
  const folder = resolve(process.env.GRANTWISE_PACKAGE ?? "../target/package");
  await ready(readFileSync(join(folder, "grantwise_page_bg.wasm")));
  await readyExplorer(readFileSync(join(folder, "grantwise_explore_bg.wasm")));
  await loadCatalogue();
});

/** One of each kind. */
const GOALS: readonly GoalName[] = ["refresh_token", "survives_logout", "no_consent_screen", "consent_screen"];

const policyOf = ({ profile, policy }: State) => changed(profile, policy).policy;

/** Requests that go wrong in other ways than the stories do. */
const ODD = [
  "scope=openid&prompt=none&session=none",
  "scope=openid+offline_access&session=none&login=failed",
  "scope=openid+offline_access&prompt=login&login=denied",
  "scope=openid+offline_access&prompt=consent&consent=denied",
  "scope=openid+offline_access&prompt=consent&client.refresh_grant=false",
  "scope=openid&prompt=select_account&session.accounts=2&account=none_chosen",
  "profile=google&scope=openid+profile&access_type=online&session.age=7200&max_age=60",
  "profile=smart&scope=openid+launch&server.client_eligible=false&client=browser",
  "profile=incremental-auth&scope=openid&include_granted_scopes=true&client=native&client.public=true&grant=openid+email",
  "scope=openid+offline_access&client.response_types=none&server.consent_screen_available=false",
  "response_type=token&scope=openid&policy.allow_implicit=false",
  "scope=openid+offline_access&prompt=consent&id_token_hint=x&hint=bob",
  "url=https://as.example/authorize?response_type%3Dcode%26scope%3Dopenid%26scope%3Demail%26client_id%3Dphotos.example",
];

/** On the page a person answers the account page, and does not sign in instead; and no grant is one of nothing at all. */
const UNSAID = /account=none_chosen .*the user signs in now|scope%3Demail.*the user has granted this client all of these scopes, and no/;

test("every way to a goal can be said by the fields of the page, and reaches it there", () => {
  const unsaid: string[] = [];
  const wrong: string[] = [];
  let offered = 0;
  for (const link of [...GALLERY.map(({ fragment }) => fragment), ...ODD]) {
    const { state } = read(link);
    const input = askedOf(walk(policyOf(state), state));
    for (const goal of GOALS) {
      const found = suggest(policyOf(state), input, goal);
      for (const { suggestion, state: next } of ways(found, suggest, goal, state, input, policyOf)) {
        offered += 1;
        const way = `${link} ${goal}: ${suggestion.changes.map(({ says }) => says).join(" and ")}`;
        if (next === null) unsaid.push(way);
        else if (!suggest(policyOf(next), askedOf(walk(policyOf(next), next)), goal).reached) wrong.push(way);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(unsaid.filter((way) => !UNSAID.test(way))).toEqual([]);
  expect(offered).toBeGreaterThan(250);
}, 60_000);
