import { isOwn } from "../engine/policies.ts";
import { changePolicy, state } from "../state/store.ts";

/** A setting of the policy; what is put back to the profile's own value is changed no more. */
export function setSetting(id: string, text: string, place = ""): void {
  changePolicy(id, isOwn(state.value.profile, id, text) ? null : text, place);
}
