import type { Profile, ProfileSetting } from "grantwise";
import { profiles } from "grantwise/catalogue";
import { state } from "../state/store.ts";
import { Sources } from "./Sources.tsx";

/** Where a value of the profile comes from. */
export function Origin({ id }: { id: string }) {
  const found = setting(profiles.find(({ name }) => name === state.value.profile), id);
  if (!found) return <>The usual value: this profile's sources do not speak of it.</>;
  if (found.inferred !== null) return <><b>Inferred.</b> {found.inferred}</>;
  return <>Stated by <Sources sources={found.sources} /></>;
}

function setting(of: Profile | undefined, id: string): ProfileSetting | undefined {
  if (!of) return undefined;
  const own = of.settings.find((one) => one.id === id);
  return own ?? setting(profiles.find(({ name }) => name === of.base), id);
}
