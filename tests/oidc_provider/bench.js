// What the adapter adds to a whole /auth request of oidc-provider, as a ratio in one run: the same returning user at a server alone, at
// one that asks a policy once and does nothing with it, at one that a policy drives, and at one with a shadow; one request each in turn,
// so that whatever else the machine does hits all alike. Then so many in a row at each, until their shadow has settled, too.
//
//     GRANTWISE_PACKAGE=... node bench.js [--requests 2000]
import { once } from "node:events";
import http from "node:http";
import { beside } from "./beside.js";
import { App, CALLBACK, CLIENTS, fitting, started } from "./support.js";

const REQUESTS = Number(process.argv[process.argv.indexOf("--requests") + 1] || 2000);
// Compilers in Node and in WebAssembly take some thousand calls until they are done.
const WARM_UP = Math.min(3000, 3 * REQUESTS);

const query = new URLSearchParams({ response_type: "code", client_id: "calendar", redirect_uri: CALLBACK, scope: "openid email", state: "x" });

const hosts = {
  alone: await beside("openid-core", { shadow: false }),
  one_decision: await deciding(),
  enforce: await started("openid-core"),
  shadow: await beside("openid-core"),
};
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

/** What no adapter can do without: the server alone, and one decision about what a returning user asks. */
async function deciding() {
  const host = await beside("openid-core", { shadow: false, overrides: fitting(undefined) });
  const now = Math.floor(Date.now() / 1000);
  const session = { sid: "of-the-bench", sub: "alice", auth_time: now, expires_at: now + 1_000_000 };
  const input = { client: { ...CLIENTS[0], application_type: "web" }, session, request: String(query), grant: null, answers: [], now };
  const { consent } = host.policy.authorize(input);
  const { effects } = host.policy.authorize({ ...input, answers: [{ screen: "consent", result: "approved", shown: consent, at: now }] });
  const grant = effects.find(({ kind }) => kind === "grant").record;
  host.provider.use(async (ctx, next) => {
    await next();
    if (host.policy.authorize({ ...input, session: { ...session }, grant: { ...grant } }).outcome !== "issue") throw new Error("no code is issued");
  });
  host.restart();
  return host;
}

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

/** A block of requests in a row, and the shadow's own work after it: for each, the time until the answers, and the processor's. */
async function block(host, requests) {
  const [start, before] = [process.hrtime.bigint(), process.cpuUsage()];
  for (let request = 0; request < requests; request += 1) await timed(host);
  const taken = Number(process.hrtime.bigint() - start) / 1000;
  await host.adapter.settled();
  const { user, system } = process.cpuUsage(before);
  return { row: taken / requests, processor: (user + system) / requests };
}

const median = (values) => [...values].sort((one, other) => one - other)[values.length >> 1];
const names = Object.keys(hosts);
const times = Object.fromEntries(names.map((name) => [name, []]));
const blocks = Object.fromEntries(names.map((name) => [name, []]));
for (let request = 0; request < WARM_UP + REQUESTS; request += 1) {
  for (const name of names) {
    const taken = await timed(hosts[name]);
    if (request >= WARM_UP) times[name].push(taken);
  }
}
const BLOCK = 50;
for (let round = 0; round < REQUESTS / BLOCK; round += 1) {
  for (const name of names) blocks[name].push(await block(hosts[name], BLOCK));
}
await Promise.all(Object.values(hosts).map(({ close }) => close()));
agent.destroy();

/** Microseconds, and how they compare with those of the server alone. */
const compared = (of) => (name) => ({ microseconds: Math.round(of(name)), ratio: Number((of(name) / of("alone")).toFixed(3)) });
const measured = {
  answer: compared((name) => median(times[name]) / 1000),
  in_a_row: compared((name) => median(blocks[name].map(({ row }) => row))),
  processor: compared((name) => median(blocks[name].map(({ processor }) => processor))),
};
const result = Object.fromEntries(names.map((name) => [name, Object.fromEntries(Object.entries(measured).map(([what, of]) => [what, of(name)]))]));
console.log(JSON.stringify({ node: process.version, requests: REQUESTS, ...result }, null, 2));
