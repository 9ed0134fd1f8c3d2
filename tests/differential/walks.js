// Walks drawn from a seed: the same seed gives the same walks everywhere.
import { clients } from "./clients.js";

/** The generator mulberry32, which has one number of 32 bits as its state. */
export function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Draws from tables: a value and its weight, one after the other. */
class Drawing {
  #next;

  constructor(next) {
    this.#next = next;
  }

  /** `table` is `[[weight, value], ...]`. */
  of(table) {
    const sum = table.reduce((total, [weight]) => total + weight, 0);
    let left = this.#next() * sum;
    for (const [weight, value] of table) {
      left -= weight;
      if (left < 0) return value;
    }
    return table.at(-1)[1];
  }

  chance(share) {
    return this.#next() < share;
  }

  one(values) {
    return values[Math.floor(this.#next() * values.length)];
  }

  some(values, share) {
    return values.filter(() => this.chance(share));
  }
}

const USERS = [[8, "alice"], [2, "bob"]];
const SCOPES = ["profile", "email", "address", "phone"];
const PROMPTS = [[8, undefined], [14, "consent"], [1, "none"], [1, "login"], [1, "login consent"], [0.3, "select_account"], [0.3, "none login"], [0.2, "create"]];
const MAX_AGES = [[20, undefined], [1, "0"], [1, "60"], [1, "300"], [1, "3600"], [0.3, "-1"], [0.3, "soon"]];
const MODES = [[14, undefined], [1, "query"], [1, "fragment"], [1, "form_post"], [0.3, "pigeon"]];
const OTHER_TYPES = [[1, "token"], [1, "code"], [1, "none"], [1, "id_token token"], [1, "code id_token token"], [0.5, "pigeon"], [0.5, undefined]];
const EXTRA = [[16, {}], [1, { claims: "{\"id_token\":{\"email\":null}}" }], [1, { display: "popup" }], [1, { vendor: "1" }], [1, { login_hint: "alice" }], [0.5, { acr_values: "1" }]];
const WAITS = [1, 59, 60, 61, 299, 301, 3599, 3600, 3601, 86_400, 846_719, 846_720, 846_720, 846_721, 1_209_599, 1_209_600, 1_209_601];

function authorize(draw, state) {
  const client = draw.chance(0.02) ? "nobody" : draw.chance(0.75) ? state.client : draw.one([...clients.keys()]);
  const known = clients.get(client);
  const type = draw.chance(0.94) ? draw.one(known?.response_types ?? ["code"]) : draw.of(OTHER_TYPES);
  const prompt = draw.of(PROMPTS);
  const scopes = [...(draw.chance(0.93) ? ["openid"] : []), ...draw.some(SCOPES, 0.25), ...(draw.chance(0.6) ? ["offline_access"] : []), ...(draw.chance(0.04) ? ["api"] : [])];
  const request = {
    response_type: type, scope: draw.chance(0.98) ? scopes.join(" ") : undefined, prompt, max_age: draw.of(MAX_AGES), response_mode: draw.of(MODES),
    nonce: type?.includes("id_token") ? (draw.chance(0.97) ? "n-0S6" : undefined) : draw.chance(0.2) ? "n-0S6" : undefined,
    state: draw.chance(0.9) ? "af0ifjsldkj" : undefined, ...draw.of(EXTRA),
  };
  const isOpen = known?.token_endpoint_auth_method === "none";
  const hint = draw.of([[16, undefined], [1, "own alice"], [0.6, "own bob"], [0.3, "expired alice"], [0.3, "forged alice"], [0.3, "other_client alice"]]);
  return given({
    do: "authorize", client, request: given(request), browser: draw.of([[9, undefined], [1, 1]]),
    pkce: draw.of(isOpen ? [[30, "S256"], [1, undefined], [0.5, "plain"], [0.5, "no_method"]] : [[20, undefined], [4, "S256"], [0.5, "plain"], [0.5, "no_method"]]),
    redirect_uri: draw.of([[120, undefined], [1, "other"], [1, "none"]]),
    login: draw.of([[12, undefined], [2, "bob"], [1, "deny"]]), consent: draw.of([[10, undefined], [1, "deny"], [3, draw.some([...scopes], 0.35)], [0.3, [...scopes]]]), hint,
  });
}

const given = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
const which = (draw) => draw.of([[7, undefined], [2, 1], [1, 2]]);

const STEPS = {
  authorize,
  exchange: (draw) => given({
    do: "exchange", of: draw.of([[9, undefined], [1, 1]]), client: draw.of([[40, undefined], [1, "web"], [1, "spa"]]),
    verifier: draw.of([[30, undefined], [1, "wrong"], [1, "none"], [1, "needless"]]), redirect_uri: draw.of([[80, undefined], [1, "other"], [1, "none"]]),
  }),
  refresh: (draw) => given({ do: "refresh", of: which(draw), scope: draw.of([[10, undefined], [1, "openid"], [1, "openid email"], [0.5, "openid api"]]), client: draw.of([[40, undefined], [1, "hybrid"], [1, "spa"]]) }),
  revoke: (draw) => given({ do: "revoke", of: which(draw), hint: draw.of([[2, undefined], [1, "access_token"], [1, "refresh_token"]]), client: draw.of([[16, undefined], [1, "web"], [1, "spa"]]) }),
  logout: (draw, state) => given({
    do: "logout", browser: draw.of([[9, undefined], [1, 1]]), client: draw.of([[1, undefined], [2, state.client]]), answer: draw.of([[3, "yes"], [2, "no"]]),
    hint: draw.of([[6, undefined], [1, `own ${draw.of(USERS)}`]]),
  }),
  wait: (draw) => ({ do: "wait", seconds: draw.one(WAITS) }),
};

/** The walk of a number under a seed. */
export function walkOf(seed, number) {
  const draw = new Drawing(mulberry32(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)));
  const state = { client: draw.one([...clients.keys()]) };
  const walk = [];
  const length = draw.one([2, 4, 6, 8, 10, 12]);
  let codes = 0; // that are probably not redeemed yet
  const likely = { authorize: 5, exchange: 0.5, refresh: 6, revoke: 1, logout: 1, wait: 1.5 };
  while (walk.length < length) {
    const kind = walk.length === 0 ? "authorize" : draw.of(Object.keys(STEPS).map((name) => [name === "exchange" ? likely.exchange + 10 * codes : likely[name], name]));
    codes = { authorize: 1, exchange: 0, wait: codes }[kind] ?? codes;
    walk.push(STEPS[kind](draw, state));
  }
  return walk;
}
