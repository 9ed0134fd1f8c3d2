import type { ProfileName } from "grantwise";
import { profiles } from "virtual:summary";

/** By their names. Links are read before the engine is there. */
export const PROFILE_NAMES: readonly ProfileName[] = profiles.map(({ name }) => name).sort();

export function isProfile(name: string): name is ProfileName {
  return (PROFILE_NAMES as readonly string[]).includes(name);
}
