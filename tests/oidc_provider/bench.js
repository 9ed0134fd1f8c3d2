// What the adapter adds to a whole /auth request of oidc-provider, as a ratio in one run: the same returning user at a server alone, at
// one that a policy drives, and at one with a shadow; one request each in turn, so that whatever else the machine does hits all alike.
//
//     GRANTWISE_PACKAGE=... node bench.js [--requests 2000]
import { once } from "node:events";
import http from "node:http";
import { beside } from "./beside.js";
import { App, CALLBACK, started } from "./support.js";

const REQUESTS = Number(process.argv[process.argv.indexOf("--requests") + 1] || 2000);
// Compilers in Node and in WebAssembly take some thousand calls until they are done.
const WARM_UP = Math.min(3000, 3 * REQUESTS);

const hosts = {
  alone: await beside("openid-core", { shadow: false }),
  enforce: await started("openid-core"),
  shadow: await beside("openid-core"),
};
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const query = new URLSearchParams({ response_type: "code", client_id: "calendar", redirect_uri: CALLBACK, scope: "openid email", state: "x" });

/** One request; nanoseconds until its answer is complete. */
async function timed({ issuer, cookie }) {
  const start = process.hrtime.bigint();
  const [response] = await once(http.get(`${issuer}/auth?${query}`, { agent, headers: { cookie } }), "response");
  response.resume();
  await once(response, "end");
  const taken = Number(process.hrtime.bigint() - start);
  if (!response.headers.location?.includes("code=")) throw new Error(`no code: ${response.statusCode} ${response.headers.location}`);
  return taken;
}

for (const host of Object.values(hosts)) {
  const app = await App.of(host);
  await app.authorize();
  host.cookie = app.browser.cookieHeader("/auth");
}

/** Processor time of a block of requests, the shadow's own work among it. */
async function processor(host, requests) {
  const before = process.cpuUsage();
  for (let request = 0; request < requests; request += 1) await timed(host);
  await host.adapter.settled();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / requests;
}

const median = (values) => [...values].sort((one, other) => one - other)[values.length >> 1];
const names = Object.keys(hosts);
const times = Object.fromEntries(names.map((name) => [name, []]));
const costs = Object.fromEntries(names.map((name) => [name, []]));
for (let request = 0; request < WARM_UP + REQUESTS; request += 1) {
  for (const name of names) {
    const taken = await timed(hosts[name]);
    if (request >= WARM_UP) times[name].push(taken);
  }
}
const BLOCK = 50;
for (let block = 0; block < REQUESTS / BLOCK; block += 1) {
  for (const name of names) costs[name].push(await processor(hosts[name], BLOCK));
}
await Promise.all(Object.values(hosts).map(({ close }) => close()));
agent.destroy();

const result = Object.fromEntries(names.map((name) => [name, {
  microseconds: Math.round(median(times[name]) / 1000), ratio: Number((median(times[name]) / median(times.alone)).toFixed(4)),
  processor_microseconds: Math.round(median(costs[name])), processor_ratio: Number((median(costs[name]) / median(costs.alone)).toFixed(4)),
}]));
console.log(JSON.stringify({ node: process.version, requests: REQUESTS, ...result }, null, 2));
