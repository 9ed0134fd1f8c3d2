// How each kind of divergence in divergences.json is recognised. A divergence is of the first kind that fits.
import { clock } from "./clock.js";

/** `clockTolerance` in lib/helpers/defaults.js. */
const TOLERANCE_S = 15;
const GRANT_S = 1_209_600;
const ACCESS_TOKEN_S = 3600;

const isOver = (began, life) => clock.now() - began >= life && clock.now() - began < life + TOLERANCE_S;
const refused = ({ refusal }, ...reasons) => reasons.some((reason) => refusal?.startsWith(reason));
const lives = ({ stock, profile }) => stock === true && profile === false;

/** What the server sees to before it sees that a code or a refresh token was used. */
const LOOKED_AT_FIRST = [
  "authorization code is expired", "client mismatch", "unsupported code_challenge_method", "code_verifier", "authorization code redirect_uri mismatch",
  "refresh token missing requested scope", "refresh token is expired",
];

/** The profile asks for what the person granted before, as the server sees it. */
const asksAnew = ({ do: step, at, profile }) => step === "authorize" && (at === "pages" ? profile.some(({ screen }) => screen === "consent") : profile === "consent_required");

/** The profile refuses a code of it. */
const refusesAnew = ({ do: step }, { stock, profile }) => step === "exchange" && stock.status === 200 && profile.error === "invalid_grant";

/** A logout that named a client, and was declined. */
const isDeclined = ({ do: step, answer, client, hint }) => step === "logout" && answer === "no" && (client ?? hint) !== undefined;

/** The sides are in the same state after a divergence that `goesOn`. */
export const KINDS = {
  error_page_code: {
    goesOn: true,
    fits: ({ do: step, at, profile }, { seen }) =>
      step === "authorize" && at === "error" && profile === null && [seen.stock, seen.profile].every(({ placement }) => placement === "page"),
  },
  replay_looked_at_last: {
    fits: (found, { seen }) => ["error", "replay"].includes(found.at) && seen.profile.replay === true && refused(found, ...LOOKED_AT_FIRST),
  },
  replay_forgotten: {
    fits: (found) => found.at === "replay" && found.profile === true && refused(found, "authorization code not found", "refresh token not found", "grant not found", "grant is expired"),
  },
  order_of_refusal: {
    fits: (found) => found.do === "authorize" && found.at === "error" && found.profile !== null
      && refused(found, "requested scope is not allowed", "unsupported response_mode requested", "requested response_mode is not allowed"),
  },
  openid_alone: {
    fits: (found) => found.do === "authorize" && refused(found, "openid scope must be requested when using the acr_values parameter"),
  },
  code_outlives_declined_logout: {
    fits: (found, { seen, earlier }) => found.do === "exchange" && seen.profile.status === 200 && refused(found, "authorization code not found", "grant not found") && earlier.some(isDeclined),
  },
  token_that_is_over: {
    fits: (found, { seen, before }) => (found.do === "revoke" ? !seen.wasAlive && (["status", "error"].includes(found.at) || found.at.startsWith("alive.") && lives(found))
      : (asksAnew(found) || refusesAnew(found, seen)) && before.some(({ wasAlive }) => wasAlive === false)),
  },
  nonce_at_refresh: {
    goesOn: true,
    fits: ({ do: step, at, profile }) => step === "refresh" && at === "id_token.nonce" && profile === null,
  },
  id_token_without_sub: {
    goesOn: true,
    fits: ({ do: step, at, stock }, { step: { request } }) => step === "authorize" && at === "id_token.sub" && stock === null && request.response_type === "id_token",
  },
  grant_begun_anew: {
    fits: ({ do: step, at, ...values }, { earlier, seen }) => earlier.some(isDeclined)
      && (at.startsWith("alive.") ? lives(values)
        : refusesAnew({ do: step }, seen) || asksAnew({ do: step, at, ...values })),
  },
  scope_left_out_later: {
    goesOn: true,
    fits: ({ do: step, at, stock, profile }, { earlier, seen }) => ["exchange", "refresh"].includes(step) && at === "access_token.scope"
      && earlier.filter((one) => one.do === "authorize").slice(seen.presented.from).some(({ consent }) => Array.isArray(consent))
      && stock.split(" ").filter(Boolean).every((scope) => profile.split(" ").includes(scope)),
  },
  access_token_outlives_grant: {
    goesOn: true,
    fits: ({ at, stock, profile }, { began }) =>
      at.startsWith("alive.access_token") && stock === false && profile === true && began.some((time) => clock.now() - time >= GRANT_S),
  },
  tolerated_access_token: {
    goesOn: true,
    fits: ({ at, ...values }, { minted }) => at.startsWith("alive.access_token") && lives(values)
      && isOver(minted.find(({ name }) => at === `alive.${name}`).at, ACCESS_TOKEN_S),
  },
  tolerated_grant: {
    fits: (found, { began }) => began.some((time) => isOver(time, GRANT_S))
      && (found.do === "authorize" ? /^(pages|error|outcome|alive)/.test(found.at) : found.do === "exchange" && refused(found, "grant is expired")),
  },
};

/** The kind of a divergence; null where it is of none. */
export const kindOf = (difference, context) => Object.keys(KINDS).find((id) => KINDS[id].fits(difference, context)) ?? null;
