import { INITIAL } from "../state/fields.ts";
import { EMPTY } from "../state/model.ts";
import { get } from "../state/request_text.ts";
import { change, notes } from "../state/store.ts";
import { pasted } from "./pasted.ts";

/**
 * Takes what was pasted. Another server's request has nothing to do with the story that was on the page: it begins with
 * the profile of its server and with a user who is new to the client.
 */
export function take(text: string): void {
  const read = pasted(text);
  const { dropped } = read;
  if (read.request === null) {
    notes.value = { dropped, problems: [read.says] };
    return;
  }
  const { request, owner: { host, profiles, by }, from } = read;
  const standard = (get(request, "scope") ?? "").split(" ").includes("openid") ? "openid-core" : "oauth2";
  const profile = (by !== null && profiles[0]) || standard;
  const native = /^(?!https?:)[a-z][a-z0-9+.-]*:/i.test(get(request, "redirect_uri") ?? "");
  change({ ...EMPTY, request, profile, circumstances: { ...INITIAL, client: native ? "native" : "web" }, ...(by === null ? { unsaid: true } : {}) });
  const known = by === null ? [] : [by === "host" ? `${host} is known, so its profile is chosen.` : `The path is one that only this profile's server has; choose another under Policy if ${host || "yours"} is not one.`];
  notes.value = {
    dropped, problems: [],
    understood: [...(from === null ? [] : [from]), ...known, "The user is new to this client: nothing was approved before."],
  };
}
