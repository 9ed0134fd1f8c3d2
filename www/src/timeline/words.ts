import type { Life } from "grantwise/simulation";
import { duration } from "../words/duration.ts";
import { screenWord } from "../words/screens.ts";
import type { Screen } from "../engine/walk.ts";
import type { Ending, Lane } from "./layout.ts";
import type { ScenarioStep } from "./model.ts";
import type { Entry } from "./run.ts";

const KINDS: Readonly<Record<Lane["kind"], string>> = {
  session: "session", refresh_token: "refresh token", access_token: "access token", id_token: "ID Token", code: "code",
};

export function kindWord(kind: Lane["kind"]): string {
  return KINDS[kind];
}

/** An end is told by a shape and a word, and never by a colour alone. */
export const ENDINGS: Readonly<Record<Exclude<Ending, "open">, { shape: string; word: string }>> = {
  revoked: { shape: "×", word: "revoked" },
  expired: { shape: "|", word: "expired" },
  superseded: { shape: "»", word: "superseded" },
  used: { shape: "✓", word: "used" },
};

export function bindingWords(binding: Life["binding"], kind: Life["kind"] = "refresh_token"): string {
  if (binding === "session") return "ends with the session";
  if (binding === "offline") return "outlives the session";
  return kind === "id_token" ? "a statement, not an access" : "";
}

const EVENT_WORDS: Readonly<Record<string, { long: string; short: string }>> = {
  logout: { long: "The user signs out", short: "sign-out" },
  session_timeout: { long: "The session times out", short: "timeout" },
  admin_ends_session: { long: "The administrator ends the session", short: "admin ends" },
  switch_account: { long: "The user switches to another account", short: "switch" },
  password_change: { long: "The user changes the password", short: "password" },
  user_revokes_app: { long: "The user removes the app", short: "removed" },
};

export function eventWords(action: string): { long: string; short: string } {
  return EVENT_WORDS[action] ?? { long: action, short: action };
}

function who(step: ScenarioStep): string {
  return step.by === "attacker" ? "The attacker" : "The client";
}

/** What is done, as a sentence without its full stop. */
export function stepWords(step: ScenarioStep): string {
  switch (step.action) {
    case "authorize": {
      const { scope, prompt, response_type: type } = step.params;
      const more = [
        scope ? `for ${scope}` : "without a scope",
        ...(type && type !== "code" ? [`as ${type}`] : []),
        ...(prompt ? [`with prompt=${prompt}`] : []),
        ...Object.entries(step.params).filter(([name]) => !QUIET.has(name)).map(([name, value]) => `with ${name}=${value}`),
      ];
      return `The client asks ${more.join(", ")}${personWords(step)}`;
    }
    case "exchange": return `${who(step)} exchanges ${step.code}${step.existing_grant ? `, and shows ${step.existing_grant} as its earlier grant` : ""}`;
    case "refresh": return `${who(step)} refreshes with ${step.refresh_token}${step.scope ? `, for ${step.scope} only` : ""}`;
    case "client_credentials": return "The client asks for an access token in its own name";
    case "revoke": return `The client revokes ${step.token}`;
    case "api_call": return `The client calls the API with ${step.token}`;
    case "grant_delete": return `The client deletes the grant ${step.grant_id}`;
    case "advance_clock": return `${capital(duration(step.seconds))} ${step.seconds === 1 ? "passes" : "pass"}`.replace(/^(One \w+) pass$/, "$1 passes");
    case "set_session": return `The session has ${duration(step.remaining)} left`;
    case "condition_withdrawn": return `The condition for processing ends (${step.basis.replaceAll("_", " ")})`;
    default: return eventWords(step.action).long;
  }
}

/** What the sentence says anyway, or what matters to no reader of it. */
const QUIET = new Set(["scope", "prompt", "response_type", "client_id", "redirect_uri", "state", "nonce", "code_challenge", "code_challenge_method"]);

function personWords({ person }: Extract<ScenarioStep, { action: "authorize" }>): string {
  const words = [
    ...(person?.login === "failed" ? ["the user cannot sign in"] : []),
    ...(person?.login === "denied" ? ["the user does not want to sign in"] : []),
    ...(person?.login_as ? [`the user signs in as ${capital(person.login_as)}`] : []),
    ...(person?.account === "none_chosen" ? ["the user chooses no account"] : []),
    ...(person?.consent === "denied" ? ["the user refuses"] : []),
    ...(person?.consent === "impossible" ? ["the user cannot answer"] : []),
    ...(person?.scope ? [`the user approves only ${person.scope}`] : []),
    ...(person?.remember === true ? ["the user ticks “remember”"] : []),
    ...(person?.remember === false ? ["the user does not tick “remember”"] : []),
  ];
  return words.length === 0 ? "" : `; ${words.join(", ")}`;
}

/** What is done, in a word or two for a column of the picture. */
export function columnWords(step: ScenarioStep): string {
  switch (step.action) {
    case "authorize": return "ask";
    case "exchange": return "exchange";
    case "refresh": return "refresh";
    case "client_credentials": return "own name";
    case "revoke": return "revoke";
    case "api_call": return "API call";
    case "grant_delete": return "delete";
    case "advance_clock": return "later";
    case "set_session": return "session set";
    case "condition_withdrawn": return "basis ends";
    default: return eventWords(step.action).short;
  }
}

/** What must be seen of a column at once: who did it, when not the client, and that it was refused. */
export function columnNote(entry: Entry): string {
  const { tone } = resultWords(entry);
  if (entry.moment === null) return "not possible";
  const outcome = tone === "bad" ? "× refused" : "";
  return entry.step.by === "attacker" ? (outcome === "" ? "by attacker" : "× attacker") : outcome;
}

/** The token that a column is about, for its second line. */
export function columnObject(step: ScenarioStep): string {
  switch (step.action) {
    case "exchange": return step.code;
    case "refresh": return step.refresh_token;
    case "revoke": case "api_call": return step.token;
    case "grant_delete": return step.grant_id;
    default: return "";
  }
}

const RESULTS: Readonly<Record<string, { word: string; good: boolean | null }>> = {
  code: { word: "a code", good: true },
  front_channel_tokens: { word: "tokens in the redirect", good: true },
  code_and_front_channel_tokens: { word: "a code and tokens in the redirect", good: true },
  none_response: { word: "a redirect with neither code nor tokens", good: true },
  redirect_error: { word: "refused in the redirect", good: false },
  error_page: { word: "an error page", good: false },
  tokens: { word: "tokens", good: true },
  error: { word: "refused", good: false },
  ok: { word: "done", good: null },
  http_200: { word: "done (HTTP 200)", good: null },
  http_204: { word: "done (HTTP 204)", good: null },
  ask_user: { word: "the user is asked first", good: null },
};

export interface ResultWords {
  shape: string;
  word: string;
  tone: "good" | "bad" | "plain";
}

export function resultWords({ moment, step }: Entry): ResultWords {
  if (moment === null) return { shape: "○", word: "not possible", tone: "plain" };
  if (step.action === "advance_clock") return { shape: "⋯", word: "time passes", tone: "plain" };
  if (step.action === "api_call" && moment.result === "ok") return { shape: "✓", word: "accepted", tone: "good" };
  const { word, good } = RESULTS[moment.result] ?? { word: moment.result, good: null };
  const code = moment.decision?.error?.code;
  const shown = good === false && code ? `${word}: ${code}` : word;
  return good === null ? { shape: "•", word: shown, tone: "plain" } : good ? { shape: "✓", word: shown, tone: "good" } : { shape: "×", word: shown, tone: "bad" };
}

/** "consent", "sign in, then consent", "no screen". */
export function screensWords(screens: readonly string[]): string {
  return screens.length === 0 ? "no screen" : screens.map((screen) => screenWord(screen as Screen)).join(", then ");
}

/** The engine's sentence for a step, or why there was none. */
export function summaryOf({ moment, problem, step }: Entry): string {
  if (moment === null) return problem ?? "";
  if (step.action === "advance_clock" && moment.decision === null) {
    return moment.ended.length === 0 ? "Nothing ends." : `The time of ${listed(moment.ended)} is over.`;
  }
  // The result says so already.
  return capital(moment.summary.replace(/^Refused with \w+: /, ""));
}

/** "RT1, AT1 and AT2". */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** "no time has passed", "one hour in". */
export function sinceStart(start: number, at: number): string {
  return at <= start ? "no time has passed" : `${duration(at - start)} in`;
}

/** "8 h", for places without room for a word. */
export function brief(seconds: number): string {
  for (const [unit, size] of [["d", 86_400], ["h", 3600], ["min", 60]] as const) {
    if (seconds >= size) return `${grouped(Number((seconds / size).toFixed(1)))} ${unit}`;
  }
  return `${seconds} s`;
}

/** "36,500". The browser's own formatting takes longer to begin with than a picture takes to draw. */
function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}
