//! The simulation, in an engine of its own, so that the engine of a server stays small.

use std::sync::{Arc, Mutex};

use super::asked::Asked;
use crate::input::wire::Encoder;
use crate::input::{Misuse, MisuseCode, Shape, Value};
use crate::policy::Policy;
use crate::simulate::Simulation;

/// Keeps a simulation under a profile with overrides, in a world that the options describe. The answer is its number.
pub(super) fn start(mut asked: Asked<'_>, output: &mut Encoder) -> Option<Result<(), Misuse>> {
    let Value::List(arguments) = asked.value()? else { return None };
    let [Value::Text(name), overrides, options] = arguments.as_slice() else { return None };
    let simulation = Policy::profile(name, overrides).and_then(|policy| Simulation::new(&policy, options));
    Some(simulation.map(|simulation| output.number(asked.slots.keep(Mutex::new(simulation)).into())))
}

/// Runs one step.
pub(super) fn step(mut asked: Asked<'_>, output: &mut Encoder) -> Option<Result<(), Misuse>> {
    let simulation: Arc<Mutex<Simulation>> = asked.slots.get(asked.kept)?;
    let step = asked.value()?;
    let moment = match simulation.try_lock() {
        Ok(mut simulation) => simulation.step(&step),
        Err(_) => Err(Misuse::new(MisuseCode::Contradiction, "step", "is called while another one runs")),
    };
    Some(moment.map(|moment| moment.encode(output)))
}
