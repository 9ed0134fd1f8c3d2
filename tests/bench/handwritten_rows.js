// The rows of the handwritten policy.

import { HandwrittenPolicy } from "./handwritten.js";
import { fresh } from "./inputs.js";
import { freshLapOver, lapOver } from "./measure.js";

export function handwrittenRows(inputs) {
  const handwritten = new HandwrittenPolicy(inputs.overrides);
  const decide = (input) => read(handwritten.authorize(input));
  return {
    handwritten,
    rows: [
      { id: "handwritten_js", what: "handwritten JavaScript, from the raw query", lap: lapOver(inputs.authorize, decide) },
      {
        id: "handwritten_js_fresh",
        what: "handwritten JavaScript, from strings never seen before",
        lap: freshLapOver(() => fresh(inputs.authorize), decide),
      },
    ],
  };
}

/** All that it says. */
function read({ outcome, error, response, consent, scope, tokens }) {
  let sum = outcome.length + scope.length;
  if (error !== null) sum += error.placement.length;
  if (response !== null) sum += response.redirect_uri.length + (response.state === null ? 0 : response.state.length);
  if (consent !== null) sum += consent.scopes.length + consent.because.length;
  if (tokens !== null && tokens.token_endpoint !== null) sum += tokens.token_endpoint.access_token.scope.length;
  return sum;
}
