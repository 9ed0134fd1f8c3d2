import type { Decision } from "grantwise";
import { accessTokenWords, refreshTokenWords } from "../words/tokens.ts";
import { screenWord } from "../words/screens.ts";
import type { Walk } from "./walk.ts";

/** The few things in which two answers are compared, each in words. */
export interface Outcome {
  screens: string;
  answer: string;
  refreshToken: string;
  accessToken: string;
  scope: string;
  ignored: string;
}

export type Column = keyof Outcome;

export const COLUMNS: readonly { id: Column; title: string }[] = [
  { id: "screens", title: "Screens" },
  { id: "refreshToken", title: "Refresh token" },
  { id: "accessToken", title: "Access token" },
  { id: "answer", title: "Answer" },
  { id: "scope", title: "Scope granted" },
  { id: "ignored", title: "Set aside" },
];

export function outcome({ steps, decision }: Walk): Outcome {
  return {
    screens: steps.length === 0 ? "none" : steps.map(({ screen }) => screenWord(screen)).join(", then "),
    answer: answerWords(decision),
    refreshToken: refreshToken(decision),
    accessToken: accessToken(decision),
    scope: decision.outcome === "issue" ? decision.scope.granted.join(" ") || "none" : "none",
    ignored: decision.ignored.map(({ param, value }) => `${param}=${value}`).join(", ") || "nothing",
  };
}

function answerWords({ error, response }: Decision): string {
  if (error) {
    const code = error.code ?? "no code";
    return error.placement === "page" || error.placement === "http_400" ? `error page (${code})` : `error ${code}`;
  }
  return response && response.mint.length > 0 ? response.mint.map((one) => one.replace("_", " ")).join(" + ") : "empty";
}

function refreshToken({ outcome: what, tokens }: Decision): string {
  return what === "issue" ? refreshTokenWords(tokens.token_endpoint?.refresh_token ?? null) : "none";
}

function accessToken({ outcome: what, tokens }: Decision): string {
  if (what !== "issue") return "none";
  const front = tokens.front_channel.access_token;
  const back = tokens.token_endpoint?.access_token ?? null;
  const words = [front && `${accessTokenWords(front)}, in the browser`, back && accessTokenWords(back)];
  return words.filter((one) => one !== null).join("; ") || "none";
}

export function sameOutcome(one: Outcome, other: Outcome): boolean {
  return COLUMNS.every(({ id }) => one[id] === other[id]);
}
