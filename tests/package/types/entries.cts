// The same from CommonJS.
import catalogue = require("grantwise/catalogue");
import engine = require("grantwise/engine");
import explore = require("grantwise/explore");
import inline = require("grantwise/inline");
import simulation = require("grantwise/simulation");
import store = require("grantwise/store");
import web = require("grantwise/web");

export const names: string[] = [engine.version, inline.version, web.version, catalogue.knobs[0]!.id, simulation.Simulation.name, explore.explain.name, store.memory.name];
// One class for all of them, as there is one instance.
export const same: typeof web.GrantwiseError = inline.GrantwiseError;
