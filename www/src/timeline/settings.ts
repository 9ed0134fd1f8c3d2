import type { Overrides, ProfileName } from "grantwise";
import { GrantwiseError, Policy } from "grantwise/engine";
import { typed } from "../engine/policies.ts";
import { catalogue } from "../engine/catalogue.ts";

/** Changed settings as the engine takes them; of those that it does not take a sentence. */
export function taken(profile: ProfileName, written: Readonly<Record<string, string>>): { overrides: Overrides; problems: string[] } {
  const overrides: Record<string, unknown> = {};
  const problems: string[] = [];
  // Nothing can be read before the catalogue is there; then all is read anew.
  if (catalogue.value === null) return { overrides: {}, problems };
  for (const [id, text] of Object.entries(written)) {
    const value = typed(id, text);
    try {
      if (value === undefined) throw new RangeError(`There is no setting ${id}`);
      Policy.profile(profile, { [id]: value } as Overrides);
      overrides[id] = value;
    } catch (error) {
      if (!(error instanceof GrantwiseError || error instanceof RangeError)) throw error;
      problems.push(`policy.${id}=${text} is not counted: ${error.message}.`);
    }
  }
  return { overrides: overrides as Overrides, problems };
}
