"use strict";
// The simulation in Node: ready on import.
const { Simulation, bind } = require("./simulation_api.cjs");

bind(require("./grantwise_simulation_node.cjs"));

module.exports = { Simulation, ready: async () => {} };
