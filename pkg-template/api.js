// The package's interface over the engine (WebAssembly). There is no logic here: every function hands its arguments to
// the engine's operation of the same name, and what the engine calls misuse is thrown as a GrantwiseError.
//
// The tables of the catalogue stand in catalogue.js, which the build makes from the same source as the engine.
//
// The entry points (inline.js, web.js, workerd.js and the others) differ only in where they get the compiled module
// from; each hands it over with bind(). The build sets `version`.
import { connect, operations } from "./boundary.js";
import { GrantwiseError, freeze, misuse } from "./errors.js";

export const version = "0.0.0";

let engine = null;

/** Takes a compiled module as the engine. */
export function bind(module) {
  const loaded = connect(module, { misuse, keptBy: Client.keptBy, plainOf: Client.plainOf });
  const loadedVersion = loaded.ask(operations.version, null, null, undefined, loaded.readers.text);
  if (loadedVersion !== version) {
    // A browser or a proxy kept the .wasm of another release.
    throw new Error(`grantwise ${version} was given the engine of version ${loadedVersion}`);
  }
  engine = loaded;
}

function ready() {
  if (engine === null) throw misuse("not_ready", "", "The engine is not loaded yet: await ready() first");
  return engine;
}

/** Frees what a policy or a client takes in the engine when nobody has it any more. */
const forgotten = typeof FinalizationRegistry === "function"
  ? new FinalizationRegistry(({ number, epoch }) => engine?.release(number, epoch))
  : null;

/** Something that the engine keeps for an object, and makes anew where the engine was replaced. */
class Kept {
  number = 0;
  epoch = -1;
  /** How much of a request the engine reads for it. */
  limits = null;
  make;
  owner;

  constructor(owner, make) {
    // Workers of a date before May 2025 have neither this nor the registry, and free what is kept by hand alone.
    this.owner = typeof WeakRef === "function" ? new WeakRef(owner) : { deref: () => owner };
    this.make = make;
  }

  /** The number under which the engine keeps it. */
  in(loaded) {
    if (this.epoch !== loaded.epoch) {
      if (this.make === null) throw released();
      const number = this.make(loaded);
      this.number = number;
      this.epoch = loaded.epoch;
      const owner = this.owner.deref();
      if (owner !== undefined) forgotten?.register(owner, { number: this.number, epoch: this.epoch }, this);
    }
    return this.number;
  }

  release() {
    if (engine !== null) engine.release(this.number, this.epoch);
    forgotten?.unregister(this);
    this.make = null;
    this.epoch = -1;
    this.number = 0;
  }
}

const released = () => misuse("released", "", "A policy or a client that was released is asked nothing more");

/** Registered metadata, read once and passed again and again. */
export class Client {
  #kept;
  #metadata;

  constructor(metadata) {
    const loaded = ready();
    let first = true;
    let snapshot;
    this.#kept = new Kept(this, (into) => {
      const from = first ? metadata : snapshot;
      first = false;
      const { number, registered } = into.ask(operations.client, null, null, from, () => ({
        number: into.readers.number(),
        registered: into.readers.anything(),
      }));
      snapshot = freeze(registered);
      return number;
    });
    this.#kept.in(loaded);
    this.#metadata = snapshot;
  }

  /** What a decision depends on of what is registered. */
  get metadata() {
    return this.#metadata;
  }

  /** Frees what the client takes in the engine. It happens by itself when nobody has the client any more. */
  release() {
    this.#kept.release();
  }

  static keptBy(value) {
    return value !== null && #kept in value ? value.#kept.in(engine) : 0;
  }

  static plainOf(value) {
    if (!(#kept in value)) return null;
    if (value.#kept.make === null) throw released();
    return value.#metadata;
  }
}

export class Policy {
  #kept;
  #name;
  #settings;
  #warnings;
  #fingerprint;

  /** `profile` makes policies; nothing else does. */
  constructor(key, name, overrides) {
    if (key !== secret) throw new TypeError("A policy is made by Policy.profile(name, overrides)");
    let given = overrides;
    this.#kept = new Kept(this, (into) => {
      const { number, ...limits } = into.ask(operations.policy, null, null, [name, given], () => ({
        number: into.readers.number(),
        bytes: into.readers.number(),
        parameters: into.readers.number(),
      }));
      this.#kept.limits = limits;
      if (given !== undefined) {
        // What was handed over may change: a policy that is made anew is made of its settings.
        const made = { number, epoch: into.epoch, limits };
        given = freeze(into.ask(operations.settings, made, null, undefined, into.readers.anything));
        this.#settings = given;
      }
      return number;
    });
    this.#kept.in(ready());
    this.#name = name;
  }

  static profile(name, overrides) {
    return new Policy(secret, name, overrides);
  }

  get name() {
    return this.#name;
  }

  get settings() {
    return (this.#settings ??= freeze(this.#ask(operations.settings, null, undefined, engine.readers.anything)));
  }

  /** What is risky about it. */
  get warnings() {
    return (this.#warnings ??= freeze(this.#ask(operations.warnings, null, undefined, engine.readers.warnings)));
  }

  /** What tells it from other policies. */
  get fingerprint() {
    return (this.#fingerprint ??= this.#ask(operations.fingerprint, null, undefined, engine.readers.text));
  }

  /** A decision as one line for a log. */
  log(decision, options = {}) {
    return this.#ask(operations.log, null, [logged(decision), options, this.fingerprint], engine.readers.text);
  }

  /** Frees what the policy takes in the engine. It happens by itself when nobody has the policy any more. */
  release() {
    void this.settings; // they stay
    this.#kept.release();
  }

  #ask(operation, form, input, answer) {
    this.#kept.in(engine);
    return engine.ask(operation, this.#kept, form, input, answer);
  }

  // One line for each operation that a policy is asked.
  authorize(input) {
    return this.#ask(operations.authorize, engine.writers.authorize, input, engine.readers.authorize);
  }
  exchange(input) {
    return this.#ask(operations.exchange, engine.writers.exchange, input, engine.readers.exchange);
  }
  refresh(input) {
    return this.#ask(operations.refresh, engine.writers.refresh, input, engine.readers.refresh);
  }
  revoke(input) {
    return this.#ask(operations.revoke, engine.writers.revoke, input, engine.readers.revoke);
  }
  manageGrant(input) {
    return this.#ask(operations.manageGrant, engine.writers.manageGrant, input, engine.readers.manageGrant);
  }
  event(input) {
    return this.#ask(operations.event, engine.writers.event, input, engine.readers.event);
  }
  status(record, context) {
    return this.#ask(operations.status, engine.writers.status, { record, context }, engine.readers.status);
  }
}

const secret = Symbol("Policy");

// One line for each operation that asks no policy.
export function location(decision, minted) {
  const loaded = ready();
  return loaded.ask(operations.location, null, null, [sent(decision), minted], loaded.readers.location);
}
export function form(decision, minted, options) {
  const loaded = ready();
  return loaded.ask(operations.form, null, null, [sent(decision), minted, options], loaded.readers.form);
}

export function tokenResponse(decision, minted) {
  const loaded = ready();
  return loaded.ask(operations.tokenResponse, null, null, [sent(decision), minted], loaded.readers.tokenResponse);
}

/** Of a decision, only the response is sent. What cannot be read is handed over as it is, and found out there. */
function sent(decision) {
  try {
    const isObject = typeof decision === "object" && decision !== null && !Array.isArray(decision);
    return isObject && Object.hasOwn(decision, "response") ? { response: decision.response } : decision;
  } catch {
    return decision;
  }
}

/** Of a decision, only what a line has is sent. */
function logged(decision) {
  try {
    const { situation, outcome, status, error, tokens, refresh_token } = decision;
    const trace = decision.trace.map(({ rule }) => rule);
    const ignored = decision.ignored?.map(({ param, reason }) => ({ param, reason }));
    return { situation, outcome, status, error, tokens, refresh_token, ignored, trace };
  } catch {
    return decision;
  }
}

export { GrantwiseError };
