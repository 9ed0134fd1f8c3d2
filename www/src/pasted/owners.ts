import type { ProfileName } from "grantwise";

/** Whose server a request goes to. */
export interface Owner {
  host: string;
  /** The profiles that it may be, the likeliest first. */
  profiles: readonly ProfileName[];
  /** By what it was recognised; null where it has to be asked. */
  by: "host" | "path" | null;
}

/** Servers that stand under a name of their maker. */
const HOSTS: readonly (readonly [host: RegExp, profile: ProfileName])[] = [
  [/^accounts\.google\.com$/, "google"],
  [/^(login|sts)\.(microsoftonline|microsoft|windows|partner\.microsoftonline)\.(com|us|de|cn|net)$|\.(b2clogin|ciamlogin)\.com$/, "microsoft-entra"],
  [/\.(okta|oktapreview|okta-emea|okta-gov)\.com$/, "okta"],
  [/\.auth0\.com$/, "auth0"],
  [/\.zitadel\.(cloud|app|ch)$/, "zitadel"],
  [/(^|\.)(my\.)?salesforce\.com$/, "salesforce"],
  [/\.oryapis\.com$/, "ory-hydra"],
  [/(^|\.)aol\.com$/, "aol"],
  [/\.duendesoftware\.com$/, "duende-identityserver"],
];

/** Servers that anybody runs, by a path that no other one has. */
const PATHS: readonly (readonly [path: RegExp, profile: ProfileName])[] = [
  [/\/realms\/[^/]+\/protocol\/openid-connect\/auth$/, "keycloak"],
  [/\/oauth2\/([^/]+\/)?v1\/authorize$/, "okta"],
  [/\/oauth2\/v2\.0\/authorize$/, "microsoft-entra"],
  [/\/o\/oauth2\/(v2\/)?auth$/, "google"],
  [/\/oauth\/v2\/authorize$/, "zitadel"],
  [/\/application\/o\/authorize\/?$/, "authentik"],
  [/\/services\/oauth2\/authorize$/, "salesforce"],
  [/\/api\/auth\/(oauth2|mcp)\/authorize$/, "better-auth"],
];

/** Paths that several have in common: what they suggest is offered first, and never taken. */
const HINTS: readonly (readonly [path: RegExp, profiles: readonly ProfileName[]])[] = [
  [/\/connect\/authorize$/, ["duende-identityserver", "openiddict"]],
  [/\/oauth2\/auth$/, ["ory-hydra"]],
  [/\/oauth2\/authorize$/, ["spring-authorization-server", "openid-core"]],
  [/\/authorize\.php$/, ["oauth2-server-php"]],
  [/\/auth$/, ["oidc-provider", "openid-core"]],
  [/\/authorize$/, ["openid-core", "oauth2", "auth0", "mcp"]],
];

export function ownerOf(endpoint: string): Owner {
  // What stands before an @ is no host, whatever it looks like.
  const [, host = "", path = ""] = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#:@]*)(?::\d+)?([^?#]*)/i.exec(endpoint) ?? [, "", endpoint];
  const name = host.toLowerCase();
  const byHost = HOSTS.find(([pattern]) => pattern.test(name));
  if (byHost) return { host, profiles: [byHost[1]], by: "host" };
  const byPath = PATHS.find(([pattern]) => pattern.test(path));
  if (byPath) return { host, profiles: [byPath[1]], by: "path" };
  return { host, profiles: HINTS.find(([pattern]) => pattern.test(path))?.[1] ?? [], by: null };
}
