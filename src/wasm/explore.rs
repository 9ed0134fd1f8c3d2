//! What is asked of all situations, in an engine of its own, so that the engine of a server stays small. What it answers
//! crosses as values: nobody asks it often enough for more.

use std::sync::Arc;

use super::asked::{Answered, Asked};
use crate::input::wire::Encoder;
use crate::input::{Misuse, Shape, Value};
use crate::policy::Policy;

/// Runs an operation of the explorer. The numbers are those of `pkg-template/explore_api.js`.
pub(super) fn run(operation: u32, asked: Asked<'_>, output: &mut Encoder) -> Answered {
    match operation {
        30 => of_two(asked, output, Policy::explain),
        _ => None,
    }
}

/// A policy, asked with two arguments.
fn of_two<O: Shape>(
    mut asked: Asked<'_>,
    output: &mut Encoder,
    answer: impl FnOnce(&Policy, &Value, &Value) -> Result<O, Misuse>,
) -> Answered {
    let policy: Arc<Policy> = asked.slots.get(asked.kept)?;
    let Value::List(arguments) = asked.value()? else { return None };
    let [first, second] = arguments.as_slice() else { return None };
    Some(answer(&policy, first, second).map(|answer| answer.write().encode(output)))
}
