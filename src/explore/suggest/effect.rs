//! What a change does to the facts.

use super::change::Change;
use crate::decide::authorize::facts::AuthorizeFact;
use crate::decide::fact::{Fact, Situation};
use crate::policy::knobs::{KnobSetting, Knobs};

/// A change with what it does to the facts.
pub(super) struct Effect {
    pub(super) change: Change,
    /// The knob that it turns; else it changes facts.
    pub(super) knob: Option<KnobSetting>,
    pub(super) facts: Vec<(AuthorizeFact, usize)>,
    /// The facts that it changes, as a set; a knob changes none.
    pub(super) asks: u128,
}

impl Effect {
    pub(super) const fn is_knob(&self) -> bool {
        self.knob.is_some()
    }

    /// Does it to a policy and a situation.
    pub(super) fn applied(
        &self,
        (mut knobs, situation): (Knobs, Situation<AuthorizeFact>),
    ) -> (Knobs, Situation<AuthorizeFact>) {
        self.knob.into_iter().for_each(|setting| knobs.set(setting));
        let facts = self.facts.iter();
        (knobs, facts.fold(situation, |situation, (fact, value)| situation.with_index(*fact, *value)))
    }
}

/// A set of one fact.
pub(super) fn one(fact: AuthorizeFact) -> u128 {
    u32::try_from(fact.index()).ok().and_then(|place| 1_u128.checked_shl(place)).unwrap_or(0)
}
