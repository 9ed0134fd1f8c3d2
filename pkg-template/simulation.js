// The simulation in browsers, which is there after `await ready()`.
import load, * as engine from "./grantwise_simulation.js";
import { loader } from "./loader.js";
import { Simulation, bind } from "./simulation_api.js";

export { Simulation };
export const ready = loader(load, () => bind(engine));
