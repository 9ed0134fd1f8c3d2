import { beforeAll, describe, expect, test } from "vitest";
import { holds } from "../../src/lessons/claim.ts";
import type { Claim, Situation } from "../../src/lessons/lesson.ts";
import { STATED } from "../../src/lessons/lesson_shape.ts";
import { outcomeOf, prepare } from "../../src/lessons/outcome.ts";
import { loadEngines } from "./engines.ts";

beforeAll(loadEngines);

const SITUATIONS = {
  offline: { kind: "request", link: "scope=openid+offline_access&prompt=consent&grant=openid" },
  dropped: { kind: "request", link: "scope=openid+offline_access&grant=openid" },
  rotating: { kind: "request", link: "profile=zitadel&scope=openid+offline_access&prompt=consent" },
  implicit: { kind: "request", link: "profile=google-2011&response_type=token&scope=profile" },
  hybrid: { kind: "request", link: "response_type=code+token&scope=openid&nonce=n" },
  page: { kind: "request", link: "client.known=false&scope=openid" },
  post: { kind: "request", link: "scope=openid&response_mode=form_post&consent=denied" },
  changed: { kind: "policy", link: "profile=google-2012&policy.native_auto_approval=true&client=native&client.public=true&redirect_uri=a.b:/c&scope=openid&grant=openid" },
  servers: { kind: "comparison", link: "scope=openid+offline_access", policies: [
    { name: "core", profile: "openid-core", policy: {} }, { name: "google", profile: "google", policy: {} },
    { name: "asked", profile: "openid-core", policy: { offline_without_consent: "show_consent" } },
  ] },
  timeline: { kind: "timeline", link: "view=timeline&scenario=own&profile=aol&with=openid-core&do=authorize?scope=openid+email&do=exchange?code=CODE1&do=logout&do=refresh?refresh_token=RT1" },
} as const satisfies Record<string, Situation>;

type Row = readonly [situation: keyof typeof SITUATIONS, holds: boolean, claim: Claim];

/** Each thing that can be stated, once as it is and once as it is not. */
const ROWS: readonly Row[] = [
  ["offline", true, { screens: ["consent"] }], ["offline", false, { screens: [] }], ["offline", false, { screens: ["consent", "login"] }],
  ["offline", true, { refresh_token: "offline" }], ["offline", false, { refresh_token: "session" }], ["dropped", true, { refresh_token: "none" }], ["dropped", false, { refresh_token: "offline" }],
  ["rotating", true, { refresh_token_lives: "fixed" }], ["rotating", false, { refresh_token_lives: "session" }], ["dropped", false, { refresh_token_lives: "unspecified" }],
  ["rotating", true, { rotates: true }], ["rotating", false, { rotates: false }], ["offline", true, { rotates: false }],
  ["offline", true, { access_token: "at_the_token_endpoint" }], ["implicit", true, { access_token: "in_the_redirect" }], ["hybrid", true, { access_token: "both" }],
  ["page", true, { access_token: "none" }], ["implicit", false, { access_token: "both" }],
  ["offline", true, { access_token_seconds: 3600 }], ["offline", false, { access_token_seconds: 60 }], ["implicit", false, { access_token_seconds: 3600 }],
  ["offline", true, { error: null }], ["post", true, { error: "access_denied" }], ["post", false, { error: null }], ["post", false, { error: "login_required" }], ["offline", false, { error: "access_denied" }],
  ["offline", true, { answered_in: "query" }], ["implicit", true, { answered_in: "fragment" }], ["page", true, { answered_in: "page" }], ["post", true, { answered_in: "form_post" }], ["post", false, { answered_in: "query" }],
  ["offline", true, { granted: "offline_access openid" }], ["offline", false, { granted: "openid" }], ["page", true, { granted: "" }],
  ["offline", true, { new_on_screen: "offline_access" }], ["offline", false, { new_on_screen: "openid offline_access" }], ["dropped", true, { new_on_screen: "" }],
  ["offline", true, { known_on_screen: "openid" }], ["offline", false, { known_on_screen: "" }],
  ["offline", true, { offline_on_screen: true }], ["dropped", true, { offline_on_screen: false }], ["dropped", false, { offline_on_screen: true }],
  ["dropped", true, { set_aside: "scope=offline_access" }], ["dropped", true, { set_aside: "scope" }], ["dropped", false, { set_aside: "offline_access" }], ["offline", false, { set_aside: "scope" }],
  ["offline", false, { screens: ["consent"], refresh_token: "none" }], ["offline", true, { not: { refresh_token: "none" } }], ["offline", false, { not: { refresh_token: "offline" } }],
  ["offline", true, { any: [{ refresh_token: "none" }, { error: null }] }], ["offline", false, { any: [{ refresh_token: "none" }, { error: "x" }] }],
  ["changed", true, { screens: [] }], ["changed", false, { screens: ["consent"] }],
  ["servers", false, { refresh_token: "none" }], ["servers", true, { under: ["core", "google"], refresh_token: "none" }], ["servers", true, { under: ["asked"], refresh_token: "offline" }], ["servers", false, { under: ["core", "asked"], refresh_token: "none" }],
  ["servers", true, { count: 2, refresh_token: "none" }], ["servers", false, { count: 1, refresh_token: "none" }], ["servers", true, { count: 1, under: ["core", "asked"], refresh_token: "none" }], ["servers", true, { count: 1, error: "invalid_scope" }],
  ["servers", true, { answers: { different: 3, in: ["answer", "refresh_token"] } }], ["servers", false, { answers: { different: 3, in: ["refresh_token"] } }], ["servers", true, { answers: { different: 2, in: ["refresh_token"] } }],
  ["servers", true, { under: ["core", "google"], answers: { different: 1, in: ["refresh_token"] } }], ["servers", true, { under: ["google"], not: { under: ["core"], error: "invalid_scope" } }],
  ["servers", false, { under: ["google"], not: { error: "invalid_scope" } }],
  ["timeline", true, { after: 1, screens: ["consent"] }], ["timeline", false, { after: 2, screens: ["consent"] }], ["timeline", true, { after: 0, screens: [] }],
  ["timeline", true, { under: ["aol"], after: 2, refresh_token: "session" }], ["timeline", true, { under: ["openid-core"], after: 2, refresh_token: "none" }], ["timeline", false, { after: 2, refresh_token: "session" }],
  ["timeline", true, { under: ["aol"], error: "invalid_grant" }], ["timeline", false, { under: ["aol"], error: null }], ["timeline", true, { after: 3, error: null }],
  ["timeline", true, { after: 1, result: "code" }], ["timeline", false, { after: 1, result: "tokens" }], ["timeline", true, { under: ["openid-core"], result: "not_possible" }], ["timeline", true, { under: ["aol"], result: "error" }],
  ["timeline", true, { after: 2, issues: ["AT1"] }], ["timeline", false, { after: 3, issues: ["AT1"] }], ["timeline", false, { after: 2, issues: ["AT1", "RT1"] }],
  ["timeline", true, { after: 2, alive: ["AT1"] }], ["timeline", false, { after: 3, alive: ["AT1"] }], ["timeline", false, { alive: ["RT9"] }],
  ["timeline", true, { after: 3, ended: ["AT1"] }], ["timeline", false, { after: 2, ended: ["AT1"] }], ["timeline", false, { ended: ["RT9"] }],
  ["timeline", true, { carries: { AT1: "email openid" } }], ["timeline", false, { carries: { AT1: "openid" } }], ["timeline", false, { carries: { RT9: "" } }],
  ["timeline", true, { missing: ["RT9"] }], ["timeline", false, { missing: ["AT1"] }], ["timeline", true, { after: 0, missing: ["AT1"] }],
  ["timeline", true, { after: 2, session: "open" }], ["timeline", true, { session: "none" }], ["timeline", true, { after: 0, session: "open" }], ["timeline", false, { session: "open" }],
  ["timeline", true, { after: 2, not: { after: 3, alive: ["AT1"] } }], ["timeline", false, { after: 2, not: { alive: ["AT1"] } }],
];

test.each(ROWS)("of %s, %s: %o", async (name, is, claim) => {
  const shows: Situation = SITUATIONS[name];
  await prepare(shows);
  expect(holds(claim, outcomeOf(shows))).toBe(is);
});

describe("each word of the vocabulary", () => {
  test.each(Object.keys(STATED))("%s is there as it is and as it is not", (member) => {
    const found = ROWS.filter(([, , claim]) => Object.hasOwn(claim, member)).map(([, is]) => is);
    expect(new Set(found)).toEqual(new Set([true, false]));
  });
});

test("a setting that the engine does not take is an error with a sentence", async () => {
  const shows: Situation = { kind: "policy", link: "policy.native_auto_approval=perhaps" };
  await prepare(shows);
  expect(() => outcomeOf(shows)).toThrow(/^policy.native_auto_approval=perhaps is not counted: .*\.$/);
});
