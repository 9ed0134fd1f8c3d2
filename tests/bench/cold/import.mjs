import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { exports } = JSON.parse(readFileSync(join(process.argv[2], "package.json"), "utf8"));
const { Policy } = await import(pathToFileURL(join(process.argv[2], exports["."].node.import.default)));
const decision = Policy.profile("openid-core").authorize({
  request: "response_type=code&client_id=c1&scope=openid&redirect_uri=https%3A%2F%2Fclient.example%2Fcb",
  client: { client_id: "c1", redirect_uris: ["https://client.example/cb"] },
  session: { sub: "alice", auth_time: 1_699_999_940 },
  now: 1_700_000_000,
});
if (decision.outcome !== "consent") throw new Error(decision.outcome);
const { user, system } = process.cpuUsage();
console.log(user + system);
