import { AbilityBuilder, createMongoAbility, subject } from "@casl/ability";

const { can, build } = new AbilityBuilder(createMongoAbility);
can("issue", "Request", { approved: true });
if (!build().can("issue", subject("Request", { approved: true }))) throw new Error("casl says no");
const { user, system } = process.cpuUsage();
console.log(user + system);
