// oidc-provider under a policy: Grantwise decides (`enforce`), or says beside the server where it would differ (`shadow`).
import { Enforce } from "./oidc_provider_enforce.js";
import { AdapterError } from "./oidc_provider_errors.js";
import { attach } from "./oidc_provider_attach.js";
import { Records } from "./oidc_provider_records.js";
import { conflictsOf, refusalsOf, refuse } from "./oidc_provider_refusals.js";
import { Shadow } from "./oidc_provider_shadow.js";
import { Summaries } from "./oidc_provider_summaries.js";
import { memory } from "./store_memory.js";
import { sql } from "./store_sql.js";

export { AdapterError, memory, sql };

const OPTIONS = ["mode", "oidc", "configuration", "records", "facts", "report", "decided", "kept"];

/**
 * An adapter for one provider. `oidc` is what `import * as oidc from "oidc-provider"` gives; `configuration` is the server's own, which
 * comes back in `adapter.configuration` with what the policy decides.
 */
export function createAdapter(policy, options = {}) {
  for (const name of Object.keys(options)) {
    if (!OPTIONS.includes(name)) throw new AdapterError("unknown_option", `createAdapter has no option ${name}; it has ${OPTIONS.join(", ")}`);
  }
  return new Adapter(key, policy, options);
}

const key = Symbol("createAdapter");

const MODES = { enforce: Enforce, shadow: Shadow };

/** What is refused before a provider is made. */
function check(policy, configuration, oidc) {
  for (const name of ["errors", "interactionPolicy"]) {
    if (oidc?.[name] !== undefined) continue;
    throw new AdapterError("missing_option", `oidc has no ${name}; hand over what \`import * as oidc from "oidc-provider"\` gives`);
  }
  refuse("unsupported_policy", "oidc-provider cannot do what this policy asks for:", refusalsOf(policy));
  refuse("conflicting_configuration", "The configuration contradicts the policy:", conflictsOf(configuration, policy));
}

/** Whoever is told cannot make a request fail. */
const quietly = (tell) => (what) => {
  try {
    Promise.resolve(tell(what)).catch(() => {});
  } catch {
    // theirs
  }
};

export class Adapter {
  #mode;
  #shared;
  #provider = null;

  /** `createAdapter` makes adapters; nothing else does. */
  constructor(given, policy, options) {
    if (given !== key) throw new AdapterError("not_created", "An adapter is made by createAdapter(policy, options)");
    const { mode = "enforce", oidc, configuration = {}, records = memory(), facts = null, report = () => {}, decided, kept = 10_000 } = options;
    const Mode = MODES[mode];
    if (Mode === undefined) throw new AdapterError("unknown_option", `mode is ${mode}; it is "enforce" or "shadow"`);
    if (mode === "enforce") check(policy, configuration, oidc);
    this.#shared = {
      policy, own: configuration, errors: oidc?.errors, interactionPolicy: oidc?.interactionPolicy, records: new Records(records), facts,
      report: quietly(report), keep: new Summaries(kept, decided && quietly(decided)), failures: new WeakMap(), provider: () => this.#attached(),
    };
    this.#mode = new Mode(this.#shared);
  }

  /** For `new Provider(issuer, adapter.configuration)`. */
  get configuration() {
    return this.#mode.configuration;
  }

  /** Call it once, before `provider.callback()` and `provider.listen()`. */
  async attach(provider) {
    await attach(provider, { mode: this.#mode, shared: this.#shared });
    this.#provider = provider;
    return provider;
  }

  /** What the page of this browser is about. */
  interaction(req, res) {
    return this.#mode.interactions.page(req, res);
  }

  /** What the person did on it; the browser goes on. */
  answer(req, res, answer) {
    return this.#mode.interactions.answer(req, res, answer);
  }

  /** Something that happened outside of a request: a changed password, an app that the user revokes. */
  event(event) {
    return this.#mode.sessions.happened(event);
  }

  /** What was decided about a grant or an interaction, the newest first. */
  summaries(of) {
    return this.#shared.keep.of(of);
  }

  /** In shadow mode: how much was compared, differed, could not be compared, failed or was dropped. */
  get counts() {
    return structuredClone(this.#mode.counts ?? {});
  }

  /** In shadow mode: resolves when all that has come so far is compared. */
  async settled() {
    await this.#mode.settled?.();
  }

  /** Ends in the records what the clock has ended, and forgets what has been over for long. */
  sweep(keep_s) {
    return this.#mode.sweep(keep_s);
  }

  #attached() {
    if (this.#provider === null) throw new AdapterError("not_attached", "Call adapter.attach(provider) first");
    return this.#provider;
  }
}
