const { Policy } = require(process.argv[2]);
const decision = Policy.profile("openid-core").authorize({
  request: "response_type=code&client_id=c1&scope=openid&redirect_uri=https%3A%2F%2Fclient.example%2Fcb",
  client: { client_id: "c1", redirect_uris: ["https://client.example/cb"] },
  session: { sub: "alice", auth_time: 1_699_999_940 },
  now: 1_700_000_000,
});
if (decision.outcome !== "consent") throw new Error(decision.outcome);
const { user, system } = process.cpuUsage();
console.log(user + system);
