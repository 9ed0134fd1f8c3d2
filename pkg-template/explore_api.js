// Why, what would change it, and what differs, over an engine of its own (WebAssembly) that knows all situations; servers
// that only decide do not load it. No logic here: each function hands its arguments to the engine's operation.
import { Client, Policy } from "./api.js";
import { connect } from "./boundary.js";
import { freeze, misuse } from "./errors.js";

/** The operations of src/wasm/explore.rs, and the one that keeps a policy. */
const operations = Object.freeze({
  policy: 1,
  explain: 30,
  suggest: 31,
  compare: 32,
  step: 33,
  found: 34,
  explore: 35,
  equivalent: 36,
  noNewRefreshTokens: 37,
  noLostRefreshTokens: 38,
  noNewScreens: 39,
});

let engine = null;

export function bind(module) {
  engine = connect(module, { misuse, keptBy: () => 0, plainOf: Client.plainOf });
}

const forgotten = typeof FinalizationRegistry === "function"
  ? new FinalizationRegistry(({ number, epoch }) => engine?.release(number, epoch))
  : null;

/** What this engine keeps for a policy, which is made anew here of its settings. */
const kept = new WeakMap();

function inHere(policy) {
  if (engine === null) throw misuse("not_ready", "", "The explorer is not loaded yet: await ready() first");
  const known = kept.get(policy);
  if (known !== undefined && known.epoch === engine.epoch) return known;
  const { name, settings } = policy ?? {};
  if (typeof name !== "string" || typeof settings !== "object" || settings === null) {
    throw misuse("wrong_type", "policy", "policy must be a policy");
  }
  const number = engine.ask(operations.policy, null, null, [name, { ...settings }], engine.readers.number);
  const { epoch } = engine;
  const made = Object.freeze({ number, epoch, limits: null });
  forgotten?.register(made, { number, epoch });
  // Settings that somebody can change are read again the next time.
  if (Object.isFrozen(settings)) kept.set(policy, made);
  return made;
}

/** Asks an operation of a policy. What comes back is plain, and nobody changes it. */
function ask(operation, policy, ...rest) {
  const owner = inHere(policy);
  return freeze(engine.ask(operation, owner, null, rest, engine.readers.anything));
}

export function explain(policy, decision, options = null) {
  return ask(operations.explain, policy, decision, options);
}

export function suggest(policy, input, goal) {
  return ask(operations.suggest, policy, input, goal);
}

/** How large the space is, and what each component's graph comes to. */
export function explore(policy) {
  return ask(operations.explore, policy);
}

/** Lets whoever shares the thread go on between two steps. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 0));

export async function diff(one, other, options = null) {
  const { signal = null, onProgress = null } = options ?? {};
  signal?.throwIfAborted();
  const number = engineAsk(operations.compare, inHere(one), [inHere(other).number], "number");
  const comparison = Object.freeze({ number, epoch: engine.epoch, limits: null });
  try {
    for (let more = true; more;) {
      const step = engineAsk(operations.step, comparison, null, "anything");
      more = step.more;
      onProgress?.({ done: step.done, all: step.all });
      await pause();
      signal?.throwIfAborted();
    }
    return freeze(engineAsk(operations.found, comparison, null, "anything"));
  } finally {
    engine.release(comparison.number, comparison.epoch);
  }
}

function engineAsk(operation, owner, input, reader) {
  return engine.ask(operation, owner, null, input, engine.readers[reader]);
}

/** Whether a claim about two policies holds in every situation, with the most ordinary situation that refutes it. */
function claim(operation) {
  return (before, after) => {
    const counterexample = ask(operation, before, inHere(after).number);
    return Object.freeze({ holds: counterexample === null, counterexample });
  };
}

export const equivalent = claim(operations.equivalent);
export const noNewRefreshTokens = claim(operations.noNewRefreshTokens);
export const noLostRefreshTokens = claim(operations.noLostRefreshTokens);
export const noNewScreens = claim(operations.noNewScreens);

/** A policy answers for itself where this module is loaded. */
const methods = { explain, suggest, explore };
for (const [name, method] of Object.entries(methods)) {
  Object.defineProperty(Policy.prototype, name, {
    value(...rest) {
      return method(this, ...rest);
    },
    configurable: true,
    writable: true,
  });
}
