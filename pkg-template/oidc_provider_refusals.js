// What a policy may ask for and oidc-provider cannot do, and what a configuration may not say beside a policy. Each is refused at
// start-up, by name.
import { FEATURES, canBind } from "./oidc_provider_binding.js";
import { AdapterError } from "./oidc_provider_errors.js";

const oneOf = (...values) => (value) => values.includes(value);
const lacks = (value) => value === null;

/**
 * Settings that oidc-provider cannot carry out: when, why, and what to set instead. `docs/oidc_provider.md` has the same table, and a
 * test compares them.
 */
export const UNSUPPORTED = [
  { setting: "issuer", when: lacks, because: "oidc-provider names its issuer in every response", instead: "the issuer of the provider" },
  { setting: "scopes_supported", when: lacks, because: "oidc-provider knows the scopes of a list alone", instead: "that list" },
  {
    setting: "response_types_supported",
    when: (value, { allow_implicit }) => allow_implicit === true && (value === null || value.includes("token")),
    because: "oidc-provider has no response type `token`", instead: "a list without it, such as [\"code\"]",
  },
  { setting: "pkce_plain", when: oneOf("accept"), because: "oidc-provider has no PKCE method but S256", instead: "\"refuse\"" },
  {
    setting: "refresh_token_rotation", when: oneOf("replace_keep_old", "until_successor_used", "used_up"),
    because: "oidc-provider uses up the old refresh token exactly when there is a new one", instead: "\"off\", \"public\" or \"all\"",
  },
  {
    setting: "refresh_token_rotation", when: oneOf("browser_clients"),
    because: "oidc-provider registers no client as `browser`", instead: "\"public\"",
  },
  { setting: "reuse_grace_s", when: (value) => value !== null && value !== 0, because: "oidc-provider has no grace for a used refresh token", instead: "null" },
  {
    setting: "grant_model", when: oneOf("per_project", "multiple"),
    because: "oidc-provider has one grant for each session and client", instead: "\"single\" or \"per_session\"",
  },
  {
    setting: "grant_management_actions_supported", when: (value) => value !== null && value.length > 0,
    because: "oidc-provider has no Grant Management API", instead: "null",
  },
  {
    setting: "session_dead_at_exchange", when: oneOf("access_token_only", "full"),
    because: "oidc-provider finds no code that is bound to a session which ended", instead: "\"deny\"",
  },
  { setting: "account_switch_ends_session", when: oneOf(false), because: "oidc-provider ends the session of the account before", instead: "true" },
  { setting: "must_select_account", when: oneOf(true), because: "a session of oidc-provider has one account", instead: "false" },
  { setting: "openid_connect", when: oneOf(false), because: "oidc-provider makes an ID Token wherever openid is granted", instead: "true" },
  { setting: "id_token_needs_openid", when: oneOf("nothing"), because: "oidc-provider makes no ID Token without openid", instead: "\"granted\" or \"requested\"" },
  { setting: "wider_scope_at_refresh", when: oneOf("narrow"), because: "oidc-provider refuses it before a policy is asked", instead: "\"error\"" },
  {
    setting: "code_consumed_on_failure", when: (value, { supports_existing_grant }) => supports_existing_grant && value === false,
    because: "oidc-provider uses up the code before a policy is asked", instead: "true",
  },
  { setting: "code_lifetime_s", when: lacks, because: "a code of oidc-provider has an end", instead: "a number of seconds" },
];

/** Members of a configuration that are the adapter's, and features in which it would not be asked, or not see the request. */
const OWN = [
  "interactions.policy", "loadExistingGrant", "expiresWithSession", "issueRefreshToken", "rotateRefreshToken", "revokeGrantPolicy",
  "scopes", "responseTypes", "pkce.required", "ttl.AuthorizationCode", "ttl.Grant", "features.revocation.allowedPolicy",
];
const UNSEEN = {
  "features.pushedAuthorizationRequests": "the policy does not see a pushed request as it arrived",
  "features.requestObjects": "the policy does not see a request object as it arrived",
  "features.deviceFlow": "the policy has no device flow",
  "features.ciba": "the policy has no backchannel authentication",
  "features.claimsParameter": "the policy knows no single claims",
  "features.richAuthorizationRequests": "the policy knows no authorization_details",
  "features.openid4vci": "the policy knows no credentials",
  "features.jwtResponseModes": "the policy's errors are not signed",
  "features.webMessageResponseMode": "the policy has no such place for a response",
};

const at = (object, path) => path.split(".").reduce((value, name) => value?.[name], object);

/** Settings of this policy that are refused, as sentences. */
export function refusalsOf({ settings }) {
  return UNSUPPORTED.filter(({ setting, when }) => when(settings[setting], settings)).map(({ setting, because, instead }) =>
    ({ setting, sentence: `${setting} is ${JSON.stringify(settings[setting])}, and ${because}; set it to ${instead}` }));
}

/** What the configuration beside the policy may not say. */
export function conflictsOf(configuration, { settings }) {
  const own = OWN.filter((path) => at(configuration, path) !== undefined)
    .map((path) => ({ setting: path, sentence: `${path} is decided by the policy; leave it out of the configuration` }));
  const unseen = Object.entries(UNSEEN).filter(([path]) => at(configuration, path)?.enabled === true)
    .map(([path, because]) => ({ setting: path, sentence: `${path} is enabled, and ${because}; leave it out` }));
  const more = [];
  if (configuration.enableHttpPostMethods === true) {
    more.push({ setting: "enableHttpPostMethods", sentence: "enableHttpPostMethods is on, and the policy sees requests in a query alone; leave it out" });
  }
  if (typeof configuration.findAccount !== "function") {
    more.push({ setting: "findAccount", sentence: "findAccount is missing: the adapter is asked there before a token is made; give the server's own" });
  }
  if (settings.sender_constrained_tokens === "required" && !canBind(configuration)) {
    more.push(...FEATURES.map((setting) => ({
      setting, sentence: `${setting} is off, and sender_constrained_tokens is "required": nobody would get a token; turn it on, or the other one`,
    })));
  }
  return [...own, ...unseen, ...more];
}

export function refuse(code, what, refusals) {
  if (refusals.length === 0) return;
  const list = refusals.map(({ sentence }) => `\n- ${sentence}`).join("");
  throw new AdapterError(code, `${what}${list}`, { refusals });
}

/** Features that are off beside a policy, whatever oidc-provider has by default. */
export const FEATURES_OFF = Object.fromEntries([...Object.keys(UNSEEN).map((path) => path.slice("features.".length)), "devInteractions"]
  .map((name) => [name, { enabled: false }]));
