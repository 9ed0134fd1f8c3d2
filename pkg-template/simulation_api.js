// The simulation over its own engine (WebAssembly), which is larger than the one that servers use. No logic here.
//
// The build derives simulation_api.cjs from this file by its first and its last statement.
import { GrantwiseError, freeze, isMisuse } from "./api.js";

let engine = null;

function bind(loaded) {
  engine = loaded;
}

class Simulation {
  #handle;
  #timeline = [];

  constructor(policy, options) {
    if (engine === null) {
      throw new GrantwiseError("not_ready", "", "The simulation is not loaded yet: await ready() first");
    }
    this.#handle = call(() => engine.Simulation.start(policy.name, { ...policy.settings }, options));
  }

  get timeline() {
    return Object.freeze([...this.#timeline]);
  }

  step(step) {
    const moment = freeze(call(() => this.#handle.step(step)));
    this.#timeline.push(moment);
    return moment;
  }
}

function call(use) {
  try {
    return use();
  } catch (thrown) {
    throw isMisuse(thrown) ? new GrantwiseError(thrown.code, thrown.path, thrown.message) : thrown;
  }
}

export { Simulation, bind };
