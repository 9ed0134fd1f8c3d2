// Runs the script of a vector against the package, in Node and in the browser alike. The same stands in Rust in
// tests/conformance/src/drive.rs.

/** No request needs more screens than this. */
const MOST_CALLS = 10;

/** How each function of a policy takes the input of a script. */
const CALLS = {
  authorize: (policy, input) => policy.authorize(input),
  exchange: (policy, input) => policy.exchange(input),
  refresh: (policy, input) => policy.refresh(input),
  revoke: (policy, input) => policy.revoke(input),
  manageGrant: (policy, input) => policy.manageGrant(input),
  event: (policy, input) => policy.event(input),
  status: (policy, { record, context }) => policy.status(record, context),
};

/** `grantwise` has Policy and Simulation. The result is the observation of the script. */
export function drive({ Policy, Simulation }, script) {
  const { id, call } = script;
  try {
    const policy = Policy.profile(script.policy.profile, script.policy.overrides);
    if (call === "authorize") return { id, ...converse(policy, script) };
    if (call === "simulate") return { id, ...play(new Simulation(policy, script.input), script) };
    return { id, ...answer(policy, script) };
  } catch (thrown) {
    return { id, thrown: { code: thrown.code ?? thrown.name, path: thrown.path ?? null, message: String(thrown.message ?? thrown) } };
  }
}

/** Calls, answers the screen that came, and calls again, until the person has nothing more to answer. */
function converse(policy, { input: first, person }) {
  const input = { ...first };
  const answers = [];
  const screens = [];
  let consent = null;
  let decision = null;
  for (let calls = 0; calls < MOST_CALLS; calls += 1) {
    decision = CALLS.authorize(policy, { ...input, answers: [...answers] });
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
  return { screens, consent, decision };
}

/** One call, and whether each record is alive. A code that is to be redeemed is fetched first. */
function answer(policy, { call, input, code: wanted, statuses: questions }) {
  const first = {};
  if (wanted !== undefined) {
    first.authorized = converse(policy, wanted).decision;
    first.code = storedCode(first.authorized, wanted.since);
    if (first.code === null) return first;
    input = { ...input, code: first.code };
  }
  const statuses = {};
  for (const { name, record, context } of questions) {
    statuses[name] = CALLS.status(policy, { record: record ?? first.code ?? null, context });
  }
  return { ...first, statuses, decision: CALLS[call](policy, input) };
}

/** The record of the code that a decision stores, with what happened to it since. */
function storedCode(decision, since) {
  const stored = decision.effects.find(({ effect, kind }) => effect === "store" && kind === "code");
  return stored === undefined ? null : { ...stored.record, ...since };
}

/** Every step of a scenario, with the names so far from the vector's to the simulation's. */
function play(simulation, { steps }) {
  const names = {};
  const moments = [];
  let moment = null;
  for (const { step: written, named, expired, issued } of steps) {
    const step = { ...written };
    for (const key of named) step[key] = names[step[key]] ?? step[key];
    if (expired !== undefined) {
      simulation.step({ action: "advance_clock", seconds: remaining(moment, names[expired] ?? expired) });
    }
    moment = simulation.step(step);
    for (const { name, kind } of issued) {
      const found = issuedName(moment, kind, Object.values(names));
      if (found !== undefined) names[name] = found;
    }
    moments.push({ moment, names: { ...names } });
  }
  return { moments };
}

/** The first token of this kind that the moment issued and that has no name yet. */
function issuedName(moment, kind, known) {
  return moment.issued.find((name) => life(moment, name)?.kind === kind && !known.includes(name));
}

/** Seconds until the clock ends a token. */
function remaining(moment, name) {
  const end = life(moment, name)?.expires_at ?? null;
  if (end === null) throw new Error(`${name} never expires`);
  return Math.max(0, end - moment.at);
}

function life({ lives }, name) {
  return lives.find((one) => one.name === name);
}
