//! The ways that runs take through the stages, and which turned knobs make a way another one.
//!
//! A knob matters to a goal only where it makes a stage leave something else of which the goal's component depends: if
//! every stage of a run leaves the same with the knob turned, so does the whole run. Runs of requests that differ in a
//! fact or two share most of their ways, so a turn is tried on each way once, and not on each run; and only where the
//! stage reads the knob.

use std::cell::Cell;

use super::effect::one;
use super::goal::Goal;
use super::reads::reads;
use crate::decide::authorize::facts::AuthorizeFact;
use crate::decide::authorize::verdict::{Authorize, IgnoredParameters};
use crate::decide::component::Components;
use crate::decide::engine::{Engine, Goal as Until, To};
use crate::decide::fact::{Ask, Fact, Situation};
use crate::decide::finite::Finite;
use crate::decide::rule::Trace;
use crate::explore::fast::Fast;
use crate::policy::knobs::{KnobSetting, Knobs};

type State = <Authorize as Engine>::State;

/// As many stages as a run can have.
const MOST_STAGES: usize = 16;

/// A way through a stage.
struct Way {
    from: At,
    to: Target,
    /// The facts that the stage asked.
    asked: u128,
    /// Which turns of a knob make it another way, as far as the goal depends on it.
    turns: Turns,
}

/// A state with its number, by which it is found faster.
#[derive(Clone, Copy)]
struct At {
    state: State,
    number: u32,
}

/// Where every run begins.
const START: At = At { state: Authorize::START, number: 0 };

/// Where a stage leads.
enum Target {
    Next(At),
    /// To the end, and whether the goal is reached there.
    End(bool),
}

/// A set of turns of knobs, a bit for each.
type Turns = Vec<u64>;

/// A run under the policy as it is.
#[derive(Clone, Copy)]
pub(super) struct Run {
    /// The places of its ways.
    ways: [u32; MOST_STAGES],
    stages: usize,
    /// What was asked.
    pub(super) asked: u128,
}

/// What came of a run, and what it asked.
#[derive(Clone, Copy)]
pub(super) struct Outcome {
    pub(super) asked: u128,
    pub(super) reached: bool,
}

/// The ways under a policy as it is, and what turned knobs make of them.
pub(super) struct Ways<'a> {
    knobs: &'a Knobs,
    /// What each turn sets, and the policy with it.
    turned: Vec<(KnobSetting, Knobs)>,
    /// The turns that matter to the goal whatever a run does.
    anyway: Turns,
    goal: &'a Goal,
    /// The facts that some change would make others.
    changeable: u128,
    ways: Vec<Way>,
    /// The places of the ways, by where they begin and what was answered to what they asked.
    known: Fast<(u32, u128, Situation<AuthorizeFact>), u32>,
    /// The numbers of the states.
    numbers: Fast<State, u32>,
}

impl<'a> Ways<'a> {
    pub(super) fn new(
        knobs: &'a Knobs,
        turns: impl Iterator<Item = KnobSetting>,
        goal: &'a Goal,
        changeable: u128,
    ) -> Self {
        let turned = turns.map(|setting| {
            let mut turned = *knobs;
            turned.set(setting);
            (setting, turned)
        });
        let turned: Vec<(KnobSetting, Knobs)> = turned.collect();
        let numbers = std::iter::once((START.state, START.number)).collect();
        let as_it_is = goal.beside_the_run(knobs);
        let mut anyway = none_of(turned.len());
        for (turn, (_, turned)) in turned.iter().enumerate() {
            if goal.beside_the_run(turned) != as_it_is {
                add(&mut anyway, turn);
            }
        }
        Self { knobs, turned, anyway, goal, changeable, ways: Vec::new(), known: Fast::default(), numbers }
    }

    /// A run from the first stage on.
    pub(super) fn run(&mut self, situation: &Situation<AuthorizeFact>) -> Run {
        self.on(situation, Run { ways: [0; MOST_STAGES], stages: 0, asked: 0 }, START)
    }

    /// The run of a situation that differs from that of another run in some facts.
    pub(super) fn again(&mut self, situation: &Situation<AuthorizeFact>, before: &Run, changed: u128) -> Run {
        let mut run = Run { stages: 0, asked: 0, ..*before };
        for place in before.ways.iter().take(before.stages) {
            let Some(way) = self.ways.get(*place as usize) else { break };
            if way.asked & changed != 0 {
                let from = way.from;
                return self.on(situation, run, from);
            }
            run.stages = run.stages.saturating_add(1);
            run.asked |= way.asked;
        }
        run
    }

    /// Whether a run reaches the goal.
    pub(super) fn reaches(&self, run: &Run) -> bool {
        self.of(run).last().is_some_and(|way| matches!(way.to, Target::End(true)))
    }

    /// The same of a situation that differs from that of a run in some facts.
    pub(super) fn reaches_with(&self, situation: &Situation<AuthorizeFact>, before: &Run, changed: u128) -> bool {
        let from = self.of(before).find(|way| way.asked & changed != 0).map(|way| way.from.state);
        from.map_or_else(
            || self.reaches(before),
            |from| self.is_reached(self.knobs, &to_the_end(self.knobs, situation, from)),
        )
    }

    /// The turns that may make another outcome of a run.
    pub(super) fn turns(&self, run: &Run) -> impl Iterator<Item = usize> + use<> {
        let mut turns = self.anyway.clone();
        for way in self.of(run) {
            turns.iter_mut().zip(&way.turns).for_each(|(word, more)| *word |= more);
        }
        (0_usize..).step_by(64).zip(turns).flat_map(|(first, word)| {
            let bits = std::iter::successors(Some(word), |word| Some(word & word.wrapping_sub(1)));
            bits.take_while(|word| *word != 0).map(move |word| first.saturating_add(word.trailing_zeros() as usize))
        })
    }

    /// What becomes of a situation when a knob is turned, beside the run without that.
    pub(super) fn turned(&self, turn: usize, situation: &Situation<AuthorizeFact>, before: &Run) -> Outcome {
        let (from, asked) = self.parting(turn, before);
        self.from(turn, situation, from, asked)
    }

    /// Whether it reaches the goal then; what is asked on the way is of no use any more.
    pub(super) fn reaches_turned(&self, turn: usize, situation: &Situation<AuthorizeFact>, before: &Run) -> bool {
        let (from, _) = self.parting(turn, before);
        let Some((_, knobs)) = self.turned.get(turn) else { return false };
        self.is_reached(knobs, &to_the_end(knobs, situation, from))
    }

    /// Up to where a run is the same when a knob is turned, and what it asked until there.
    fn parting(&self, turn: usize, before: &Run) -> (State, u128) {
        let mut asked = 0;
        for way in self.of(before) {
            if has(&way.turns, turn) {
                return (way.from.state, asked);
            }
            asked |= way.asked;
        }
        (Authorize::START, asked)
    }

    /// The same from the first stage on.
    pub(super) fn turned_from_start(&self, turn: usize, situation: &Situation<AuthorizeFact>) -> Outcome {
        self.from(turn, situation, Authorize::START, 0)
    }

    fn from(&self, turn: usize, situation: &Situation<AuthorizeFact>, from: State, before: u128) -> Outcome {
        let Some((_, knobs)) = self.turned.get(turn) else { return Outcome { asked: before, reached: false } };
        let noting = Noting { situation: *situation, asked: Cell::new(before) };
        let to = to_the_end(knobs, &noting, from);
        Outcome { asked: noting.asked.get(), reached: self.is_reached(knobs, &to) }
    }

    fn is_reached(&self, knobs: &Knobs, to: &To<Authorize>) -> bool {
        match to {
            To::End(verdict) => self.goal.is_reached(knobs, verdict),
            To::Next(_) => false,
        }
    }

    /// The ways of a run.
    fn of(&self, run: &Run) -> impl Iterator<Item = &Way> {
        run.ways.iter().take(run.stages).filter_map(|place| self.ways.get(*place as usize))
    }

    /// Goes on from a state.
    fn on(&mut self, situation: &Situation<AuthorizeFact>, mut run: Run, mut from: At) -> Run {
        while let Some(slot) = run.ways.get_mut(run.stages) {
            let place = self.way(situation, from);
            *slot = place;
            run.stages = run.stages.saturating_add(1);
            let Some(way) = self.ways.get(place as usize) else { break };
            run.asked |= way.asked;
            match way.to {
                Target::Next(next) => from = next,
                Target::End(_) => break,
            }
        }
        run
    }

    /// The way of a situation through the stage that a state leads to.
    fn way(&mut self, situation: &Situation<AuthorizeFact>, from: At) -> u32 {
        let (to, asked) = step(self.knobs, situation, from.state);
        let key = (from.number, asked, only(situation, asked));
        if let Some(place) = self.known.get(&key) {
            return *place;
        }
        let mut turns = none_of(self.turned.len());
        for (turn, (_, turned)) in
            self.turned.iter().enumerate().filter(|(_, (setting, _))| reads(&from.state, *setting))
        {
            let (with, more) = step(turned, situation, from.state);
            // A fact that is asked only then may have another value beside another change.
            if more & !asked & self.changeable != 0 || !same(self.goal, (self.knobs, &to), (turned, &with)) {
                add(&mut turns, turn);
            }
        }
        let to = match to {
            To::Next(state) => Target::Next(self.numbered(forgotten(self.goal, state))),
            To::End(verdict) => Target::End(self.goal.is_reached(self.knobs, &verdict)),
        };
        let place = u32::try_from(self.ways.len()).unwrap_or(u32::MAX);
        self.ways.push(Way { from, to, asked, turns });
        self.known.insert(key, place);
        place
    }

    fn numbered(&mut self, state: State) -> At {
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        At { state, number: *self.numbers.entry(state).or_insert(next) }
    }
}

/// What a stage leaves, and what it asked.
fn step(knobs: &Knobs, situation: &Situation<AuthorizeFact>, from: State) -> (To<Authorize>, u128) {
    let noting = Noting { situation: *situation, asked: Cell::new(0) };
    let to = Authorize::advance(knobs, &noting, from, &mut Trace::default(), &mut IgnoredParameters::default());
    (to, noting.asked.get())
}

/// What all stages from a state on leave.
fn to_the_end<A: Ask<AuthorizeFact>>(knobs: &Knobs, facts: &A, from: State) -> To<Authorize> {
    let (mut trace, mut aside) = (Trace::default(), IgnoredParameters::default());
    let mut to = To::Next(from);
    while let To::Next(state) = to {
        to = Authorize::go_on(knobs, facts, state, Until::Verdict, &mut trace, &mut aside);
    }
    to
}

/// Whether what a stage leaves comes to the same for a goal.
fn same(goal: &Goal, (knobs, to): (&Knobs, &To<Authorize>), (turned, with): (&Knobs, &To<Authorize>)) -> bool {
    match (to, with) {
        (To::Next(one), To::Next(other)) => one == other || forgotten(goal, *one) == forgotten(goal, *other),
        (To::End(one), To::End(other)) => goal.is_reached(knobs, one) == goal.is_reached(turned, other),
        (To::Next(_), To::End(_)) | (To::End(_), To::Next(_)) => false,
    }
}

/// A state without what a goal does not depend on.
fn forgotten(goal: &Goal, state: State) -> State {
    Authorize::forget(goal.rests_on(), state, IgnoredParameters::default()).0
}

/// Only the values of some facts.
fn only(situation: &Situation<AuthorizeFact>, facts: u128) -> Situation<AuthorizeFact> {
    let bits = std::iter::successors(Some(facts), |facts| Some(facts & facts.wrapping_sub(1)));
    let facts = bits
        .take_while(|facts| *facts != 0)
        .filter_map(|facts| AuthorizeFact::ALL.get(facts.trailing_zeros() as usize));
    facts.fold(Situation::default(), |only, fact| only.with_index(*fact, situation.index(*fact)))
}

fn none_of(turns: usize) -> Turns {
    vec![0; turns.div_ceil(64)]
}

fn add(turns: &mut Turns, turn: usize) {
    turns.get_mut(turn / 64).into_iter().for_each(|word| *word |= 1_u64 << (turn % 64));
}

fn has(turns: &Turns, turn: usize) -> bool {
    turns.get(turn / 64).is_some_and(|word| word & (1_u64 << (turn % 64)) != 0)
}

/// Answers from a situation, and notes what was asked.
struct Noting {
    situation: Situation<AuthorizeFact>,
    asked: Cell<u128>,
}

impl Ask<AuthorizeFact> for Noting {
    #[inline]
    fn ask<T: Finite>(&self, fact: AuthorizeFact) -> T {
        self.asked.set(self.asked.get() | one(fact));
        self.situation.ask(fact)
    }
}
