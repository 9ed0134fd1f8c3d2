//! Every way through one stage: each question is answered with every value, one after the other.

use std::cell::{Cell, RefCell};

use crate::decide::fact::{Ask, Fact, Situation};
use crate::decide::finite::Finite;

/// A way through a stage, and what of the others is left.
pub(super) struct Walk<F> {
    known: Cell<u128>,
    values: Cell<Situation<F>>,
    /// What was asked and is followed value by value, in the order in which it was asked.
    path: RefCell<Vec<F>>,
}

impl<F: Fact> Walk<F> {
    /// Before the first question. What is known already is not followed value by value.
    pub(super) fn new(known: Known<F>) -> Self {
        Self { known: Cell::new(known.facts), values: Cell::new(known.values), path: RefCell::default() }
    }

    /// Leaves the way that was gone. `left` is told of every question all of whose answers were followed, the last asked
    /// first. False where no way is left.
    pub(super) fn next(&self, mut left: impl FnMut(F)) -> bool {
        loop {
            let Some(fact) = self.path.borrow_mut().pop() else { return false };
            let values = self.values.get();
            let value = values.index(fact).saturating_add(1);
            if value < fact.values() {
                self.values.set(values.with_index(fact, value));
                self.path.borrow_mut().push(fact);
                return true;
            }
            self.known.set(self.known.get() & !one(fact));
            left(fact);
        }
    }
}

impl<F: Fact> Ask<F> for Walk<F> {
    fn ask<T: Finite>(&self, fact: F) -> T {
        if self.known.get() & one(fact) == 0 {
            self.known.set(self.known.get() | one(fact));
            self.values.set(self.values.get().with_index(fact, 0));
            self.path.borrow_mut().push(fact);
        }
        T::at(self.values.get().index(fact))
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
