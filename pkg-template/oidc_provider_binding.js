// Tokens that are bound to a key of the client (DPoP, RFC 9449) or to its certificate (mTLS, RFC 8705). oidc-provider verifies the
// proof, before a policy is asked; the policy is told that it did, and its records say of each token what the token is.

/** What oidc-provider says of a proof that it refused. */
const OF_PROOF = /jkt|x5t#S256|client certificate|DPoP/;

/** The two ways, by the names of their features. */
export const FEATURES = ["features.dPoP", "features.mTLS"];

/** Whether one of them is on. DPoP is, unless a configuration says otherwise. */
export const canBind = ({ features }) => features?.dPoP?.enabled !== false || features?.mTLS?.enabled === true;

/** `DPoP` for a request with a proof, which is valid where the server came so far. Without the feature the header means nothing. */
export const tokenTypeOf = (ctx, { features }) => (features?.dPoP?.enabled !== false && ctx.get("DPoP") !== "" ? "DPoP" : "Bearer");

/** The client's tokens are bound to its certificate, which was there where the server came so far. */
export const hasCertificate = (client) => client.tlsClientCertificateBoundAccessTokens === true;

const isBound = (token) => token.isSenderConstrained();

/**
 * The effects with what is true of the tokens that the server made. A policy takes all tokens of a request to be bound alike; of a
 * confidential client oidc-provider binds the access tokens alone, as section 5 of RFC 9449 allows.
 */
export function asBound(effects, tokens) {
  return effects.map((effect) => {
    const token = effect.effect === "store" ? tokens[effect.kind] : undefined;
    if (token === undefined || (effect.record.sender_constrained === true) === isBound(token)) return effect;
    return { ...effect, record: { ...effect.record, sender_constrained: isBound(token) } };
  });
}

/** Whether an access token was decided to be bound, and is not. */
export const isLoose = (effects, token) => token !== undefined && !isBound(token)
  && effects.some(({ effect, kind, record }) => effect === "store" && kind === "access_token" && record.sender_constrained === true);

/** Whether the server refused for want of a proof, of which no policy is asked. */
export const isUnproven = ({ error, error_detail = "" }) => error === "invalid_dpop_proof" || error === "use_dpop_nonce"
  || (error === "invalid_grant" && OF_PROOF.test(error_detail));
