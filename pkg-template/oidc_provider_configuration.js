// The configuration of oidc-provider under a policy: its hooks, each of which asks for what was decided.
import { SCREENS } from "./oidc_provider_authorization.js";
import { FEATURES_OFF } from "./oidc_provider_refusals.js";
import { REQUEST } from "./oidc_provider_situation.js";

/** Where a policy and the server's own configuration have no number. */
const DEFAULT_SECONDS = { AccessToken: 3600, RefreshToken: 14 * 86_400, Session: 14 * 86_400 };

/** What nothing but a revocation ends. */
const WITHOUT_END = 10 * 366 * 86_400;
const UNBOUNDED = new Set(["session", "until_revoked", "long_lived", "idle"]);

/** All response types that oidc-provider can have; the policy refuses those that it does not. */
const RESPONSE_TYPES = ["code", "id_token", "id_token token", "code id_token", "code token", "code id_token token", "none"];

/** Handed to a hook for lifetimes by `attach`, to see whether the hook is the adapter's. */
export const PROBE = Object.freeze({});
export const PROBED = 424_242;
export const PROBED_MODELS = ["AccessToken", "AuthorizationCode", "Grant", "RefreshToken"];

const seconds = (given, name, args) => (typeof given === "function" ? given(...args) : given) ?? DEFAULT_SECONDS[name];

/** How long a session lives from a request of its browser on. */
export const sessionSecondsOf = (own) => (...args) => seconds(own.ttl?.Session, "Session", args);

/** The whole configuration: the server's own, with what the policy decides. */
export function configurationOf({ own, policy, interactionPolicy, authorization, tokens }) {
  const { settings } = policy;
  const probed = (hook) => (ctx, ...args) => (ctx === PROBE ? PROBED : hook(ctx, ...args));
  const types = settings.response_types_supported ?? (settings.allow_implicit === true ? RESPONSE_TYPES : ["code"]);
  const isAtToken = (ctx) => ctx?.oidc?.route === "token";
  return {
    ...own,
    scopes: settings.scopes_supported,
    responseTypes: types.filter((type) => type !== "token"),
    extraParams: { ...extra(own.extraParams), [REQUEST]: null },
    pkce: { ...own.pkce, required: () => false }, // the policy refuses a request without
    interactions: { ...own.interactions, policy: prompts(interactionPolicy, authorization) },
    loadExistingGrant: (ctx) => authorization.loadExistingGrant(ctx),
    expiresWithSession: (ctx, source) => authorization.expiresWithSession(ctx, source),
    issueRefreshToken: (ctx, client, source) => tokens.issueRefreshToken(ctx, source),
    rotateRefreshToken: (ctx) => tokens.rotateRefreshToken(ctx),
    // At a logout the adapter ends what the policy ends; the server's grant is only a carrier.
    revokeGrantPolicy: (ctx) => tokens.reused(ctx),
    findAccount(ctx, sub, token) {
      const found = own.findAccount(ctx, sub, token);
      return isAtToken(ctx) ? decidedFor(found, () => tokens.decide(ctx, token)) : found;
    },
    ttl: {
      ...own.ttl,
      AuthorizationCode: probed(() => settings.code_lifetime_s),
      Grant: probed(() => WITHOUT_END),
      AccessToken: probed((ctx, token, client) => (isAtToken(ctx) ? tokens.lifetimeOf(ctx, token) : authorization.lifetimeOf(ctx))
        ?? seconds(own.ttl?.AccessToken, "AccessToken", [ctx, token, client])),
      RefreshToken: probed((ctx, token, client) => tokens.lifetimeOf(ctx, token)
        ?? (UNBOUNDED.has(tokens.made(ctx)?.decision.refresh_token?.lifetime.kind) ? WITHOUT_END
          : seconds(own.ttl?.RefreshToken, "RefreshToken", [ctx, token, client]))),
    },
    features: {
      ...own.features,
      ...FEATURES_OFF,
      revocation: { ...own.features?.revocation, enabled: own.features?.revocation?.enabled ?? true, allowedPolicy: (ctx, client, token) => tokens.revoke(ctx, client, token) },
    },
  };
}

/** The account, when what becomes of its token is decided. */
async function decidedFor(found, decide) {
  const account = await found;
  if (account !== undefined) await decide();
  return account;
}

function extra(given) {
  if (Array.isArray(given) || given instanceof Set) return Object.fromEntries([...given].map((name) => [name, null]));
  return given;
}

/** One prompt for each kind of page; every check is the one question what the decision shows. */
function prompts({ Check, Prompt, base }, authorization) {
  const policy = base();
  policy.clear();
  for (const name of ["login", "select_account", "consent"]) {
    const checks = Object.entries(SCREENS).filter(([, { prompt }]) => prompt === name).map(([screen, { reason }]) =>
      new Check(reason, `the policy asks for ${screen}`, (ctx) => authorization.shows(ctx, screen), (ctx) => authorization.details(ctx)));
    policy.add(new Prompt({ name, requestable: true }, ...checks));
  }
  return policy;
}
