/**
 * The parameters that some profile reads or that the standards register for the authorization request. They stand
 * in a link under their own names; any other parameter stands there as `request.<name>`.
 */
export interface Parameter {
  name: string;
  /** What it asks for, in a few words. */
  about: string;
}

export const PARAMETERS: readonly Parameter[] = [
  { name: "response_type", about: "what the redirect carries" },
  { name: "client_id", about: "which client asks" },
  { name: "redirect_uri", about: "where the answer goes" },
  { name: "scope", about: "what the client wants to do" },
  { name: "state", about: "returned to the client as it is" },
  { name: "prompt", about: "which screens must appear, or none" },
  { name: "access_type", about: "Google's way to ask for offline access" },
  { name: "approval_prompt", about: "Google's older way to ask for the screen" },
  { name: "include_granted_scopes", about: "add what was granted before" },
  { name: "max_age", about: "sign in again when longer ago, in seconds" },
  { name: "nonce", about: "ties an ID Token to the request" },
  { name: "response_mode", about: "how the answer travels" },
  { name: "code_challenge", about: "PKCE: proof that the code is redeemed by who asked" },
  { name: "code_challenge_method", about: "how the PKCE challenge was made" },
  { name: "id_token_hint", about: "who the client thinks is signed in" },
  { name: "login_hint", about: "a name to fill in on the sign-in screen" },
  { name: "display", about: "how screens should look" },
  { name: "ui_locales", about: "languages for the screens" },
  { name: "claims_locales", about: "languages for the claims" },
  { name: "acr_values", about: "how the user should sign in" },
  { name: "claims", about: "single claims that are asked for" },
  { name: "resource", about: "the API that the tokens are for" },
  { name: "authorization_details", about: "rich authorization details" },
  { name: "grant_management_action", about: "what to do with the earlier grant" },
  { name: "grant_id", about: "which earlier grant is meant" },
  { name: "launch", about: "the health record's launch token" },
  { name: "aud", about: "the health record's address" },
  { name: "request", about: "the request as a signed object" },
  { name: "request_uri", about: "where the request object lies" },
];

const NAMES = new Map(PARAMETERS.map((parameter) => [parameter.name, parameter]));

export function parameter(name: string): Parameter | undefined {
  return NAMES.get(name);
}
