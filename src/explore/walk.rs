//! Every way through one stage: each question is answered with every value, one after the other.

use std::cell::{Cell, RefCell};

use crate::decide::fact::{Ask, Fact, Situation};
use crate::decide::finite::Finite;

/// As many facts as an engine can have.
const MOST: usize = 128;

/// The value of a fact that was not asked yet.
const OPEN: u8 = u8::MAX;

/// A way through a stage, and what of the others is left.
pub(super) struct Walk<F> {
    /// The value of each fact that is known or was asked.
    values: [Cell<u8>; MOST],
    /// What was asked and is followed value by value, in the order in which it was asked.
    path: RefCell<Vec<F>>,
}

impl<F: Fact> Walk<F> {
    /// Before the first question. What is known already is not followed value by value.
    pub(super) fn new(known: Known<F>) -> Self {
        let values = [const { Cell::new(OPEN) }; MOST];
        for (fact, slot) in F::ALL.iter().zip(&values) {
            known.value(*fact).and_then(|value| u8::try_from(value).ok()).into_iter().for_each(|value| slot.set(value));
        }
        Self { values, path: RefCell::default() }
    }

    /// Leaves the way that was gone. `left` is told of every question all of whose answers were followed, the last asked
    /// first. False where no way is left.
    pub(super) fn next(&self, mut left: impl FnMut(F)) -> bool {
        let mut path = self.path.borrow_mut();
        while let Some(fact) = path.last().copied() {
            let Some(slot) = self.values.get(fact.index()) else { return false };
            let value = slot.get().saturating_add(1);
            if usize::from(value) < fact.values() {
                slot.set(value);
                return true;
            }
            slot.set(OPEN);
            path.pop();
            left(fact);
        }
        false
    }
}

impl<F: Fact> Ask<F> for Walk<F> {
    #[inline]
    fn ask<T: Finite>(&self, fact: F) -> T {
        let Some(slot) = self.values.get(fact.index()) else { return T::FIRST };
        if slot.get() == OPEN {
            slot.set(0);
            self.path.borrow_mut().push(fact);
        }
        T::at(usize::from(slot.get()))
    }
}

/// What is known of a situation: the values of some of its facts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<F: Fact> {
    facts: u128,
    values: Situation<F>,
}

impl<F: Fact> Default for Known<F> {
    /// Nothing.
    fn default() -> Self {
        Self { facts: 0, values: Situation::default() }
    }
}

impl<F: Fact> Known<F> {
    /// The same, and the value of one fact more.
    pub(super) fn and(self, fact: F, value: usize) -> Self {
        Self { facts: self.facts | one(fact), values: self.values.with_index(fact, value) }
    }

    /// The value of a fact, where it is known.
    pub(super) fn value(&self, fact: F) -> Option<usize> {
        (self.facts & one(fact) != 0).then(|| self.values.index(fact))
    }
}

/// A set of one fact.
fn one<F: Fact>(fact: F) -> u128 {
    u32::try_from(fact.index()).ok().and_then(|place| 1_u128.checked_shl(place)).unwrap_or(0)
}
