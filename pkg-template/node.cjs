// Node: the engine's bytes are read from the file beside this one, which takes a tenth of the time that they take as
// text in JavaScript, and the tables for people are read when they are first asked for.
"use strict";
const { readFileSync } = require("node:fs");
const {
  Client, GrantwiseError, Policy, atHash, bind, cHash, form, location, tokenResponse, version,
} = require("./modules.cjs");

bind(new WebAssembly.Module(bytes()));

function bytes() {
  try {
    return readFileSync(`${__dirname}/grantwise_bg.wasm`);
  } catch {
    // A bundler took this file away from the other, or nothing may be read.
    return require("./grantwise_bytes.cjs").bytes();
  }
}

module.exports = {
  Client, GrantwiseError, Policy, atHash, cHash, form, location, tokenResponse, version,
  ready: async () => {},
  get configuration() { return require("./catalogue.cjs").configuration; },
  get knobs() { return require("./catalogue.cjs").knobs; },
  get profiles() { return require("./catalogue.cjs").profiles; },
  get rules() { return require("./catalogue.cjs").rules; },
};
