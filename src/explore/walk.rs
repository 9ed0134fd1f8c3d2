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
    /// Before the first question.
    pub(super) fn new() -> Self {
        Self { known: Cell::new(0), values: Cell::default(), path: RefCell::default() }
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

/// A set of one fact.
fn one<F: Fact>(fact: F) -> u128 {
    u32::try_from(fact.index()).ok().and_then(|place| 1_u128.checked_shl(place)).unwrap_or(0)
}
