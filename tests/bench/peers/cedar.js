// @cedar-policy/cedar-wasm with the policies parsed once (`statefulIsAuthorized`), and with them in every call.

import * as cedar from "@cedar-policy/cedar-wasm/nodejs";
import { lapOver } from "../measure.js";
import { compare } from "./question.js";

const POLICIES = `
permit (principal, action == Action::"issue", resource)
when { context.in_order && context.signed_in && context.approved };

permit (principal, action == Action::"issue", resource)
when {
  context.in_order && context.signed_in && !context.consent_asked && context.identity_assured
  && context.granted.containsAll(context.requested)
};

forbid (principal, action == Action::"issue", resource)
when { context.login_asked || context.account_asked || context.too_old || context.another_user };
`;

export function cedarRows(asked) {
  const prepared = cedar.preparsePolicySet("bench", { staticPolicies: POLICIES });
  if (prepared.type !== "success") throw new Error(JSON.stringify(prepared));
  const calls = asked.map(({ facts: { user, client, ...context } }) => ({
    principal: { type: "User", id: user },
    action: { type: "Action", id: "issue" },
    resource: { type: "Client", id: client },
    context,
    entities: [],
  }));
  const allowed = (answer) => answer.type === "success" && answer.response.decision === "allow";
  const stateful = calls.map((call) => ({ ...call, preparsedPolicySetId: "bench" }));
  const whole = calls.map((call) => ({ ...call, policies: { staticPolicies: POLICIES } }));
  compare("cedar-wasm", stateful.map((call) => allowed(cedar.statefulIsAuthorized(call))), asked);
  return [
    {
      id: "cedar_wasm",
      what: "cedar-wasm, policies parsed before: yes or no",
      lap: lapOver(stateful, (call) => (allowed(cedar.statefulIsAuthorized(call)) ? 1 : 0)),
    },
    {
      id: "cedar_wasm_whole",
      what: "cedar-wasm, policies in the call: yes or no",
      lap: lapOver(whole.slice(0, Math.ceil(whole.length / 4)), (call) => (allowed(cedar.isAuthorized(call)) ? 1 : 0)),
    },
  ];
}
