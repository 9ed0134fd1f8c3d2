import type { AccessToken, Lifetime, RefreshToken } from "grantwise";
import { duration } from "./duration.ts";

/** How long a refresh token lives; empty where nothing more is known than its binding. */
export function lifetimeWords(lifetime: Lifetime): string {
  switch (lifetime.kind) {
    case "session": return "ends with the session";
    case "until_revoked": return "until revoked";
    case "long_lived": return "long-lived";
    case "long_but_finite": return "long-lived, not for ever";
    case "fixed": return `for ${duration(lifetime.seconds)}`;
    case "idle": return `until ${duration(lifetime.seconds)} without use`;
    case "unspecified": return "";
  }
}

/** In a few words, for a table. */
export function refreshTokenWords(token: RefreshToken | null): string {
  if (token === null) return "none";
  const lifetime = lifetimeWords(token.lifetime);
  const rotation = token.rotation === "none" ? "" : token.rotation === "used_up" ? "can be used once" : "rotates";
  const binding = token.binding === "session" ? "ends with the session" : "outlives the session";
  const parts = [binding, lifetime === binding ? "" : lifetime, rotation].filter((one) => one !== "");
  return parts.join(", ");
}

export function rotationWords(token: RefreshToken): string {
  switch (token.rotation) {
    case "none": return "not replaced when used";
    case "replaced": return "replaced at every use";
    case "added": return "a new one at every use, the old one stays";
    case "until_successor_used": return "a new one at every use, the old one stays until the new one is used";
    case "used_up": return "used up at the first use, and not replaced";
  }
}

/** In a few words, for a table. */
export function accessTokenWords({ expires_in: seconds }: AccessToken): string {
  return seconds === null ? "issued" : duration(seconds);
}
