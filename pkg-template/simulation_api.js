// The simulation over its own engine (WebAssembly), which is larger than the one that servers use. No logic here.
import { connect, operations } from "./boundary.js";
import { freeze, misuse } from "./errors.js";

let engine = null;

export function bind(module) {
  engine = connect(module, { misuse, keptBy: () => 0, plainOf: () => null });
}

const forgotten = typeof FinalizationRegistry === "function"
  ? new FinalizationRegistry(({ number, epoch }) => engine?.release(number, epoch))
  : null;

export class Simulation {
  #kept;
  #timeline = [];

  constructor(policy, options) {
    if (engine === null) throw misuse("not_ready", "", "The simulation is not loaded yet: await ready() first");
    const world = [policy.name, { ...policy.settings }, options];
    const number = engine.ask(operations.start, null, null, world, engine.readers.number);
    this.#kept = Object.freeze({ number, epoch: engine.epoch, limits: null });
    forgotten?.register(this, this.#kept);
  }

  get timeline() {
    return Object.freeze([...this.#timeline]);
  }

  step(step) {
    if (this.#kept.epoch !== engine.epoch) {
      throw new Error("The engine of this simulation stopped, and what it remembered is lost: start a new one");
    }
    const moment = freeze(engine.ask(operations.step, this.#kept, null, step, engine.readers.step));
    this.#timeline.push(moment);
    return moment;
  }
}
