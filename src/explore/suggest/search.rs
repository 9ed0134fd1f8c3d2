//! The search for the smallest sets of changes that reach a goal, on facts and knobs alone.
//!
//! Sets grow by one change at a time. A change of facts is tried where the run before asked one of them. Which knobs a
//! run reads nobody notes; so with no change and with one, every value of every knob is tried, and beside two changes
//! those that made a run another one with at most one of them: it decided something else, or asked in another order.

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use super::effect::Effect;
use super::goal::Goal;
use super::run::{Moment, Run, verdict};
use crate::decide::authorize::facts::AuthorizeFact;
use crate::decide::fact::Situation;
use crate::explore::fast::Fast;
use crate::policy::knobs::Knobs;

/// As many changes as a set has at most.
const MOST: usize = 3;

/// No change.
const NONE: u16 = u16::MAX;

/// A set of changes, by their places, the lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Set([u16; MOST]);

impl Hash for Set {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.iter().fold(0, |word, place| (word << 16) | u64::from(*place)));
    }
}

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

    fn without(self, place: usize) -> Self {
        self.places().filter(|known| *known != place).fold(Self::EMPTY, Self::with)
    }

    fn has(self, place: usize) -> bool {
        self.places().any(|known| known == place)
    }

    fn contains(self, other: Self) -> bool {
        other.places().all(|place| self.has(place))
    }
}

/// A set that does not reach the goal, from which larger ones are made.
struct Open {
    set: Set,
    knobs: Knobs,
    situation: Situation<AuthorizeFact>,
    run: Run,
}

/// A set to which one change may still be added.
struct Last {
    set: Set,
    knobs: Knobs,
    situation: Situation<AuthorizeFact>,
    asked: u128,
    moments: Vec<Moment>,
    /// The change that it was made from by adding another.
    first: Option<usize>,
    /// The knobs that are tried beside it: those that made a run another one beside the first change.
    mattered: Rc<[usize]>,
}

/// A whole set that is tried: another one and a change of facts.
struct Trial {
    set: Set,
    /// Its place among all that are tried.
    place: usize,
    facts: usize,
    /// The set that was there before a knob was turned.
    unturned: Option<Set>,
}

/// The search.
pub(super) struct Search<'a> {
    knobs: &'a Knobs,
    situation: Situation<AuthorizeFact>,
    goal: &'a Goal,
    effects: &'a [Effect],
    /// The changes of facts, each with the facts that it gives other values.
    facts: Vec<(usize, u128)>,
    found: Vec<Set>,
    seen: Fast<Set, ()>,
    /// The run with each knob alone, from where it is turned.
    turned: Fast<usize, Run>,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        knobs: &'a Knobs,
        situation: Situation<AuthorizeFact>,
        goal: &'a Goal,
        effects: &'a [Effect],
    ) -> Self {
        let facts = effects.iter().enumerate().filter(|(_, effect)| effect.change.edit.knob().is_none());
        let facts = facts.map(|(place, effect)| (place, effect.asks)).collect();
        let (found, seen, turned) = (Vec::new(), Fast::default(), Fast::default());
        Self { knobs, situation, goal, effects, facts, found, seen, turned }
    }

    /// Every set of at most so many changes that reaches the goal, and of which no part does.
    pub(super) fn smallest(mut self, most: usize) -> Vec<Set> {
        let (knobs, situation) = (*self.knobs, self.situation);
        let all: Vec<usize> = (0..self.effects.len()).filter(|place| self.is_knob(*place)).collect();
        let start = Open { set: Set::EMPTY, knobs, situation, run: Run::whole(&knobs, situation) };
        if most == 0 {
            return self.found;
        }
        let (ones, _) = self.larger(&start, &all);
        if most == 1 {
            return self.found;
        }
        let mut twos = Vec::new();
        for one in &ones {
            let (larger, mattered) = self.larger(one, &all);
            let mattered: Rc<[usize]> = mattered.into();
            twos.extend(larger.into_iter().map(|two| Last {
                set: two.set,
                knobs: two.knobs,
                situation: two.situation,
                asked: two.run.asked,
                moments: two.run.moments(),
                first: one.set.places().next(),
                mattered: Rc::clone(&mattered),
            }));
        }
        if most > 2 {
            self.complete(&twos);
        }
        self.found
    }

    /// The sets with one change more that do not reach the goal, and the knobs that made a run another one; the sets that
    /// reach it are noted.
    fn larger(&mut self, open: &Open, all: &[usize]) -> (Vec<Open>, Vec<usize>) {
        let mut next = Vec::new();
        let mut mattered = Vec::new();
        let mut spare = Vec::new();
        for place in self.candidates(open.set, open.run.asked, all) {
            let Some(set) = self.untried(open.set, place) else { continue };
            let (knobs, situation) = self.with(&open.knobs, open.situation, place);
            let is_knob = self.is_knob(place);
            // Where a knob was turned alone, the run was the same until it asks what another change is about.
            let (like, asks) = match open.set.places().next() {
                None if is_knob => (None, 0),
                Some(first) if is_knob => (self.turned.get(&place), self.asks(first)),
                _ => (Some(&open.run), self.asks(place)),
            };
            let run = match like {
                Some(like) => like.with(&knobs, situation, asks, std::mem::take(&mut spare)),
                None => Run::whole(&knobs, situation),
            };
            if is_knob && open.set == Set::EMPTY {
                self.turned.insert(place, run.clone());
            }
            // A fact that was asked and has another value may matter only beside a knob that is turned later.
            if is_knob && !run.differs(&open.run) {
                spare = run.into_spare();
                continue;
            }
            if is_knob {
                mattered.push(place);
            }
            if self.goal.is_reached(&knobs, &run.decided.verdict) {
                self.found.push(set);
            } else {
                next.push(Open { set, knobs, situation, run });
            }
        }
        (next, mattered)
    }

    /// Notes the sets with one change more that reach the goal.
    fn complete(&mut self, twos: &[Last]) {
        let places: Fast<Set, usize> = twos.iter().enumerate().map(|(place, two)| (two.set, place)).collect();
        // What is tried from the same set is tried one after the other, while that is at hand.
        let mut trials: Vec<Vec<Trial>> = twos.iter().map(|_| Vec::new()).collect();
        let mut count = 0_usize;
        for (at, two) in twos.iter().enumerate() {
            for place in self.candidates(two.set, two.asked, &two.mattered) {
                let Some(set) = self.untried(two.set, place) else { continue };
                let is_knob = self.is_knob(place);
                let of_facts = || two.set.places().filter(|other| !self.is_knob(*other));
                let other = if is_knob { of_facts().find(|other| two.first != Some(*other)) } else { None };
                // A knob is turned beside the first change before the other one is made.
                let (from, facts) = match other {
                    Some(other) => (places.get(&set.without(other)).copied(), other),
                    None => (Some(at), place),
                };
                // Where a part of the set never asks what the rest is about, the rest does nothing.
                let idle = |part: Set, rest: usize| {
                    let part = places.get(&part).and_then(|place| twos.get(*place));
                    part.is_some_and(|part| part.asked & self.asks(rest) == 0)
                };
                if of_facts().any(|other| idle(set.without(other), other)) {
                    continue;
                }
                if let Some(trials) = from.and_then(|from| trials.get_mut(from)) {
                    trials.push(Trial { set, place: count, facts, unturned: is_knob.then_some(two.set) });
                    count = count.saturating_add(1);
                }
            }
        }
        let mut found: Vec<(usize, Set)> = Vec::new();
        for (two, trials) in twos.iter().zip(trials) {
            for trial in trials {
                let (knobs, situation) = self.with(&two.knobs, two.situation, trial.facts);
                let decided = verdict(&knobs, &situation, &two.moments, self.asks(trial.facts));
                let reached = decided.is_some_and(|verdict| self.goal.is_reached(&knobs, &verdict));
                if reached && trial.unturned.is_none_or(|unturned| self.differs(unturned, trial.set)) {
                    found.push((trial.place, trial.set));
                }
            }
        }
        found.sort_unstable_by_key(|(place, _)| *place);
        self.found.extend(found.into_iter().map(|(_, set)| set));
    }

    /// Whether a set makes another run than one before.
    fn differs(&self, before: Set, set: Set) -> bool {
        let run = |set: Set| {
            let (knobs, situation) = set
                .places()
                .fold((*self.knobs, self.situation), |(knobs, situation), place| self.with(&knobs, situation, place));
            Run::whole(&knobs, situation)
        };
        run(set).differs(&run(before))
    }

    /// What is tried beside a set: the changes of facts that its run asked, and knobs.
    fn candidates(&self, set: Set, asked: u128, knobs: &[usize]) -> Vec<usize> {
        // One knob is turned at most: two that only together say something else are another policy.
        let turned = set.places().any(|place| self.is_knob(place));
        let facts = self.facts.iter().filter(|(_, asks)| asks & asked != 0).map(|(place, _)| *place);
        facts.chain(knobs.iter().copied().filter(|_| !turned)).collect()
    }

    /// A set and one change more, if that makes sense and was not tried yet.
    fn untried(&mut self, before: Set, place: usize) -> Option<Set> {
        if before.has(place) || !self.agrees(before, place) {
            return None;
        }
        let set = before.with(place);
        let new = !self.found.iter().any(|found| set.contains(*found)) && self.seen.insert(set, ()).is_none();
        new.then_some(set)
    }

    fn is_knob(&self, place: usize) -> bool {
        self.effects.get(place).is_some_and(|effect| effect.change.edit.knob().is_some())
    }

    /// The facts that a change gives other values.
    fn asks(&self, place: usize) -> u128 {
        self.effects.get(place).map_or(0, |effect| effect.asks)
    }

    /// Whether no change of a set wants another value of a fact than one more change does.
    fn agrees(&self, set: Set, place: usize) -> bool {
        let facts = |place: usize| self.effects.get(place).map_or(&[][..], |effect| &effect.facts);
        set.places()
            .filter(|other| self.asks(*other) & self.asks(place) != 0)
            .flat_map(facts)
            .all(|(fact, value)| facts(place).iter().all(|(other, wanted)| other != fact || wanted == value))
    }

    /// A policy and a situation with one change more.
    fn with(
        &self,
        knobs: &Knobs,
        situation: Situation<AuthorizeFact>,
        place: usize,
    ) -> (Knobs, Situation<AuthorizeFact>) {
        let (mut knobs, mut situation) = (*knobs, situation);
        if let Some(effect) = self.effects.get(place) {
            effect.change.edit.knob().into_iter().for_each(|setting| knobs.set(setting));
            for (fact, value) in &effect.facts {
                situation = situation.with_index(*fact, *value);
            }
        }
        (knobs, situation)
    }
}
