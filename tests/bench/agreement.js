// Whether the handwritten policy says what the package says, in everything that both say.

import { isDeepStrictEqual } from "node:util";

/** The parts of a decision that the handwritten policy has, too. */
export function common(decision) {
  const { error, response, consent, tokens } = decision;
  return {
    outcome: decision.outcome,
    error: error && { code: error.code, placement: error.placement },
    response: response && {
      placement: response.placement,
      redirect_uri: response.redirect_uri,
      state: response.state,
      iss: response.iss,
      error: response.error,
      mint: response.mint,
    },
    consent: consent && {
      sub: consent.sub,
      client_id: consent.client_id,
      scopes: consent.scopes.map(({ scope, status, optional }) => ({ scope, status, optional })),
      offline_access: consent.offline_access,
      remember: consent.remember,
      because: consent.because,
    },
    scope: Array.isArray(decision.scope) ? decision.scope : decision.scope.granted,
    tokens: tokens && { front_channel: tokens.front_channel, token_endpoint: tokens.token_endpoint },
  };
}

/** The inputs on which the two differ, with what each says. */
export function disagreements(policy, handwritten, inputs) {
  return inputs.flatMap((input) => {
    const one = plain(common(policy.authorize(input)));
    const other = plain(common(handwritten.authorize(input)));
    return isDeepStrictEqual(one, other) ? [] : [{ input, package: one, handwritten: other }];
  });
}

/** Without prototypes and getters, whatever a decision is made of. */
function plain(value) {
  return JSON.parse(JSON.stringify(value));
}
