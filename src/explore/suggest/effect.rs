//! What a change does to the facts.

use super::set::{Item, Set};
use crate::decide::authorize::facts::AuthorizeFact;
use crate::decide::fact::{Fact, Situation};
use crate::policy::knobs::KnobSetting;

/// What the changes do, by what they do.
pub(super) struct Effects {
    /// Those that change facts.
    pub(super) facts: Vec<Effect>,
    /// Those that turn a knob.
    pub(super) turns: Vec<Turn>,
}

/// A change that turns a knob.
pub(super) struct Turn {
    pub(super) place: usize,
    pub(super) setting: KnobSetting,
}

/// A change with what it does to the facts.
pub(super) struct Effect {
    /// Its place among all changes.
    pub(super) place: usize,
    pub(super) facts: Vec<(AuthorizeFact, usize)>,
    /// The facts that it changes, as a set.
    pub(super) asks: u128,
    /// The bits of a situation that it changes.
    changed: Situation<AuthorizeFact>,
    /// What they become.
    becomes: Situation<AuthorizeFact>,
}

impl Effect {
    pub(super) fn of(place: usize, facts: Vec<(AuthorizeFact, usize)>) -> Self {
        let asks = facts.iter().fold(0, |asks, (fact, _)| asks | one(*fact));
        let none = Situation::default();
        let changed = facts.iter().fold(none, |bits, (fact, _)| bits.with_index(*fact, usize::MAX));
        let becomes = facts.iter().fold(none, |bits, (fact, value)| bits.with_index(*fact, *value));
        Self { place, facts, asks, changed, becomes }
    }

    /// A situation with it.
    pub(super) fn applied(&self, situation: Situation<AuthorizeFact>) -> Situation<AuthorizeFact> {
        self.facts.iter().fold(situation, |situation, (fact, value)| situation.with_index(*fact, *value))
    }

    /// The bits that are changed, and those that this changes.
    pub(super) fn marked(&self, changed: Situation<AuthorizeFact>) -> Situation<AuthorizeFact> {
        self.facts.iter().fold(changed, |bits, (fact, _)| bits.with_index(*fact, usize::MAX))
    }

    /// Whether it wants no other value for a fact than other changes gave it.
    pub(super) fn agrees(&self, situation: &Situation<AuthorizeFact>, changed: &Situation<AuthorizeFact>) -> bool {
        let both = changed.words().into_iter().zip(self.changed.words()).map(|(one, other)| one & other);
        let differ = situation.words().into_iter().zip(self.becomes.words()).map(|(one, other)| one ^ other);
        both.zip(differ).all(|(both, differ)| both & differ == 0)
    }
}

impl Effects {
    /// The places of the changes of a set, the lowest first.
    pub(super) fn places(&self, set: Set) -> Vec<usize> {
        let place = |item| match item {
            Item::Fact(number) => self.facts.get(usize::from(number)).map(|effect| effect.place),
            Item::Turn(number) => self.turns.get(usize::from(number)).map(|turn| turn.place),
        };
        let mut places: Vec<usize> = set.items().filter_map(place).collect();
        places.sort_unstable();
        places
    }
}

/// A set of one fact.
pub(super) fn one(fact: AuthorizeFact) -> u128 {
    u32::try_from(fact.index()).ok().and_then(|place| 1_u128.checked_shl(place)).unwrap_or(0)
}
