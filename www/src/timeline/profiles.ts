import type { ProfileName } from "grantwise";
import { profiles } from "virtual:summary";
import { soon } from "../view/soon.ts";

export function profileTitle(name: ProfileName): string {
  return profiles.find((one) => one.name === name)?.title ?? name;
}

export function profileCharacter(name: ProfileName): string {
  return soon.value?.characters[name] ?? "";
}
