// Whether the memory stays flat over many calls, half of them malformed: in the request, which is refused in a decision,
// and in everything else that a caller can hand over, which is misuse.

/** The memories of all engines that were made, to see how large they are: the package does not tell. */
const memories = [];

/** Call it before the package is imported. */
export function watchEngines() {
  const { Instance, instantiate } = WebAssembly;
  const keep = (instance) => {
    for (const value of Object.values(instance.exports)) {
      if (value instanceof WebAssembly.Memory) memories.push(new WeakRef(value));
    }
    return instance;
  };
  WebAssembly.Instance = new Proxy(Instance, { construct: (target, given) => keep(new target(...given)) });
  WebAssembly.instantiate = async (...given) => {
    const made = await instantiate.apply(WebAssembly, given);
    keep(made.instance ?? made);
    return made;
  };
}

/** Makes the calls, and says so often what the memory is; `say` gets a line of the table. */
export function memory(policy, { authorize, exchange, refresh, event }, { calls, intervals, say }) {
  const good = [
    ...authorize.map((input) => ["authorize", input]),
    ...exchange.map((input) => ["exchange", input]),
    ...refresh.map((input) => ["refresh", input]),
    ...event.map((input) => ["event", input]),
  ];
  const bad = spoiled(authorize[0]);
  const counts = { decided: 0, misuse: 0, thrown: 0, trapped: 0 };
  const rows = [];
  const interval = Math.ceil(calls / intervals);
  say("| calls | resident, MB | JavaScript heap, MB | engine, MB | engines made |");
  say("|---:|---:|---:|---:|---:|");
  for (let call = 0; call <= calls; call += 1) {
    if (call % interval === 0) {
      rows.push(seen(call));
      const { rss, heap, engine, engines } = rows.at(-1);
      say(`| ${call} | ${rss} | ${heap} | ${engine} | ${engines} |`);
    }
    const half = call >> 1;
    const [name, input] = call % 2 === 0 ? good[half % good.length] : ["authorize", bad[half % bad.length](half)];
    try {
      policy[name](input);
      counts.decided += 1;
    } catch (error) {
      const kind = kindOf(error);
      counts[kind] += 1;
      if (kind === "trapped" && counts.trapped === 1) say(`after ${call} calls: ${error.name}: ${error.message}`);
      if (counts.trapped > 1000) break;
    }
  }
  const { decided, misuse, thrown, trapped } = counts;
  say(`${decided} decisions, ${misuse} misuses, ${thrown} errors of the caller's own, ${trapped} defects`);
  return { rows, ...counts };
}

/** A getter of the caller's may throw what it likes; nothing else may be but a misuse. */
function kindOf(error) {
  if (error.name === "GrantwiseError") return "misuse";
  return error instanceof TypeError && !/wasm|memory|unreachable/.test(error.message) ? "thrown" : "trapped";
}

function seen(calls) {
  globalThis.gc?.();
  const megabytes = (bytes) => Math.round(bytes / 1e4) / 100;
  const { rss, heapUsed } = process.memoryUsage();
  const alive = memories.map((memory) => memory.deref()).filter(Boolean);
  const engine = alive.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  return { calls, rss: megabytes(rss), heap: megabytes(heapUsed), engine: megabytes(engine), engines: memories.length };
}

/** Inputs with which something is wrong, each made anew from a number. */
function spoiled(input) {
  const { request } = input;
  const throws = () => {
    throw new TypeError("of the caller's own");
  };
  return [
    (number) => ({ ...input, request: `${request}&x=%${number % 10}` }),
    (number) => ({ ...input, request: `${request}&state=${number}` }),
    (number) => ({ ...input, request: `${request}&x=${String.fromCharCode(0xd800 + (number % 1024))}` }),
    (number) => ({ ...input, request: `${request}&x=${"%00".repeat(number % 64)}` }),
    (number) => ({ ...input, request: request.slice(0, number % request.length) }),
    (number) => ({ ...input, request: `client_id=${number}` }),
    (number) => ({ ...input, request: number }),
    (number) => ({ ...input, request: { scope: ["openid", "openid"], state: String(number) } }),
    () => ({ ...input, request: { scope: 1n } }),
    () => ({ ...input, request: null }),
    (number) => ({ ...input, [`unknown_${number % 100}`]: true }),
    (number) => ({ ...input, now: -number }),
    (number) => ({ ...input, now: `${number}` }),
    () => ({ ...input, now: undefined }),
    (number) => ({ ...input, session: { sub: number, auth_time: 0 } }),
    (number) => ({ ...input, session: { sub: "alice", auth_time: input.now + 1000 + number } }),
    () => ({ ...input, session: { get sub() { return throws(); }, auth_time: 0 } }),
    () => ({ ...input, session: revoked() }),
    () => ({ ...input, session: new Proxy({}, { ownKeys: throws }) }),
    () => ({ ...input, session: new Proxy({ sub: "alice", auth_time: 0 }, { get: throws }) }),
    () => ({ ...input, answers: new Proxy([{ screen: "login" }], { get: throws }) }),
    () => ({ ...input, grant: new Map([["scope", "openid"]]) }),
    () => ({ ...input, grant: Object.create({ scope: "openid" }) }),
    (number) => ({ ...input, grant: { scope: "openid", granted_at: number + 0.5 } }),
    () => ({ ...input, client: { client_id: "c1", redirect_uris: "https://c.example/cb" } }),
    () => ({ ...input, client: () => "c1" }),
    () => ({ ...input, answers: [{ screen: "consent", result: "perhaps" }] }),
    () => ({ ...input, answers: nested(20) }),
    () => undefined,
    (number) => number,
  ];
}

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function nested(depth) {
  return depth === 0 ? [] : [nested(depth - 1)];
}
