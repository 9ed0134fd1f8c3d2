// The simulation in Node, ESM: the same instance as for CommonJS.
import api from "./simulation_node.cjs";

export const { Simulation, ready } = api;
