/** The shape of a lesson file. What only another part of it can say, such as which step a claim means, is meaning.ts. */
import type { ProfileName } from "grantwise";
import { COLUMNS, LESSON_VERSION, OWNERS, type Claim, type Situation } from "./lesson.ts";
import { about, flag, list, named, nullable, object, one, oneOrMore, table, text, variants, whole, type Schema, type Shape } from "./shape.ts";

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

/** What a claim states; claims within it are added below. */
export const STATED = {
  screens: about("The screens that the person sees, all of them, in their order; [] is none.", screens),
  refresh_token: about("None, or what ends it: session, or offline for one that outlives the session.", one("none", "session", "offline")),
  refresh_token_lives: about("How long the refresh token lives.", one("session", "until_revoked", "long_lived", "long_but_finite", "fixed", "idle", "unspecified")),
  rotates: about("A refresh makes another refresh token.", flag()),
  access_token: about("Where an access token comes from.", one("none", "in_the_redirect", "at_the_token_endpoint", "both")),
  access_token_seconds: whole(0, 999_999_999),
  error: about("The error code; null is no error.", nullable(text(60, { pattern: /^[a-z_]+$/, says: "An error is its code, or null." }))),
  answered_in: about("How the answer travels; page is an error page, of which the client learns nothing.", one("query", "fragment", "form_post", "page")),
  granted: about("The scopes granted, with spaces between, in any order; empty is none.", scopes),
  new_on_screen: about("The scopes that the consent screen calls new.", scopes),
  known_on_screen: about("The scopes that the consent screen calls granted before.", scopes),
  offline_on_screen: about("The consent screen says that access goes on while the user is away.", flag()),
  set_aside: about("A parameter, access_type, or a value of one, scope=offline_access.", text(200)),
  under: about("The policies that are meant, by their names; all when absent.", list(name, 1, 6)),
  count: about("Under exactly so many of the policies.", whole(0, 6)),
  answers: about("How many different answers the policies give, in these columns.", object({ different: whole(1, 6), in: list(one(...COLUMNS), 1, COLUMNS.length) })),
  after: about("After this step of the timeline, from 1; after the last when absent.", whole(0, 60)),
  result: about("What came of the step.", one(...RESULTS)),
  issues: about("Tokens that the step issued.", tokens),
  alive: about("Tokens that are good.", tokens),
  ended: about("Tokens that were issued and are no good any more.", tokens),
  carries: about("The scopes of tokens.", table(scopes, TOKEN, 1, 6)),
  missing: about("Tokens that were never issued.", tokens),
  session: one("open", "none"),
};

function claim<T extends Readonly<Record<string, Shape<unknown>>>>(inner: T): Shape<Claim> {
  const { schema, read } = object({}, { ...STATED, ...inner });
  return { schema: { ...schema, minProperties: 1 }, read: read as Shape<Claim>["read"] };
}

const combining = (inner: Shape<Claim>) => ({ not: about("Does not hold.", inner), any: about("One of these holds, at least.", list(inner, 2, 6)) });

/** Claims stand in claims so deep, and no deeper. */
const PLAIN = claim({});
const WITHIN = claim(combining(named("plain_claim", PLAIN)));
const WHOLE = claim(combining(named("inner_claim", WITHIN)));
const CLAIM = named("claim", WHOLE);

/** A profile is a name here; whether there is one, meaning.ts says. */
const profile = text(60) as unknown as Shape<ProfileName>;
const policyName = /^[a-z0-9_]{1,60}$/;
const parameterName = /^[A-Za-z0-9_.-]{1,80}$/;
const parameterValue = text(1000, { pattern: /^.*$/, says: "This is to be a value." });

const policies = list(object({ profile }, { name, policy: table(parameterValue, policyName, 1, 20) }), 2, 6);

const SITUATIONS = variants<FileSituation, "kind">("kind", {
  request: object({ kind: one("request"), link }),
  policy: object({ kind: one("policy"), link }),
  comparison: object({ kind: one("comparison"), link, policies }),
  timeline: object({ kind: one("timeline"), link }),
});

const SITUATION = named("situation", SITUATIONS);

/** A file may leave out what is usual. */
export type FileSituation =
  | Exclude<Situation, { kind: "comparison" }>
  | { kind: "comparison"; link: string; policies: readonly { name?: string; profile: ProfileName; policy?: Readonly<Record<string, string>> }[] };

const ADDRESS = { pattern: /^https:\/\/[^\s"<>]+$/, says: "An address begins with https://." };
const PREDICTION = object({ id, asks: text(160), choices: list(object({ text: text(120), when: CLAIM }), 2, 5) });

export const LESSON = object({
  grantwise_lesson: about("The version of the format.", one(LESSON_VERSION)),
  id: about("Lowercase words joined by hyphens, as in a link.", id),
  title: text(80),
  question: about("The one question of the lesson.", text(200)),
  story: about("What happened before, in a few plain sentences.", text(800)),
  sources: about("Where the story and the facts are from.", list(object({ title: text(200) }, { url: text(300, ADDRESS) }), 1, 6)),
  shows: about("What is looked at.", SITUATION),
  predict: about("What the room predicts. Exactly one choice is right, and the engine says which.", list(PREDICTION, 1, 2)),
  reveal: about("What happens, in one sentence.", text(SENTENCE)),
  reason: about("Why, in one sentence.", text(SENTENCE)),
  holds: about("What the texts state; the engine is held to each.", list(CLAIM, 1, 20)),
  change: about("Now change one thing.", object({
    goal: text(200),
    reach: about("The goal is reached when all of these hold.", list(CLAIM, 1, 10)),
    may: about("What may be changed for it.", list(one(...OWNERS), 1, OWNERS.length)),
    hints: object({
      where: text(SENTENCE),
      what: text(SENTENCE),
      do: about("Parameters of the link to set, or with null to remove.", table(nullable(oneOrMore(parameterValue, 60)), parameterName, 1, 4)),
    }),
  }, { shows: about("Where the task begins, when not at the lesson's own situation.", SITUATION) })),
  remember: about("The sentence to take home.", text(200)),
  notes: about("For the teacher: what people get wrong, what to ask next.", list(text(600), 1, 8)),
}, { $schema: text(300) });

/** For the editor of whoever writes a lesson. */
export const SCHEMA: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "A lesson of the Grantwise playground",
  ...LESSON.schema,
  $defs: { situation: SITUATIONS.schema, claim: WHOLE.schema, inner_claim: WITHIN.schema, plain_claim: PLAIN.schema },
};
