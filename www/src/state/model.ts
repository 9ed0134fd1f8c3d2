import type { ProfileName } from "grantwise";
import { INITIAL, type Circumstances } from "./fields.ts";
import { build, ENDPOINT, USUAL } from "./request_text.ts";

/** All that a link says. */
export interface State {
  /** The request, as the text in the field. */
  request: string;
  profile: ProfileName;
  /** Changed knobs and configuration keys, as written in a link: `true`, `3600`, `openid email`. */
  policy: Readonly<Record<string, string>>;
  circumstances: Circumstances;
  /** What a link says and this page does not know; kept, so that passing a link on loses nothing. */
  unknown: readonly (readonly [string, string])[];
  /** Nobody has said yet whose server the request goes to: the profile is a standard that stands in until then. */
  unsaid?: true;
}

/** The profiles that may stand in for a server that nobody named. */
export const STANDARDS: ReadonlySet<ProfileName> = new Set<ProfileName>(["openid-core", "oauth2"]);

/** The profile of a link that names none. */
export const USUAL_PROFILE: ProfileName = "openid-core";

/** What a link says that says nothing: an ordinary web client, a user who is signed in and never granted anything. */
export const EMPTY: State = {
  request: build(ENDPOINT, USUAL),
  profile: USUAL_PROFILE,
  policy: {},
  circumstances: INITIAL,
  unknown: [],
};
