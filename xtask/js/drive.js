// Runs the script of a vector against the package, in Node and in the browser alike. The same loop stands in
// Rust in tests/conformance/src/drive.rs.

/** No request needs more screens than this. */
const MOST_CALLS = 10;

/**
 * Calls, answers the screen that came, and calls again, until the person of the script has nothing more to
 * answer.
 */
export function drive({ Policy }, { id, policy, input: first, person }) {
  const input = { ...first };
  const answers = [];
  const screens = [];
  let consent = null;
  let decision = null;
  try {
    const chosen = Policy.profile(policy.profile, policy.overrides);
    for (let calls = 0; calls < MOST_CALLS; calls += 1) {
      decision = chosen.authorize({ ...input, answers: [...answers] });
      const turn = person[decision.outcome];
      if (turn === undefined) break;
      const answer = { ...turn.answer };
      if (decision.outcome === "consent") {
        consent = decision.consent;
        answer.shown = consent;
      }
      screens.push(decision.outcome);
      answers.push(answer);
      Object.assign(input, turn.then);
    }
  } catch (thrown) {
    return { id, thrown: { code: thrown.code ?? thrown.name, path: thrown.path ?? null, message: String(thrown.message ?? thrown) } };
  }
  return { id, screens, consent, decision };
}
