import type { ProfileName } from "grantwise";

// Written out, because links are read before the engine is there. A record, so that the compiler misses none.
const NAMES: Readonly<Record<ProfileName, true>> = {
  "aol": true, "auth0": true, "browser-based-apps": true, "google": true, "google-2011": true,
  "google-2011-before": true, "google-2012": true, "grant-management": true, "incremental-auth": true,
  "keycloak": true, "microsoft-entra": true, "native-apps": true, "oauth2": true, "oauthsd": true, "okta": true,
  "online-access": true, "openid-core": true, "openid-draft-2012": true, "rfc7009": true, "salesforce": true,
  "security-bcp": true, "smart-app-launch": true, "suggested-default": true,
};

export function isProfile(name: string): name is ProfileName {
  return Object.hasOwn(NAMES, name);
}

export const PROFILE_NAMES = Object.keys(NAMES) as ProfileName[];
