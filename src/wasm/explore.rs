//! What is asked of all situations, in an engine of its own, so that the engine of a server stays small. What it answers
//! crosses as values: nobody asks it often enough for more.

use std::sync::{Arc, Mutex};

use super::asked::{Answered, Asked};
use crate::explore::{Claim, Differing};
use crate::input::wire::Encoder;
use crate::input::{Misuse, Shape, Value};
use crate::policy::Policy;

/// Runs an operation of the explorer. The numbers are those of `pkg-template/explore_api.js`.
pub(super) fn run(operation: u32, asked: Asked<'_>, output: &mut Encoder) -> Answered {
    match operation {
        30 => of_two(asked, output, Policy::explain),
        31 => of_two(asked, output, Policy::suggestions),
        32 => compare(asked, output),
        33 => step(&asked, output),
        34 => found(&asked, output),
        35 => explored(&asked, output),
        36 => refuted(asked, output, Claim::Equivalent),
        37 => refuted(asked, output, Claim::NoNewRefreshTokens),
        38 => refuted(asked, output, Claim::NoLostRefreshTokens),
        39 => refuted(asked, output, Claim::NoNewScreens),
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

/// A policy and another that is kept, by its number.
fn two(asked: &mut Asked<'_>) -> Option<[Arc<Policy>; 2]> {
    let Value::List(arguments) = asked.value()? else { return None };
    let [Value::Number(number)] = arguments.as_slice() else { return None };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a slot that is not kept is none")]
    let number = *number as u32;
    Some([asked.slots.get(asked.kept)?, asked.slots.get(number)?])
}

/// Begins a comparison, and says how many steps it has.
fn compare(mut asked: Asked<'_>, output: &mut Encoder) -> Answered {
    let [one, other] = two(&mut asked)?;
    output.number(asked.slots.keep(Mutex::new(Differing::new(&one, &other))).into());
    Some(Ok(()))
}

/// Goes one step on: how many were made, of how many, and whether there are more.
fn step(asked: &Asked<'_>, output: &mut Encoder) -> Answered {
    let comparison: Arc<Mutex<Differing>> = asked.slots.get(asked.kept)?;
    let mut comparison = comparison.try_lock().ok()?;
    let more = comparison.step();
    let [done, all] =
        [comparison.done(), Differing::STEPS].map(|count| Value::whole(u64::try_from(count).unwrap_or(0)));
    Value::object([("done", done), ("all", all), ("more", Value::Boolean(more))]).encode(output);
    Some(Ok(()))
}

fn found(asked: &Asked<'_>, output: &mut Encoder) -> Answered {
    let comparison: Arc<Mutex<Differing>> = asked.slots.get(asked.kept)?;
    comparison.try_lock().ok()?.written().encode(output);
    Some(Ok(()))
}

fn explored(asked: &Asked<'_>, output: &mut Encoder) -> Answered {
    let policy: Arc<Policy> = asked.slots.get(asked.kept)?;
    policy.explored().encode(output);
    Some(Ok(()))
}

fn refuted(mut asked: Asked<'_>, output: &mut Encoder, claim: Claim) -> Answered {
    let [before, after] = two(&mut asked)?;
    before.refuted(claim, &after).encode(output);
    Some(Ok(()))
}
