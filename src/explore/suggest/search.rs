//! The search for the smallest sets of changes that reach a goal, on facts and knobs alone.
//!
//! Sets grow by one change at a time. A change of facts is tried where the run before asked one of them. Which knobs a
//! run reads nobody notes; so with no change and with one, every value of every knob is tried, and beside two changes
//! those that made a run another one with at most one of them: it decided something else, or asked in another order.

use std::cell::Cell;

use super::effect::{Effect, one};
use super::goal::Goal;
use crate::decide::authorize::facts::AuthorizeFact;
use crate::decide::authorize::verdict::Authorize;
use crate::decide::engine::{Decided, decide};
use crate::decide::fact::{Ask, Fact, Situation};
use crate::decide::finite::Finite;
use crate::explore::fast::Fast;
use crate::policy::knobs::Knobs;

/// As many changes as a set has at most.
const MOST: usize = 3;

/// No change.
const NONE: u16 = u16::MAX;

/// A set of changes, by their places, the lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Set([u16; MOST]);

impl Set {
    const EMPTY: Self = Self([NONE; MOST]);

    /// The places of the changes.
    pub(super) fn places(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().take_while(|place| *place != NONE).map(usize::from)
    }

    fn with(mut self, place: usize) -> Self {
        if let Some(free) = self.0.last_mut() {
            *free = u16::try_from(place).unwrap_or(NONE);
        }
        self.0.sort_unstable();
        self
    }

    fn has(self, place: usize) -> bool {
        self.places().any(|known| known == place)
    }

    fn contains(self, other: Self) -> bool {
        other.places().all(|place| self.has(place))
    }
}

/// Answers from a situation, and notes what was asked.
struct Noting {
    situation: Situation<AuthorizeFact>,
    asked: Cell<u128>,
    /// The order of the questions, as one number.
    order: Cell<u64>,
}

impl Ask<AuthorizeFact> for Noting {
    fn ask<T: Finite>(&self, fact: AuthorizeFact) -> T {
        self.asked.set(self.asked.get() | one(fact));
        let place = u64::try_from(fact.index()).unwrap_or(0);
        self.order.set((self.order.get().rotate_left(7) ^ place).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        self.situation.ask(fact)
    }
}

/// A set of changes that was tried: what its run asked and decided.
#[derive(Clone, Copy)]
struct Tried {
    asked: u128,
    order: u64,
    decided: Decided<Authorize>,
}

impl Tried {
    /// Whether a run is another one than before a change was added.
    fn differs(&self, before: &Self) -> bool {
        self.order != before.order || self.decided != before.decided
    }
}

/// A set that did not reach the goal, from which larger ones are made.
struct Open {
    set: Set,
    tried: Tried,
    /// The knobs that are tried beside it.
    knobs: Vec<usize>,
}

/// The search.
pub(super) struct Search<'a> {
    knobs: &'a Knobs,
    situation: Situation<AuthorizeFact>,
    goal: &'a Goal,
    effects: &'a [Effect],
    found: Vec<Set>,
    seen: Fast<Set, ()>,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        knobs: &'a Knobs,
        situation: Situation<AuthorizeFact>,
        goal: &'a Goal,
        effects: &'a [Effect],
    ) -> Self {
        Self { knobs, situation, goal, effects, found: Vec::new(), seen: Fast::default() }
    }

    /// Every set of at most so many changes that reaches the goal, and of which no part does.
    pub(super) fn smallest(mut self, most: usize) -> Vec<Set> {
        let all: Vec<usize> = (0..self.effects.len()).filter(|place| self.is_knob(*place)).collect();
        let start = self.run(Set::EMPTY);
        let mut level = vec![Open { set: Set::EMPTY, tried: start, knobs: all.clone() }];
        for size in 1..=most.min(MOST) {
            let mut next = Vec::new();
            for open in &level {
                next.extend(self.larger(open, size, &all));
            }
            level = next;
        }
        self.found
    }

    /// The sets with one change more that do not reach the goal; those that do are noted.
    fn larger(&mut self, open: &Open, size: usize, all: &[usize]) -> Vec<Open> {
        let mut next = Vec::new();
        let mut mattered = Vec::new();
        let facts = (0..self.effects.len()).filter(|place| !self.is_knob(*place) && self.is_asked(*place, &open.tried));
        // One knob is turned at most: two that only together say something else are another policy.
        let turned = open.set.places().any(|place| self.is_knob(place));
        let knobs = open.knobs.iter().copied().filter(|_| !turned);
        for place in facts.chain(knobs).collect::<Vec<_>>() {
            let set = open.set.with(place);
            if open.set.has(place)
                || !self.agrees(open.set, place)
                || self.found.iter().any(|found| set.contains(*found))
                || self.seen.insert(set, ()).is_some()
            {
                continue;
            }
            let tried = self.run(set);
            // A fact that was asked and has another value may matter only beside a knob that is turned later.
            if self.is_knob(place) {
                if !tried.differs(&open.tried) {
                    continue;
                }
                mattered.push(place);
            }
            if self.goal.is_reached(&self.with(set).0, &tried.decided.verdict) {
                self.found.push(set);
            } else if size < MOST {
                next.push(Open { set, tried, knobs: Vec::new() });
            }
        }
        for open in &mut next {
            open.knobs = if size == 1 { all.to_vec() } else { mattered.clone() };
        }
        next
    }

    fn is_knob(&self, place: usize) -> bool {
        self.effects.get(place).is_some_and(|effect| effect.change.edit.knob().is_some())
    }

    fn is_asked(&self, place: usize, tried: &Tried) -> bool {
        self.effects.get(place).is_some_and(|effect| effect.asks & tried.asked != 0)
    }

    /// Whether no change of a set wants another value of a fact than one more change does.
    fn agrees(&self, set: Set, place: usize) -> bool {
        let facts = |place: usize| self.effects.get(place).map_or(&[][..], |effect| &effect.facts);
        set.places()
            .flat_map(facts)
            .all(|(fact, value)| facts(place).iter().all(|(other, wanted)| other != fact || wanted == value))
    }

    fn with(&self, set: Set) -> (Knobs, Situation<AuthorizeFact>) {
        let (mut knobs, mut situation) = (*self.knobs, self.situation);
        for effect in set.places().filter_map(|place| self.effects.get(place)) {
            effect.change.edit.knob().into_iter().for_each(|setting| knobs.set(setting));
            situation =
                effect.facts.iter().fold(situation, |situation, (fact, value)| situation.with_index(*fact, *value));
        }
        (knobs, situation)
    }

    fn run(&self, set: Set) -> Tried {
        let (knobs, situation) = self.with(set);
        let noting = Noting { situation, asked: Cell::new(0), order: Cell::new(0) };
        let decided = decide::<Authorize, _>(&knobs, &noting);
        Tried { asked: noting.asked.get(), order: noting.order.get(), decided }
    }
}
