import type { Owner } from "../lesson.ts";

export const OWNER_WORDS: Readonly<Record<Owner, string>> = {
  request: "the request", registration: "the client's registration", person: "what the person does",
  record: "what the server has on record", profile: "the profile", policy: "the settings of the policy", steps: "the steps",
};

/** "the request and the profile". */
export function ownersWords(owners: readonly Owner[]): string {
  const words = owners.map((owner) => OWNER_WORDS[owner]);
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** What was changed beside what may be. */
export function outsideWords(owners: readonly Owner[]): string {
  return `This changes ${ownersWords([...new Set(owners)])}, too, which the task leaves as it is. Take that back, or start over.`;
}
