//! Runs of the engine that note what they ask, and go on from where another run still was the same.

use std::cell::Cell;

use super::effect::one;
use crate::decide::authorize::facts::AuthorizeFact;
use crate::decide::authorize::verdict::{Authorize, Verdict};
use crate::decide::engine::{Decided, Engine, Goal, To};
use crate::decide::fact::{Ask, Fact, Situation};
use crate::decide::finite::Finite;
use crate::decide::rule::Trace;
use crate::policy::knobs::Knobs;

type State = <Authorize as Engine>::State;

/// Before a stage: its state, and the facts that were asked until then.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    state: State,
    asked: u128,
}

/// The same, with everything else that a run has noted by then.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop {
    moment: Moment,
    order: u64,
    aside: <Authorize as Engine>::Aside,
    trace: Trace<Authorize>,
}

/// Before the first stage.
const START: Moment = Moment { state: Authorize::START, asked: 0 };

/// A run: what it asked and decided, and every moment between its stages.
#[derive(Clone, Debug)]
pub(super) struct Run {
    stops: Vec<Stop>,
    pub(super) asked: u128,
    /// The order of the questions, as one number.
    order: u64,
    pub(super) decided: Decided<Authorize>,
}

/// Answers from a situation, and notes what was asked.
struct Noting {
    situation: Situation<AuthorizeFact>,
    asked: Cell<u128>,
    order: Cell<u64>,
}

impl Ask<AuthorizeFact> for Noting {
    #[inline]
    fn ask<T: Finite>(&self, fact: AuthorizeFact) -> T {
        self.asked.set(self.asked.get() | one(fact));
        let place = u64::try_from(fact.index()).unwrap_or(0);
        self.order.set((self.order.get().rotate_left(7) ^ place).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        self.situation.ask(fact)
    }
}

impl Run {
    /// From the first stage on.
    pub(super) fn whole(knobs: &Knobs, situation: Situation<AuthorizeFact>) -> Self {
        let start = Stop { moment: START, order: 0, aside: Default::default(), trace: Trace::default() };
        Self::on(knobs, situation, vec![start])
    }

    /// A run that is like this one until it first asks one of some facts, which have other values in it.
    pub(super) fn with(
        &self,
        knobs: &Knobs,
        situation: Situation<AuthorizeFact>,
        facts: u128,
        spare: Vec<Stop>,
    ) -> Self {
        let same = self.stops.partition_point(|stop| stop.moment.asked & facts == 0);
        let mut stops = spare;
        stops.clear();
        stops.reserve(self.stops.len().saturating_add(2));
        stops.extend_from_slice(self.stops.get(..same).unwrap_or_default());
        Self::on(knobs, situation, stops)
    }

    /// Goes on from the last of some moments.
    fn on(knobs: &Knobs, situation: Situation<AuthorizeFact>, mut stops: Vec<Stop>) -> Self {
        let mut at = stops.last().copied().unwrap_or(Stop {
            moment: START,
            order: 0,
            aside: Default::default(),
            trace: Trace::default(),
        });
        let noting = Noting { situation, asked: Cell::new(at.moment.asked), order: Cell::new(at.order) };
        loop {
            match Authorize::advance(knobs, &noting, at.moment.state, &mut at.trace, &mut at.aside) {
                To::Next(state) => {
                    at.moment = Moment { state, asked: noting.asked.get() };
                    at.order = noting.order.get();
                    stops.push(at);
                }
                To::End(verdict) => {
                    let aside = if Authorize::reports_aside(&verdict) { at.aside } else { Default::default() };
                    let decided = Decided { verdict, aside, trace: at.trace };
                    return Self { stops, asked: noting.asked.get(), order: noting.order.get(), decided };
                }
            }
        }
    }

    /// Whether it is another one than before a change was added: it decided something else, or asked in another order.
    pub(super) fn differs(&self, before: &Self) -> bool {
        self.order != before.order || self.decided != before.decided
    }

    /// Room for the moments of another run.
    pub(super) fn into_spare(self) -> Vec<Stop> {
        self.stops
    }

    /// The moments between its stages, without what else it noted.
    pub(super) fn moments(&self) -> Vec<Moment> {
        self.stops.iter().map(|stop| stop.moment).collect()
    }
}

/// What is decided by a run that is like another, of which the moments are given, until it asks one of some facts.
pub(super) fn verdict(
    knobs: &Knobs,
    situation: &Situation<AuthorizeFact>,
    moments: &[Moment],
    facts: u128,
) -> Option<Verdict> {
    let same = moments.partition_point(|moment| moment.asked & facts == 0);
    let from = moments.get(..same).and_then(<[Moment]>::last).unwrap_or(&START);
    let (mut trace, mut aside) = (Trace::default(), Default::default());
    match Authorize::go_on(knobs, situation, from.state, Goal::Verdict, &mut trace, &mut aside) {
        To::End(verdict) => Some(verdict),
        To::Next(_) => None,
    }
}
