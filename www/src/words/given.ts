import { FIELD_NAMES, FIELDS } from "../state/fields.ts";
import type { State } from "../state/model.ts";
import { hasGrant, isPublic } from "../engine/situation.ts";
import { duration } from "./duration.ts";

/** The circumstances as sentences, for paper and Markdown. */
export function given(state: State, client: string): string[] {
  const c = state.circumstances;
  const kind = { web: "web application", native: "native app", browser: "single-page app" }[c.client];
  const sentences = [`${client} is a ${isPublic(c) ? "public" : "confidential"} ${kind}.`];
  sentences.push(c.session === "none" ? "Nobody is signed in." : `Alice signed in ${c["session.age"] === null ? "before" : `${duration(c["session.age"])} ago`}.`);
  if (hasGrant(state)) {
    const kept = c["grant.remembered"] ? "remembered" : "not remembered";
    const status = c["grant.status"] === "revoked" ? ", revoked since" : "";
    sentences.push(`Granted before: ${c.grant || "nothing but"}${c["grant.offline"] ? ", with offline access" : ", online only"} (${kept}${status}).`);
  } else {
    sentences.push("Nothing was granted before.");
  }
  const told = /^(client$|client\.public|session$|session\.age|grant($|\.offline|\.remembered|\.status))/;
  for (const name of FIELD_NAMES) {
    if (told.test(name) || c[name] === FIELDS[name].initial) continue;
    sentences.push(`${name}: ${String(c[name])}`);
  }
  return sentences;
}
