//! What a change does to the facts.

use super::change::Change;
use crate::decide::authorize::facts::AuthorizeFact;
use crate::decide::fact::Fact;

/// A change with what it does to the facts.
pub(super) struct Effect {
    pub(super) change: Change,
    pub(super) facts: Vec<(AuthorizeFact, usize)>,
    /// The facts that it changes, as a set; a knob changes none.
    pub(super) asks: u128,
}

/// A set of one fact.
pub(super) fn one(fact: AuthorizeFact) -> u128 {
    u32::try_from(fact.index()).ok().and_then(|place| 1_u128.checked_shl(place)).unwrap_or(0)
}
