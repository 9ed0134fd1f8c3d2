// Takes both sides through one walk, step by step, and says where they differ.
import { clients } from "./clients.js";
import { clock, START } from "./clock.js";
import { differences } from "./compare.js";
import { KINDS, kindOf } from "./recognise.js";
import { StockWalk } from "./stock.js";

/** What a walk can do. Each gives what both sides were seen to do; null where there is nothing to do it with. */
const STEPS = {
  async authorize(step, { stock, profile, server, minted }) {
    const { hint, facts } = await hintOf(step, server);
    const seen = { stock: await stock.authorize(step, hint), profile: await profile.authorize(step, hint, facts) };
    minted.add(step.client, seen, ["code", "access_token"], { challenged: step.pkce === "S256", from: minted.authorizations += 1 });
    return both(seen);
  },
  exchange: (step, sides) => atTokenEndpoint(step, sides, "exchange", "code"),
  refresh: (step, sides) => atTokenEndpoint(step, sides, "refresh", "refresh_token"),
  async revoke(step, { stock, profile, minted }) {
    const token = minted.latest(step.of, (one) => one.kind !== "code");
    if (token === null) return null;
    const client = clients.get(step.client ?? token.client);
    const wasAlive = await stock.alive(token.kind, token.stock);
    return { wasAlive, revoked: token, stock: await stock.revoke(step, client, token.stock), profile: await profile.revoke(step, client, token.profile) };
  },
  async logout(step, { stock, profile, server }) {
    const { hint, facts, aud } = await hintOf(step, server);
    // The server reads the client from the hint where it is not named; so does a server that asks the profile.
    const named = { ...step, ...(facts === null ? {} : { client: step.client ?? aud }) };
    return { stock: await stock.logout(step, hint), profile: await profile.logout(named, facts) };
  },
  async wait({ seconds }) {
    clock.pass(seconds);
    return { stock: {}, profile: {} };
  },
};

async function atTokenEndpoint(step, { stock, profile, minted }, endpoint, kind) {
  const presented = minted.latest(step.of, (one) => one.kind === kind);
  if (presented === null) return null;
  const client = clients.get(step.client ?? presented.client);
  const seen = {
    stock: await stock[endpoint](step, client, { ...presented, secret: presented.stock }),
    profile: await profile[endpoint](step, client, { ...presented, secret: presented.profile }),
  };
  minted.add(client.client_id, seen, ["access_token", "refresh_token"], { from: presented.from });
  return { ...both(seen), presented };
}

const both = ({ stock, profile }) => ({ stock: stock.seen, profile: profile.seen });

/** What each side minted, as pairs: nothing is compared after the sides have differed. */
class Minted {
  list = [];
  authorizations = 0;

  /** `from` is the authorization that it goes back to. */
  add(client, { stock, profile }, kinds, { challenged = false, from }) {
    for (const kind of kinds) {
      const pair = { kind, client, challenged, from, stock: stock.minted[kind], profile: profile.minted[kind] };
      if (pair.stock === undefined || pair.profile === undefined) continue;
      const number = this.list.filter((other) => other.kind === kind).length + 1;
      this.list.push({ ...pair, at: clock.now(), name: `${kind} ${number} of ${client}` });
    }
  }

  /** The newest that there is, or one before it; null where there are not so many. */
  latest(number = 0, fits) {
    return this.list.filter(fits).at(-1 - number) ?? null;
  }
}

const HINTS = {
  own: (client, sub) => ({ aud: client, sub }),
  expired: (client, sub) => ({ aud: client, sub, age: 90_000 }),
  other_client: (client, sub) => ({ aud: client === "web" ? "hybrid" : "web", sub }),
};

/** An ID Token that the client sends as a hint, and what a server that checks it knows of it. */
async function hintOf({ client, hint }, server) {
  if (hint === undefined) return { hint: null, facts: null };
  const [kind, sub] = hint.split(" ");
  const known = HINTS[kind];
  if (known === undefined) return { hint: "eyJhbGciOiJub25lIn0.e30.", facts: { sub, issued_here: false } };
  const { aud, ...rest } = known(client ?? "web", sub);
  return { hint: await server.hint({ aud, ...rest }), aud, facts: { sub, ...(kind === "expired" ? { expired: true } : {}), ...(kind === "other_client" ? { issued_here: false } : {}) } };
}

/**
 * The divergences of a walk, each with its kind where it has one. The walk goes on while the sides are in the same state: what
 * differs beside or after a divergence that parts them follows from it. `reports` says what a shadow reported of the step.
 */
export async function runWalk(walk, { server, profile, reports = async () => [] }) {
  clock.set(START);
  const sides = { stock: new StockWalk(server), profile: await profile.walk(), server, minted: new Minted() };
  const found = [];
  const began = []; // when each step so far was taken
  const before = []; // and what was seen of it
  const reported = [];
  for (const [number, step] of walk.entries()) {
    await sides.profile.passed();
    server.forget();
    began.push(clock.now());
    const seen = await STEPS[step.do](step, sides);
    if (seen === null) continue;
    const refusal = server.reason();
    for (const report of await reports()) reported.push({ step: number, do: step.do, refusal, report });
    await sides.profile.passed();
    seen.stock.alive = {};
    seen.profile.alive = {};
    for (const pair of sides.minted.list) {
      if (pair.kind === "code") continue; // whether one is taken shows when it is presented
      seen.stock.alive[pair.name] = await sides.stock.alive(pair.kind, pair.stock);
      seen.profile.alive[pair.name] = await sides.profile.alive(pair.kind, pair.profile);
    }
    for (const difference of differences(step, seen)) {
      const one = { step: number, ...difference, refusal };
      const kind = kindOf(one, { step, earlier: walk.slice(0, number), before, seen, minted: sides.minted.list, began });
      found.push({ ...one, kind });
      if (!KINDS[kind]?.goesOn) return { found, reported, taken: number + 1 };
    }
    before.push(seen);
  }
  return { found, reported, taken: walk.length };
}
