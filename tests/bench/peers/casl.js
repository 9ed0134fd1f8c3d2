// @casl/ability: one ability with conditions on the facts, which are a subject. It compares no two members of a subject,
// so the scopes that are missing are worked out before.

import { AbilityBuilder, createMongoAbility, subject } from "@casl/ability";
import { lapOver } from "../measure.js";
import { compare } from "./question.js";

export function caslRows(asked) {
  const { can, cannot, build } = new AbilityBuilder(createMongoAbility);
  can("issue", "Request", { in_order: true, signed_in: true, approved: true });
  can("issue", "Request", { in_order: true, signed_in: true, consent_asked: false, identity_assured: true, missing: { $size: 0 } });
  cannot("issue", "Request", { login_asked: true });
  cannot("issue", "Request", { account_asked: true });
  cannot("issue", "Request", { too_old: true });
  cannot("issue", "Request", { another_user: true });
  const ability = build();
  const subjects = asked.map(({ facts }) =>
    subject("Request", { ...facts, missing: facts.requested.filter((scope) => !facts.granted.includes(scope)) }));
  compare("casl", subjects.map((each) => ability.can("issue", each)), asked);
  return [{ id: "casl", what: "casl: yes or no", lap: lapOver(subjects, (each) => (ability.can("issue", each) ? 1 : 0)) }];
}
