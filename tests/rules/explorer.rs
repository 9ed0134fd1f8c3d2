//! A small explorer: it answers an engine's questions by following every value, and merges equal states between stages.
//! It implements one method, [`Ask::ask`], and knows no engine and no fact.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::mem::discriminant;

use grantwise::decide::engine::{Engine, To};
use grantwise::decide::fact::{Ask, Fact, Situation};
use grantwise::decide::finite::Finite;
use grantwise::decide::rule::Trace;
use grantwise::policy::knobs::Knobs;

/// A set of facts.
type Facts = u128;

fn one<F: Fact>(fact: F) -> Facts {
    1 << fact.index()
}

/// The values of some facts.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Known<F> {
    facts: Facts,
    values: Situation<F>,
}

impl<F: Fact> Known<F> {
    fn none() -> Self {
        Self { facts: 0, values: Situation::default() }
    }

    fn with(self, fact: F, index: usize) -> Self {
        Self { facts: self.facts | one(fact), values: self.values.with_index(fact, index) }
    }

    fn has(&self, (fact, index): (F, usize)) -> bool {
        self.facts & one(fact) != 0 && self.values.index(fact) == index
    }

    /// Only these facts.
    fn only(self, facts: Facts) -> Self {
        let kept = F::ALL.iter().filter(|fact| self.facts & facts & one(**fact) != 0);
        kept.fold(Self::none(), |known, fact| known.with(*fact, self.values.index(*fact)))
    }
}

/// What is followed value by value, with what was known before.
type Path<F> = Vec<(F, Known<F>)>;

/// A walk from what is known: every other fact is followed value by value.
struct Walk<E: Engine> {
    known: Cell<Known<E::Fact>>,
    path: RefCell<Path<E::Fact>>,
    asked: Cell<Facts>,
}

impl<E: Engine> Walk<E> {
    fn from(known: Known<E::Fact>) -> Self {
        Self { known: Cell::new(known), path: RefCell::default(), asked: Cell::new(0) }
    }

    /// Goes on with the first value from an index on that can occur beside what is known.
    fn open(&self, fact: E::Fact, before: Known<E::Fact>, from: usize) -> bool {
        let possible = |index: &usize| {
            E::IMPOSSIBLE.iter().all(|pair| {
                (pair.one != (fact, *index) || !before.has(pair.other))
                    && (pair.other != (fact, *index) || !before.has(pair.one))
            })
        };
        let Some(index) = (from..fact.values()).find(possible) else { return false };
        self.known.set(before.with(fact, index));
        self.path.borrow_mut().push((fact, before));
        true
    }

    /// Goes on to the next path; false when there is none.
    fn next(&self) -> bool {
        loop {
            let Some((fact, before)) = self.path.borrow_mut().pop() else { return false };
            if self.open(fact, before, self.known.get().values.index(fact).saturating_add(1)) {
                return true;
            }
            self.known.set(before);
        }
    }
}

impl<E: Engine> Ask<E::Fact> for Walk<E> {
    fn ask<T: Finite>(&self, fact: E::Fact) -> T {
        self.asked.set(self.asked.get() | one(fact));
        let known = self.known.get();
        if known.facts & one(fact) == 0 {
            assert!(self.open(fact, known, 0), "{fact:?} has no value that can occur");
        }
        T::at(self.known.get().values.index(fact))
    }
}

/// What an exploration found.
pub(crate) struct Found<E: Engine> {
    /// Ways through stages.
    pub(crate) ways: usize,
    /// States between stages, merged.
    pub(crate) states: usize,
    /// Every state was followed; otherwise only as many of each stage as the bound allows.
    pub(crate) complete: bool,
    /// All rules that took part somewhere.
    pub(crate) trace: Trace<E>,
}

/// States with what is remembered of the facts, in an order that is the same every time.
type Frontier<E> = HashSet<(<E as Engine>::State, Known<<E as Engine>::Fact>), BuildHasherDefault<DefaultHasher>>;

/// Follows every value of every fact that an engine asks under a policy, from no more than so many states at each stage.
///
/// A fact that is asked by two stages is remembered in between; which facts these are is found by exploring until no
/// more are.
pub(crate) fn explore<E: Engine>(policy: &Knobs, bound: usize) -> Found<E> {
    let mut again: Facts = 0;
    loop {
        let (found, more) = pass::<E>(policy, bound, again);
        if more == again {
            return found;
        }
        again = more;
    }
}

/// One exploration, and the facts that more than one stage asks.
fn pass<E: Engine>(policy: &Knobs, bound: usize, again: Facts) -> (Found<E>, Facts) {
    let mut found = Found { ways: 0, states: 0, complete: true, trace: Trace::default() };
    let mut by_stage: Vec<(std::mem::Discriminant<E::State>, Facts)> = Vec::new();
    let mut frontier: Frontier<E> = HashSet::from_iter([(E::START, Known::none())]);
    while !frontier.is_empty() {
        found.states = found.states.saturating_add(frontier.len());
        found.complete &= frontier.len() <= bound;
        let every = frontier.len().div_ceil(bound).max(1);
        let mut next = Frontier::<E>::default();
        for (state, known) in frontier.into_iter().step_by(every) {
            let walk = Walk::<E>::from(known);
            loop {
                found.ways = found.ways.saturating_add(1);
                let step = E::step(policy, &walk, state);
                found.trace = found.trace.and(step.trace);
                if let To::Next(state) = step.to {
                    next.insert((state, walk.known.get().only(again)));
                }
                if !walk.next() {
                    break;
                }
            }
            match by_stage.iter_mut().find(|(stage, _)| *stage == discriminant(&state)) {
                Some((_, asked)) => *asked |= walk.asked.get(),
                None => by_stage.push((discriminant(&state), walk.asked.get())),
            }
        }
        frontier = next;
    }
    let mut more = again;
    for (stage, asked) in &by_stage {
        for (_, others) in by_stage.iter().filter(|(other, _)| other != stage) {
            more |= asked & others;
        }
    }
    (found, more)
}
