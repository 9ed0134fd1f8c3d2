//! The search for the smallest sets of changes that reach a goal, on facts and knobs alone.
//!
//! Sets grow by one change at a time. A change of facts is tried where the run before asked one of them. Which knobs a
//! run reads nobody notes; so with no change and with one, every value of every knob is tried, and those that made the
//! run another one go on, whether it decided something else or asked in another order. A set of two changes is not
//! tried with a knob: where that made a run another one beside one of the two, the other is tried beside both.

use std::cell::Cell;

use super::effect::{Effect, one};
use super::goal::Goal;
use super::set::{MOST, Met, Set};
use crate::decide::authorize::facts::AuthorizeFact;
use crate::decide::authorize::verdict::Authorize;
use crate::decide::engine::{Decided, decide};
use crate::decide::fact::{Ask, Fact, Situation};
use crate::decide::finite::Finite;
use crate::policy::knobs::Knobs;

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
}

/// The search.
pub(super) struct Search<'a> {
    knobs: &'a Knobs,
    situation: Situation<AuthorizeFact>,
    goal: &'a Goal,
    effects: &'a [Effect],
    /// The places of those that change facts.
    facts: Vec<usize>,
    /// And of those that turn a knob.
    turns: Vec<usize>,
    found: Vec<Set>,
    met: Met,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        knobs: &'a Knobs,
        situation: Situation<AuthorizeFact>,
        goal: &'a Goal,
        effects: &'a [Effect],
    ) -> Self {
        let (turns, facts) = (0..effects.len()).partition(|place| effects.get(*place).is_some_and(Effect::is_knob));
        Self { knobs, situation, goal, effects, facts, turns, found: Vec::new(), met: Met::none_of(effects) }
    }

    /// Every set of at most so many changes that reaches the goal, and of which no part does.
    pub(super) fn smallest(mut self, most: usize) -> Vec<Set> {
        let most = most.min(MOST);
        let mut level = vec![Open { set: Set::EMPTY, tried: self.run(Set::EMPTY) }];
        for size in 1..most {
            let mut next = Vec::new();
            level.iter().for_each(|open| self.larger(open, size, &mut next));
            level = next;
        }
        level.iter().for_each(|open| self.largest(open, most));
        self.found
    }

    /// Adds the sets with one change more that do not reach the goal; those that do are noted.
    fn larger(&mut self, open: &Open, size: usize, next: &mut Vec<Open>) {
        for place in self.untried(open, size) {
            let set = open.set.with(place);
            let tried = self.run(set);
            // A fact that was asked and has another value may matter only beside a knob that is turned later.
            if self.is_knob(place) && !tried.differs(&open.tried) {
                continue;
            }
            if self.goal.is_reached(&self.with(set).0, &tried.decided.verdict) {
                self.found.push(set);
            } else {
                next.push(Open { set, tried });
            }
        }
    }

    /// The same where no larger sets are made of those that do not reach the goal: what a run asks is of no use.
    fn largest(&mut self, open: &Open, size: usize) {
        let before = self.with(open.set);
        for place in self.untried(open, size) {
            let Some(effect) = self.effects.get(place) else { continue };
            let (knobs, situation) = effect.applied(before);
            if self.goal.is_reached(&knobs, &decide::<Authorize, _>(&knobs, &situation).verdict) {
                self.found.push(open.set.with(place));
            }
        }
    }

    /// The changes that are tried beside those of a set, and were not.
    fn untried(&mut self, open: &Open, size: usize) -> Vec<usize> {
        // One knob is turned at most: two that only together say something else are another policy.
        let turns = size < MOST && !open.set.places().any(|place| self.is_knob(place));
        let facts = self.facts.iter().copied().filter(|place| self.is_asked(*place, &open.tried));
        let knobs = self.turns.iter().copied().filter(|_| turns);
        let reach: Vec<usize> = self.found.iter().filter_map(|found| found.but_for(open.set)).collect();
        let mut places: Vec<usize> = facts
            .chain(knobs)
            .filter(|place| !open.set.has(*place) && !reach.contains(place) && self.agrees(open.set, *place))
            .collect();
        places.retain(|place| !self.met.meets(open.set.with(*place)));
        places
    }

    fn is_knob(&self, place: usize) -> bool {
        self.effects.get(place).is_some_and(Effect::is_knob)
    }

    fn is_asked(&self, place: usize, tried: &Tried) -> bool {
        self.effects.get(place).is_some_and(|effect| effect.asks & tried.asked != 0)
    }

    /// Whether no change of a set wants another value of a fact than one more change does.
    fn agrees(&self, set: Set, place: usize) -> bool {
        let facts = |place: usize| self.effects.get(place).map_or(&[][..], |effect| &effect.facts);
        let asks = |place: usize| self.effects.get(place).map_or(0, |effect| effect.asks);
        set.places()
            .filter(|other| asks(*other) & asks(place) != 0)
            .flat_map(facts)
            .all(|(fact, value)| facts(place).iter().all(|(other, wanted)| other != fact || wanted == value))
    }

    fn with(&self, set: Set) -> (Knobs, Situation<AuthorizeFact>) {
        let effects = set.places().filter_map(|place| self.effects.get(place));
        effects.fold((*self.knobs, self.situation), |before, effect| effect.applied(before))
    }

    fn run(&self, set: Set) -> Tried {
        let (knobs, situation) = self.with(set);
        let noting = Noting { situation, asked: Cell::new(0), order: Cell::new(0) };
        let decided = decide::<Authorize, _>(&knobs, &noting);
        Tried { asked: noting.asked.get(), order: noting.order.get(), decided }
    }
}
