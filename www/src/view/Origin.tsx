import { profiles, type Profile, type ProfileSetting } from "grantwise";
import { profile } from "../engine/decided.ts";
import { Sources } from "./Sources.tsx";

/** Where a value of the profile comes from. */
export function Origin({ id }: { id: string }) {
  const found = setting(profile.value, id);
  if (!found) return <>The usual value: this profile's sources do not speak of it.</>;
  if (found.inferred !== null) return <><b>Inferred.</b> {found.inferred}</>;
  return <>Stated by <Sources sources={found.sources} /></>;
}

function setting(of: Profile, id: string): ProfileSetting | undefined {
  const own = of.settings.find((one) => one.id === id);
  const base = profiles.find(({ name }) => name === of.base);
  return own ?? (base ? setting(base, id) : undefined);
}
