//! A condition: some facts, each with the values that it may have.

use std::collections::BTreeMap;

/// Some of the values of a fact, by their indices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Values(u16);

impl Values {
    pub(super) fn of(values: impl IntoIterator<Item = usize>) -> Self {
        values.into_iter().fold(Self::default(), |Self(bits), value| Self(bits | bit(value)))
    }

    pub(super) fn has(self, value: usize) -> bool {
        self.0 & bit(value) != 0
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn indices(self) -> impl Iterator<Item = usize> {
        (0..16).filter(move |value| self.has(*value))
    }
}

fn bit(value: usize) -> u16 {
    u32::try_from(value).ok().and_then(|value| 1_u16.checked_shl(value)).unwrap_or(0)
}

/// Facts that each have one of some values. Without any it holds always.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Condition(BTreeMap<u8, Values>);

impl Condition {
    /// The facts, by their places, and the values that they may have.
    pub(super) fn facts(&self) -> impl DoubleEndedIterator<Item = (u8, Values)> {
        self.0.iter().map(|(fact, values)| (*fact, *values))
    }

    /// How many facts it names.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The same with one more fact.
    pub(super) fn and(mut self, fact: u8, values: &[usize]) -> Self {
        self.0.insert(fact, Values::of(values.iter().copied()));
        self
    }

    /// The same with other values of one fact; without the fact where there are none.
    pub(super) fn with(mut self, fact: u8, values: Option<Values>) -> Self {
        match values {
            Some(values) => self.0.insert(fact, values),
            None => self.0.remove(&fact),
        };
        self
    }

    /// This and another condition as one, where they differ in the values of a single fact.
    pub(super) fn merged(&self, other: &Self) -> Option<(u8, Values)> {
        if self.0.len() != other.0.len() {
            return None;
        }
        let mut differing = None;
        for ((fact, values), (other_fact, other_values)) in self.facts().zip(other.facts()) {
            if fact != other_fact || (values != other_values && differing.is_some()) {
                return None;
            }
            if values != other_values {
                differing = Some((fact, values.and(other_values)));
            }
        }
        differing
    }
}
