"use strict";
// Node: the engine is compiled while this file is loaded, so everything is ready on import.
const { bind, freeze, isMisuse, ...api } = require("./api.cjs");

bind(require("./grantwise_node.cjs"));

module.exports = { ...api, ...require("./hashes.cjs"), ...require("./catalogue.cjs"), ready: async () => {} };
