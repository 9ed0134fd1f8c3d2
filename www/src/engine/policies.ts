import type { ConfigurationKey, KnobValue, Overrides, ProfileName } from "grantwise";
import { GrantwiseError, Policy } from "grantwise/engine";
import { catalogue } from "./catalogue.ts";

const plain = new Map<ProfileName, Policy>();

/** The profile as it ships. */
export function shipped(name: ProfileName): Policy {
  const known = plain.get(name);
  if (known) return known;
  const policy = Policy.profile(name);
  plain.set(name, policy);
  return policy;
}

/** A value of a setting, before the engine has said whether it takes it. */
export type SettingValue = KnobValue | number | string | readonly string[] | null;

export interface Changed {
  policy: Policy;
  overrides: Overrides;
  /** Changes that the engine does not take, as sentences. */
  problems: string[];
  /** What stands in the link and is not as the profile ships it, also while it cannot be read yet. */
  settings: ReadonlySet<string>;
}

let last: { name: ProfileName; written: string | false; changed: Changed } | null = null;

/** The profile with the changes of a link. A change that cannot be made does not cost the others. */
export function changed(name: ProfileName, written: Readonly<Record<string, string>>): Changed {
  // Without the catalogue no change can be read; once it is there, all are read anew.
  const key = Object.keys(written).length > 0 && JSON.stringify([catalogue.value !== null, written]);
  if (last && last.name === name && last.written === key) return last.changed;
  const taken: Record<string, SettingValue> = {};
  const problems: string[] = [];
  const settings = new Set(Object.keys(written));
  for (const [id, text] of Object.entries(written)) {
    const value = typed(id, text);
    try {
      if (value === undefined) throw new RangeError(`There is no setting ${id}`);
      Policy.profile(name, { [id]: value } as Overrides);
      if (isOwn(name, id, text)) settings.delete(id);
      else taken[id] = value;
    } catch (error) {
      if (!(error instanceof GrantwiseError || error instanceof RangeError)) throw error;
      problems.push(`policy.${id}=${text} is not counted: ${error.message}.`);
    }
  }
  // The engine has taken each of them.
  const overrides = taken as Overrides;
  const policy = Object.keys(overrides).length === 0 ? shipped(name) : Policy.profile(name, overrides);
  const result = { policy, overrides, problems, settings };
  last = { name, written: key, changed: result };
  return result;
}

/** Whether a value, as a link writes it, is the one that the profile has anyway. */
export function isOwn(name: ProfileName, id: string, text: string): boolean {
  const own: unknown = (shipped(name).settings as Readonly<Record<string, unknown>>)[id] ?? null;
  return JSON.stringify(typed(id, text)) === JSON.stringify(own);
}

/** What a link writes as text, as the value that the package takes. */
export function typed(id: string, text: string): SettingValue | undefined {
  const knob = catalogue.value?.knobs.find((one) => one.id === id);
  if (knob) return knob.options.some(({ value }) => value === (text === "true")) && /^(true|false)$/.test(text) ? text === "true" : text;
  const key = catalogue.value?.configuration.find((one) => one.id === id);
  if (!key) return undefined;
  if (text === "") return null;
  switch (key.kind) {
    case "seconds":
    case "count": return /^\d+$/.test(text) ? Number(text) : text;
    case "scopes":
    case "names": return text.split(/\s+/).filter((one) => one !== "");
    // A response type may have spaces in it.
    case "response_types": return text.split(",").map((one) => one.trim()).filter((one) => one !== "");
    case "url": return text;
  }
}

/** The other way round. */
export function written(value: SettingValue | undefined, kind: ConfigurationKey["kind"]): string {
  const between = kind === "response_types" ? "," : " ";
  return value === null || value === undefined ? "" : Array.isArray(value) ? value.join(between) : String(value);
}

/** Overrides as a link writes them. */
export function configurationWritten(overrides: Overrides): Record<string, string> {
  return Object.fromEntries(Object.entries(overrides).map(([id, value]) => {
    const key = catalogue.value?.configuration.find((one) => one.id === id);
    return [id, written(value as SettingValue, key?.kind ?? "names")];
  }));
}
