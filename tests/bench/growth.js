// How the time of a call grows with what is handed over. Twice as much should take twice as long at most, and what is
// over a limit should be refused before it is read.

import { CONFIGURATION, NOW } from "./inputs.js";
import { lapOver, median, rounded } from "./measure.js";

const { scopes_supported, optional_scopes, ...OPEN } = CONFIGURATION;

const client = {
  client_id: "photo-album-web",
  redirect_uris: ["https://photos.example.com/cb"],
  grant_types: ["authorization_code", "refresh_token"],
};
const session = { sid: "s1", sub: "248289761001", auth_time: NOW - 60 };
const REQUEST = {
  response_type: "code",
  client_id: client.client_id,
  redirect_uri: client.redirect_uris[0],
  state: "af0ifjsldkj",
};
const scopes = (count) => Array.from({ length: count }, (_, number) => `s${number}`).join(" ");
const query = (parameters) => new URLSearchParams(parameters).toString();
const authorize = (input) => ({ name: "authorize", input: { client, session, now: NOW, ...input } });
const ask = query({ ...REQUEST, scope: "openid s0" });
const token = (scope) => ({
  v: 1,
  kind: "refresh_token",
  id: "t1",
  client_id: client.client_id,
  application_type: "web",
  client_type: "confidential",
  sub: session.sub,
  sid: session.sid,
  family: "c1",
  grant_id: null,
  scope,
  binding: "offline",
  status: "active",
  auth: null,
  auth_time: NOW - 60,
  basis: null,
  sender_constrained: false,
  issued_at: NOW - 30,
  authorized_at: NOW - 30,
  expires_at: null,
  last_used_at: null,
  superseded_at: null,
});

/** Each makes a call of a size. */
const GROWTHS = [
  {
    id: "request_scopes",
    what: "scopes in the request",
    sizes: [1, 10, 100, 1000],
    make: (count) => authorize({ request: query({ ...REQUEST, scope: scopes(count) }) }),
  },
  {
    id: "query_bytes",
    what: "bytes of the query",
    sizes: [1024, 2048, 4096, 8192],
    make: (bytes) => {
      let text = ask;
      for (let number = 0; text.length < bytes - 40; number += 1) text += `&extra_${number}=${number}%20of%20something`;
      return authorize({ request: text.padEnd(bytes, "x").slice(0, bytes) });
    },
  },
  {
    id: "query_over_limit",
    what: "bytes of a query that is too long",
    sizes: [10_000, 100_000, 1_000_000],
    make: (bytes) => authorize({ request: ask + "&state2=".padEnd(bytes - ask.length, "x") }),
  },
  {
    id: "object_parameters",
    what: "parameters of a request that is an object",
    sizes: [10, 100, 1000, 10_000],
    make: (count) => authorize({
      request: { ...REQUEST, scope: "openid s0", ...Object.fromEntries(Array.from({ length: count - 5 }, (_, number) => [`p${number}`, "v"])) },
    }),
  },
  {
    id: "granted_scopes",
    what: "scopes of the stored grant",
    sizes: [1, 10, 100, 1000, 10_000],
    make: (count) => authorize({ request: ask, grant: { scope: scopes(count) } }),
  },
  {
    id: "conditions",
    what: "conditions for processing",
    sizes: [1, 10, 100, 1000, 10_000],
    make: (count) => authorize({
      request: ask,
      conditions: Array.from({ length: count }, (_, number) => ({ basis: `b${number}`, permits_offline: false, resources: `r${number}` })),
    }),
  },
  {
    id: "answers",
    what: "answers on screens",
    sizes: [1, 10, 100, 1000, 10_000],
    make: (count) => authorize({ request: ask, answers: Array.from({ length: count }, () => ({ screen: "select_account", result: "done" })) }),
  },
  {
    id: "token_scopes",
    what: "scopes of the refresh token that is used",
    sizes: [1, 10, 100, 1000, 10_000],
    make: (count) => ({
      name: "refresh",
      input: {
        request: "grant_type=refresh_token&refresh_token=r",
        client,
        client_authenticated: true,
        refresh_token: token(scopes(count)),
        now: NOW,
      },
    }),
  },
];

/** Microseconds of a call of each size, the median of some; what throws is refused input. */
export function growths(Policy, { repetitions, least }) {
  const policy = Policy.profile("openid-core", OPEN);
  return GROWTHS.map(({ id, what, sizes, make }) => ({
    id,
    what,
    points: sizes.map((size) => {
      const { name, input } = make(size);
      const call = () => {
        try {
          return policy[name](input).outcome.length;
        } catch (error) {
          if (error.name !== "GrantwiseError") throw error;
          return 0;
        }
      };
      const refused = call() === 0;
      const once = Math.max(lapOver([input], call)(1).ns, 1);
      const passes = Math.max(1, Math.min(2000, Math.round(least / once)));
      lapOver([input], call)(passes);
      const laps = Array.from({ length: repetitions }, () => lapOver([input], call)(passes)).map(({ ns, calls }) => ns / calls / 1000);
      return { size, us_median: rounded(median(laps)), refused };
    }),
  }));
}
