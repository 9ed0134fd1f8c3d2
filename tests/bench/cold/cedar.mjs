import * as cedar from "@cedar-policy/cedar-wasm/nodejs";

const answer = cedar.isAuthorized({
  principal: { type: "User", id: "alice" },
  action: { type: "Action", id: "issue" },
  resource: { type: "Client", id: "c1" },
  context: { approved: true },
  policies: { staticPolicies: "permit (principal, action, resource) when { context.approved };" },
  entities: [],
});
if (answer.response?.decision !== "allow") throw new Error(JSON.stringify(answer));
const { user, system } = process.cpuUsage();
console.log(user + system);
