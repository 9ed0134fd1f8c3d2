// Why, over an engine of its own (WebAssembly) that knows all situations; servers that only decide do not load it. No
// logic here: each function hands its arguments to the engine's operation of the same name.
import { Client, Policy } from "./api.js";
import { connect } from "./boundary.js";
import { freeze, misuse } from "./errors.js";

/** The operations of src/wasm/explore.rs, and the one that keeps a policy. */
const operations = Object.freeze({ policy: 1, explain: 30 });

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
  const { name, settings } = policy;
  const number = engine.ask(operations.policy, null, null, [name, { ...settings }], engine.readers.number);
  const made = Object.freeze({ number, epoch: engine.epoch, limits: null });
  kept.set(policy, made);
  forgotten?.register(policy, made);
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

/** A policy answers for itself where this module is loaded. */
const methods = { explain };
for (const [name, method] of Object.entries(methods)) {
  Object.defineProperty(Policy.prototype, name, {
    value(...rest) {
      return method(this, ...rest);
    },
    configurable: true,
    writable: true,
  });
}
