import { profiles, type ProfileSummary } from "virtual:summary";
import { computed } from "@preact/signals";
import { state } from "../state/store.ts";
import { fates } from "./fates.ts";
import { outcome, sameOutcome, type Outcome } from "./outcome.ts";
import { changed, shipped } from "./policies.ts";
import { clientId } from "./situation.ts";
import { walk } from "./walk.ts";

/** The policy in force. */
export const policy = computed(() => changed(state.value.profile, state.value.policy));

/** The request from its arrival to its end. */
export const walked = computed(() => walk(policy.value.policy, state.value));

/** Its outcome in comparable words. */
export const result = computed(() => outcome(walked.value));

/** What became of each parameter. */
export const parameters = computed(() => fates(policy.value.policy, state.value, walked.value));

/** The client's name in sentences. */
export const clientName = computed(() => clientId(state.value.request));

export const profile = computed(() => profiles.find(({ name }) => name === state.value.profile) as ProfileSummary);

/** Profiles that give the same answer to this request. */
export interface Group {
  outcome: Outcome;
  profiles: ProfileSummary[];
  /** The current policy is among them. */
  current: boolean;
  /** It is not as it ships. */
  changed: boolean;
}

/** The same request under every profile, the current answer first, then the largest groups. */
export const groups = computed<Group[]>(() => {
  const here = result.value;
  const name = state.value.profile;
  const isChanged = Object.keys(policy.value.overrides).length > 0;
  const first: Group = { outcome: here, profiles: [profile.value], current: true, changed: isChanged };
  const others: Group[] = [];
  for (const other of profiles) {
    if (other.name === name && !isChanged) continue;
    const its = outcome(walk(shipped(other.name), state.value));
    const group = [...(isChanged ? [] : [first]), ...others].find((one) => sameOutcome(one.outcome, its));
    if (group) group.profiles.push(other);
    else others.push({ outcome: its, profiles: [other], current: false, changed: false });
  }
  return [first, ...others.sort((one, two) => two.profiles.length - one.profiles.length)];
});
