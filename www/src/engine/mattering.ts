import type { KnobId } from "grantwise";
import { computed } from "@preact/signals";
import { state } from "../state/store.ts";
import { catalogue } from "./catalogue.ts";
import { policy, walked } from "./decided.ts";
import { matters } from "./matters.ts";

/** The knobs of which another value would change the request at hand. */
export const mattering = computed<ReadonlySet<KnobId>>(() => {
  const { policy: base, overrides } = policy.value;
  const all = catalogue.value?.knobs ?? [];
  const moving = all.filter((knob) => matters(knob, base, overrides, state.value, walked.value).some(({ moves }) => moves !== null));
  return new Set(moving.map(({ id }) => id));
});
