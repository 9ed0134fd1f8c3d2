/** The shape of a lesson file. What only another part of it can say, such as which step a claim means, is meaning.ts. */
import type { ProfileName } from "grantwise";
import { COLUMNS, LESSON_VERSION, OWNERS, type Claim, type Situation } from "./lesson.ts";
import { flag, list, nullable, object, one, oneOrMore, table, text, variants, whole, type Schema, type Shape } from "./shape.ts";

const MOST_LINK = 4000;
const SENTENCE = 400;

const link = text(MOST_LINK, { pattern: /^[^#\s]*$/, says: "A link stands here without its # and without spaces." });
const scopes = text(500, { pattern: /^[\x21\x23-\x5B\x5D-\x7E ]*$/, says: "This is to be a list of scopes, with spaces between." });
const name = text(60, { pattern: /^[^\s].*$/, says: "A name does not begin with a space." });
const TOKEN = /^(RT|AT|ID|CODE)\d{1,3}$/;
const token = text(7, { pattern: TOKEN, says: "A token is called RT1, AT1, ID1 or CODE1." });
const tokens = list(token, 1, 20);
const id = text(60, { pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/, says: "An id is made of lowercase words joined by hyphens." });

const screens = list(one("login", "reauthenticate", "select_account", "consent"), 0, 8);

const RESULTS = [
  "code", "front_channel_tokens", "code_and_front_channel_tokens", "none_response", "redirect_error", "error_page",
  "tokens", "error", "ok", "ask_user", "http_200", "http_204", "not_possible",
] as const;

/** Claims stand in claims so deep, and no deeper. */
const DEEPEST = 2;

function claim(depth: number): Shape<Claim> {
  const inner = depth > 0 ? { not: claim(depth - 1), any: list(claim(depth - 1), 2, 6) } : {};
  const { schema, read } = object({}, {
    screens,
    refresh_token: one("none", "session", "offline"),
    refresh_token_lives: one("session", "until_revoked", "long_lived", "long_but_finite", "fixed", "idle", "unspecified"),
    rotates: flag(),
    access_token: one("none", "in_the_redirect", "at_the_token_endpoint", "both"),
    access_token_seconds: whole(0, 999_999_999),
    error: nullable(text(60, { pattern: /^[a-z_]+$/, says: "An error is its code, or null." })),
    answered_in: one("query", "fragment", "form_post", "page"),
    granted: scopes,
    new_on_screen: scopes,
    known_on_screen: scopes,
    offline_on_screen: flag(),
    set_aside: text(200),
    under: list(name, 1, 6),
    count: whole(0, 6),
    answers: object({ different: whole(1, 6), in: list(one(...COLUMNS), 1, COLUMNS.length) }),
    after: whole(0, 60),
    result: one(...RESULTS),
    issues: tokens,
    alive: tokens,
    ended: tokens,
    carries: table(scopes, TOKEN, 1, 6),
    missing: tokens,
    session: one("open", "none"),
    ...inner,
  });
  return { schema: { ...schema, minProperties: 1 }, read: read as Shape<Claim>["read"] };
}

const CLAIM = claim(DEEPEST);

/** A profile is a name here; whether there is one, meaning.ts says. */
const profile = text(60) as unknown as Shape<ProfileName>;
const policyName = /^[a-z0-9_]{1,60}$/;
const parameterName = /^[A-Za-z0-9_.-]{1,80}$/;
const parameterValue = text(1000, { pattern: /^.*$/, says: "This is to be a value." });

const policies = list(object({ profile }, { name, policy: table(parameterValue, policyName, 1, 20) }), 2, 6);

const SITUATION = variants<FileSituation, "kind">("kind", {
  request: object({ kind: one("request"), link }),
  policy: object({ kind: one("policy"), link }),
  comparison: object({ kind: one("comparison"), link, policies }),
  timeline: object({ kind: one("timeline"), link }),
});

/** A file may leave out what is usual. */
export type FileSituation =
  | Exclude<Situation, { kind: "comparison" }>
  | { kind: "comparison"; link: string; policies: readonly { name?: string; profile: ProfileName; policy?: Readonly<Record<string, string>> }[] };

export const LESSON = object({
  grantwise_lesson: one(LESSON_VERSION),
  id,
  title: text(80),
  question: text(200),
  story: text(800),
  sources: list(object({ title: text(200) }, { url: text(300, { pattern: /^https:\/\/[^\s"<>]+$/, says: "An address begins with https://." }) }), 1, 6),
  shows: SITUATION,
  predict: list(object({ id, asks: text(160), choices: list(object({ text: text(120), when: CLAIM }), 2, 5) }), 1, 2),
  reveal: text(SENTENCE),
  reason: text(SENTENCE),
  holds: list(CLAIM, 1, 20),
  change: object({
    goal: text(200),
    reach: list(CLAIM, 1, 10),
    may: list(one(...OWNERS), 1, OWNERS.length),
    hints: object({
      where: text(SENTENCE), what: text(SENTENCE),
      do: table(nullable(oneOrMore(parameterValue, 60)), parameterName, 1, 6),
    }),
  }, { shows: SITUATION }),
  remember: text(200),
  notes: list(text(600), 1, 8),
}, { $schema: text(300) });

/** For the editor of whoever writes a lesson. */
export const SCHEMA: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "A lesson of the Grantwise playground",
  ...LESSON.schema,
};
