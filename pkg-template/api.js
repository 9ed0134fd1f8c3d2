// The package's interface over the engine (WebAssembly). There is no logic here: every function moves its
// arguments to the engine's function of the same name and turns what the engine throws into a GrantwiseError.
//
// The tables of the catalogue stand in catalogue.js, which the build makes from the same source as the engine.
//
// The entry points (node.cjs, engine.js, workerd.js, inline.js) differ only in how they load the engine; each
// hands it over with bind(). The build derives api.cjs from this file by its last statement, and sets `version`.

const version = "0.0.0";

let engine = null;

function bind(loaded) {
  const loadedVersion = loaded.version();
  if (loadedVersion !== version) {
    // A browser or a proxy kept the .wasm of another release.
    throw new Error(`grantwise ${version} was given the engine of version ${loadedVersion}`);
  }
  engine = loaded;
}

class GrantwiseError extends Error {
  constructor(code, path, message) {
    super(message);
    this.code = code;
    this.path = path;
  }
}
Object.defineProperty(GrantwiseError.prototype, "name", { value: "GrantwiseError" });

class Policy {
  #handle;
  #name;
  #settings;
  #warnings;

  constructor(handle, name) {
    if (engine === null || !(handle instanceof engine.Policy)) {
      throw new TypeError("A policy is made by Policy.profile(name, overrides)");
    }
    this.#handle = handle;
    this.#name = name;
  }

  static profile(name, overrides) {
    return new Policy(call((raw) => raw.Policy.profile(name, overrides)), name);
  }

  get name() {
    return this.#name;
  }

  get settings() {
    return (this.#settings ??= freeze(call(() => this.#handle.settings())));
  }

  get warnings() {
    return (this.#warnings ??= freeze(call(() => this.#handle.warnings())));
  }

  // One line for each method of the engine's policy.
  authorize(input) { return call(() => this.#handle.authorize(input)); }
  exchange(input) { return call(() => this.#handle.exchange(input)); }
  refresh(input) { return call(() => this.#handle.refresh(input)); }
  revoke(input) { return call(() => this.#handle.revoke(input)); }
  manageGrant(input) { return call(() => this.#handle.manageGrant(input)); }
  event(input) { return call(() => this.#handle.event(input)); }
  status(record, context) { return call(() => this.#handle.status(record, context)); }
}

// One line for each free function of the engine.
function location(decision, minted) { return call((raw) => raw.location(decision, minted)); }
function form(decision, minted, options) { return call((raw) => raw.form(decision, minted, options)); }

function call(use) {
  if (engine === null) {
    throw new GrantwiseError("not_ready", "", "The engine is not loaded yet: await ready() first");
  }
  try {
    return use(engine);
  } catch (thrown) {
    throw isMisuse(thrown) ? new GrantwiseError(thrown.code, thrown.path, thrown.message) : thrown;
  }
}

// The engine reports misuse as a plain object. Anything else is a defect and is passed on as it is.
function isMisuse(thrown) {
  return typeof thrown === "object" && thrown !== null && Object.getPrototypeOf(thrown) === Object.prototype
    && typeof thrown.code === "string" && typeof thrown.path === "string";
}

function freeze(value) {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}

export { GrantwiseError, Policy, bind, form, freeze, isMisuse, location, version };
