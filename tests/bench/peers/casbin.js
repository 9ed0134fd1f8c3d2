// casbin with one matcher over the facts (its way for attributes), asked synchronously.

import { newEnforcer, newModelFromString } from "casbin";
import { lapOver } from "../measure.js";
import { compare } from "./question.js";

const MODEL = `
[request_definition]
r = facts, act

[policy_definition]
p = act, eft

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = r.act == p.act && r.facts.in_order && r.facts.signed_in && !r.facts.login_asked && !r.facts.account_asked && !r.facts.too_old && !r.facts.another_user && (r.facts.approved || (!r.facts.consent_asked && r.facts.identity_assured && covers(r.facts.granted, r.facts.requested)))
`;

export async function casbinRows(asked) {
  const enforcer = await newEnforcer(newModelFromString(MODEL));
  await enforcer.addFunction("covers", (granted, requested) => requested.every((scope) => granted.includes(scope)));
  await enforcer.addPolicy("issue", "allow");
  const facts = asked.map((question) => question.facts);
  compare("casbin", facts.map((each) => enforcer.enforceSync(each, "issue")), asked);
  return [
    { id: "casbin", what: "casbin: yes or no", lap: lapOver(facts, (each) => (enforcer.enforceSync(each, "issue") ? 1 : 0)) },
  ];
}
