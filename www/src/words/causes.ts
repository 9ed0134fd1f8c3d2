import type { ConsentReason } from "grantwise";

const CAUSES: Readonly<Record<ConsentReason, string>> = {
  prompt_consent: "the request asks for the screen",
  new_scopes: "something is asked for the first time",
  offline_access: "access while the user is away needs an answer",
  client_always_asked: "this kind of client is always asked",
  always_asked: "everybody is asked every time",
  redirect_uri_changed: "the earlier answer was given for another redirect URI",
  loopback_client: "nobody knows which program listens on a loopback address",
  answer_out_of_date: "the screen has changed since the answer",
};

/** An approval that was there once: nothing is asked for the first time then. */
export type Former = "revoked" | "forgotten" | null;

export function causeWords(reason: ConsentReason, former: Former): string {
  if (reason === "new_scopes" && former !== null) return former === "revoked" ? "the earlier approval was revoked" : "the earlier approval was not kept";
  return CAUSES[reason];
}
