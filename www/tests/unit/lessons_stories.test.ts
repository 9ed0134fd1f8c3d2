import { beforeAll, expect, test } from "vitest";
import { LESSONS, loadLesson } from "../../src/lessons/index.ts";
import type { Lesson } from "../../src/lessons/lesson.ts";

const ISSUE = "OpenID Connect issue #539";
const ONLINE = "\"Online Access Refresh Tokens\"";
const INCREMENTAL = "draft-wdenniss-oauth-incremental-auth-00";
const BLOG = "\"Upcoming changes to OAuth 2.0 endpoint\"";
const OAUTHSD = "OAuthSD";

/** Every story that the five documents tell from which this project grew, and the lesson that tells it again. */
const STORIES: readonly (readonly [document: string, story: string, lesson: string])[] = [
  [ISSUE, "the suggested default: the code flow gives a refresh token, valid until revoked", "code-and-tokens"],
  [ISSUE, "installed applications: no auto-approval, offline access by default", "native-app"],
  [ISSUE, "web applications: auto-approval and online access by default", "one-button"],
  [ISSUE, "auto-approval wins over offline access", "one-button"],
  [ISSUE, "one button for sign-up and sign-in", "one-button"],
  [ISSUE, "the user has revoked the application, and connects again", "one-button"],
  [ISSUE, "the application's database was leaked", "leaked-database"],
  [ISSUE, "the upgrade from online to offline", "online-to-offline"],
  [ISSUE, "access_type=offline and the token flow", "implicit"],
  [ISSUE, "consent is remembered when the user ticks the box", "remember-box"],
  [ISSUE, "refresh tokens that live as long as the session", "what-dies"],
  [ISSUE, "logout ends what hangs on the session, revocation covers all tokens of an application", "what-dies"],
  [ISSUE, "a change of password may end offline tokens", "what-dies"],
  [ISSUE, "the maps site, AOL and Google", "proxied-sign-in"],
  [ISSUE, "offline_access without prompt=consent is ignored", "offline-access-dropped"],
  [ISSUE, "payroll: conditions for processing", "payroll"],
  [ONLINE, "the single-page app whose refresh token ends with the session", "single-page-app"],
  [ONLINE, "revoking the refresh token leaves the session", "revoked-token-open-session"],
  [INCREMENTAL, "a confidential client and include_granted_scopes", "incremental-servers"],
  [INCREMENTAL, "a public client and existing_grant", "incremental-public"],
  [BLOG, "errors in the fragment", "user-says-no"],
  [BLOG, "offline access as a parameter of its own, for the code flow only", "implicit"],
  [BLOG, "auto-approval on the server side, and how to keep what was", "changing-a-setting"],
  [OAUTHSD, "the nightly backup after logout", "nightly-backup"],
];

const lessons = new Map<string, Lesson>();
beforeAll(async () => {
  for (const { id } of LESSONS) lessons.set(id, (await loadLesson(id)) as Lesson);
});

test.each(STORIES)("%s: %s", (document, _story, id) => {
  expect(lessons.get(id)?.sources.some(({ title }) => title.startsWith(document))).toBe(true);
});

test("the lessons that a workshop asks for are all there, in an order that builds", () => {
  expect(LESSONS.map(({ id }) => id)).toEqual([
    "code-and-tokens", "offline-access-dropped", "nightly-backup", "one-button", "online-to-offline", "leaked-database", "single-page-app",
    "proxied-sign-in", "remember-box", "payroll", "incremental-servers", "incremental-public", "native-app", "implicit", "user-says-no",
    "stolen-token", "what-dies", "revoked-token-open-session", "five-servers", "mcp", "changing-a-setting",
  ]);
});
