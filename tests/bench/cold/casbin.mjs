import { newEnforcer, newModelFromString } from "casbin";

const enforcer = await newEnforcer(newModelFromString(`
[request_definition]
r = sub, act
[policy_definition]
p = sub, act
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.sub == p.sub && r.act == p.act
`));
await enforcer.addPolicy("alice", "issue");
if (!enforcer.enforceSync("alice", "issue")) throw new Error("casbin says no");
const { user, system } = process.cpuUsage();
console.log(user + system);
