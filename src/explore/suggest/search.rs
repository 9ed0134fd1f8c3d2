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

/// A set of fewer changes than can be that does not reach the goal, from which larger ones are made.
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

/// The search.
pub(super) struct Search<'a> {
    knobs: &'a Knobs,
    situation: Situation<AuthorizeFact>,
    goal: &'a Goal,
    effects: &'a [Effect],
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
        let (found, seen, turned) = (Vec::new(), Fast::default(), Fast::default());
        Self { knobs, situation, goal, effects, found, seen, turned }
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
            let places: Fast<Set, usize> = twos.iter().enumerate().map(|(place, two)| (two.set, place)).collect();
            twos.iter().for_each(|two| self.complete(two, &twos, &places));
        }
        self.found
    }

    /// The sets with one change more that do not reach the goal, and the knobs that made a run another one; the sets that
    /// reach it are noted.
    fn larger(&mut self, open: &Open, all: &[usize]) -> (Vec<Open>, Vec<usize>) {
        let mut next = Vec::new();
        let mut mattered = Vec::new();
        for place in self.candidates(open.set, open.run.asked, all) {
            let Some(set) = self.untried(open.set, place) else { continue };
            let (knobs, situation) = self.with(&open.knobs, open.situation, place);
            let is_knob = self.is_knob(place);
            let run = match open.set.places().next() {
                None if is_knob => Run::whole(&knobs, situation),
                // Where a knob was turned alone, the run was the same until it asks what the change is about.
                Some(first) if is_knob => match self.turned.get(&place) {
                    Some(turned) => turned.with(&knobs, situation, self.asks(first)),
                    None => Run::whole(&knobs, situation),
                },
                _ => open.run.with(&knobs, situation, self.asks(place)),
            };
            let differs = !is_knob || run.differs(&open.run);
            let reaches = differs && self.goal.is_reached(&knobs, &run.decided.verdict);
            if is_knob && open.set == Set::EMPTY {
                self.turned.insert(place, run.clone());
            }
            // A fact that was asked and has another value may matter only beside a knob that is turned later.
            if !differs {
                continue;
            }
            if is_knob {
                mattered.push(place);
            }
            if reaches {
                self.found.push(set);
            } else {
                next.push(Open { set, knobs, situation, run });
            }
        }
        (next, mattered)
    }

    /// Notes the sets with a last change that reach the goal.
    fn complete(&mut self, two: &Last, twos: &[Last], places: &Fast<Set, usize>) {
        for place in self.candidates(two.set, two.asked, &two.mattered) {
            let Some(set) = self.untried(two.set, place) else { continue };
            let is_knob = self.is_knob(place);
            // With a part of the set, the run was the same until it asks what the rest is about; where it never does,
            // the rest does nothing.
            let mut from = None;
            let mut nothing = false;
            for other in two.set.places().filter(|other| !self.is_knob(*other)) {
                let known = places.get(&set.without(other)).and_then(|place| twos.get(*place));
                if let Some(known) = known {
                    nothing |= known.asked & self.asks(other) == 0;
                    if is_knob && two.first != Some(other) {
                        from = Some((known, self.asks(other)));
                    }
                }
            }
            if nothing {
                continue;
            }
            let (knobs, situation) = self.with(&two.knobs, two.situation, place);
            let (known, asks) = match from {
                None if is_knob => (None, 0),
                None => (Some(two), self.asks(place)),
                Some((known, asks)) => (Some(known), asks),
            };
            let decided = verdict(&knobs, &situation, known.map_or(&[], |known| &known.moments), asks);
            if decided.is_some_and(|verdict| self.goal.is_reached(&knobs, &verdict))
                && (!is_knob || Run::whole(&knobs, situation).differs(&Run::whole(&two.knobs, two.situation)))
            {
                self.found.push(set);
            }
        }
    }

    /// What is tried beside a set: the changes of facts that its run asked, and knobs.
    fn candidates(&self, set: Set, asked: u128, knobs: &[usize]) -> Vec<usize> {
        // One knob is turned at most: two that only together say something else are another policy.
        let turned = set.places().any(|place| self.is_knob(place));
        let facts = (0..self.effects.len()).filter(|place| self.asks(*place) & asked != 0);
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
