import type { Decision, RefreshToken } from "grantwise";
import type { Walk } from "../engine/walk.ts";
import { duration } from "./duration.ts";
import { screensSentence } from "./screens.ts";

/** A piece of the answer's sentence. */
export interface Piece {
  text: string;
  /** What the sentence is about. */
  weight?: "strong";
  /** What this piece speaks of: it is marked when that changes. */
  about: "screens" | "tokens" | "refresh";
}

/** The answer in one sentence, made of nothing but the decision and the names. */
export function sentence(walk: Walk, client: string): Piece[] {
  const { decision } = walk;
  return [{ text: `${screensSentence(walk)} `, about: "screens" }, ...received(decision, client)];
}

function received(decision: Decision, client: string): Piece[] {
  if (decision.outcome === "error") return refused(decision, client);
  if (decision.outcome !== "issue") return [{ text: `${client} waits.`, about: "tokens" }];
  const { front_channel: front, token_endpoint: back } = decision.tokens;
  const got: string[] = [];
  if (front.access_token) got.push(`an access token in the browser${forHow(front.access_token.expires_in)}`);
  if (back) got.push(`an access token${forHow(back.access_token.expires_in)}`);
  const idToken = front.id_token || (back?.id_token ?? false);
  if (got.length === 0 && idToken) got.push("an ID Token");
  if (got.length === 0 && !back) {
    return [{ text: `${client} gets `, about: "tokens" }, { text: "no token", weight: "strong", about: "tokens" }, { text: ".", about: "tokens" }];
  }
  return [
    { text: `${client} gets ${got.join(", ")} and `, about: "tokens" },
    { text: refresh(back?.refresh_token ?? null), weight: "strong", about: "refresh" },
    { text: ".", about: "refresh" },
  ];
}

function refused({ error }: Decision & { outcome: "error" }, client: string): Piece[] {
  if (error.placement === "page" || error.placement === "http_400") {
    return [{ text: `${client} gets `, about: "tokens" }, { text: "nothing", weight: "strong", about: "tokens" }, { text: ".", about: "tokens" }];
  }
  return [
    { text: `${client} gets the error `, about: "tokens" },
    { text: error.code ?? "without a code", weight: "strong", about: "tokens" },
    { text: " and no token.", about: "tokens" },
  ];
}

function forHow(seconds: number | null): string {
  return seconds === null ? "" : ` for ${duration(seconds)}`;
}

function refresh(token: RefreshToken | null): string {
  if (token === null) return "no refresh token";
  return `a refresh token that ${token.binding === "session" ? "ends with" : "outlives"} the session`;
}

/** Why, in the decision's own words: what was refused, what was set aside, or why there is a refresh token or none. */
export function because({ error, ignored, tokens, summary }: Decision): string {
  if (error) return error.description;
  if (ignored.length > 0) return ignored.map(({ param, value, sentence: why }) => `${param}=${value} is set aside: ${lower(why)}`).join(" ");
  return tokens?.refresh_token_because.sentence ?? summary;
}

/** A name in the standards' spelling keeps it. */
function lower(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.slice(0, 1).toLowerCase() + text.slice(1) : text;
}

export function plain(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join("");
}

/** The answer in a line, for small screens and the bar. */
export function line({ steps, decision }: Walk): { screens: string; result: string } {
  const screens = steps.length === 0 ? "No screen" : steps.length === 1 ? "One screen" : `${steps.length} screens`;
  if (decision.outcome === "error") {
    const page = decision.error.placement === "page" || decision.error.placement === "http_400";
    return { screens: page && steps.length === 0 ? "Error page" : screens, result: page ? "nothing for the client" : (decision.error.code ?? "error") };
  }
  if (decision.outcome !== "issue") return { screens, result: "waiting" };
  const back = decision.tokens.token_endpoint;
  if (!back) return { screens, result: "no refresh token" };
  const token = back.refresh_token;
  return {
    screens,
    result: token === null ? "no refresh token" : token.binding === "session" ? "session refresh token" : "lasting refresh token",
  };
}
