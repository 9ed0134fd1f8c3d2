//! The simulation, in a module of its own, so that the engine of a server stays small.

use wasm_bindgen::prelude::*;

use super::handed_back::{answered, thrown};
use super::read;

/// A running simulation.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Simulation {
    simulation: crate::simulate::Simulation,
}

#[wasm_bindgen]
impl Simulation {
    /// A simulation under a profile with overrides, in a world that the options describe.
    ///
    /// # Errors
    /// Misuse as `{ code, path, message }`.
    pub fn start(name: &JsValue, overrides: &JsValue, options: &JsValue) -> Result<Self, JsValue> {
        let name = read::name(name).map_err(|misuse| thrown(&misuse))?;
        crate::policy::Policy::profile(&name, &read::value(overrides))
            .and_then(|policy| crate::simulate::Simulation::new(&policy, &read::value(options)))
            .map(|simulation| Self { simulation })
            .map_err(|misuse| thrown(&misuse))
    }

    /// Runs one step.
    ///
    /// # Errors
    /// Misuse as `{ code, path, message }`.
    pub fn step(&mut self, step: &JsValue) -> Result<JsValue, JsValue> {
        answered(self.simulation.step(&read::value(step)))
    }
}
