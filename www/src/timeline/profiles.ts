import type { ProfileName } from "grantwise";
import { profiles } from "virtual:summary";

/** Profiles by their titles, in the order in which people look for them. */
export const SORTED = [...profiles].sort((one, two) => one.title.localeCompare(two.title, "en"));

export function profileTitle(name: ProfileName): string {
  return profiles.find((one) => one.name === name)?.title ?? name;
}

export function profileCharacter(name: ProfileName): string {
  return profiles.find((one) => one.name === name)?.character ?? "";
}
