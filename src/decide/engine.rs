//! What the three engines have in common: a decision goes from stage to stage, each a function of the policy, the facts
//! that it asks and the state that the stage before left.

use super::fact::{Ask, Fact, Situation};
use super::rule::{RuleTable, Trace};
use crate::policy::knobs::Knobs;

/// An engine.
pub trait Engine: RuleTable {
    /// What its decisions depend on.
    type Fact: Fact;
    /// What is handed from stage to stage.
    type State: Copy + Eq + std::hash::Hash + std::fmt::Debug;
    /// What is set aside on the way. It changes no later answer, so it is no part of the state.
    type Aside: Copy + Default + Eq + std::hash::Hash + std::fmt::Debug;
    /// What it decides.
    type Verdict: Copy + Eq + std::hash::Hash + std::fmt::Debug;

    /// Before the first stage.
    const START: Self::State;

    /// Pairs of values that no situation has together, because one follows from the other's absence.
    const IMPOSSIBLE: &'static [Impossible<Self::Fact>];

    /// Whether a run may halt at a state: an endpoint works out a fact from it, before the next stage asks for it. Unless an
    /// engine says otherwise, that is the first state after the start.
    fn is_halt(_: &Self::State) -> bool {
        true
    }

    /// Whether a verdict reports what was set aside; a refusal does not. Where nothing is ever set aside, it does not matter.
    fn reports_aside(_: &Self::Verdict) -> bool {
        true
    }

    /// Runs the stage that a state leads to. The order of the stages stands here and nowhere else. The rules that take part
    /// and what is set aside are added to those of the stages before.
    fn advance<A: Ask<Self::Fact>>(
        policy: &Knobs,
        facts: &A,
        state: Self::State,
        trace: &mut Trace<Self>,
        aside: &mut Self::Aside,
    ) -> To<Self>;

    /// Runs stage after stage, as far as the goal.
    fn go_on<A: Ask<Self::Fact>>(
        policy: &Knobs,
        facts: &A,
        state: Self::State,
        goal: Goal,
        trace: &mut Trace<Self>,
        aside: &mut Self::Aside,
    ) -> To<Self> {
        let mut to = To::Next(state);
        while let To::Next(state) = to {
            to = Self::advance(policy, facts, state, trace, aside);
            if goal == Goal::Halt && matches!(&to, To::Next(next) if Self::is_halt(next)) {
                break;
            }
        }
        to
    }

    /// Runs the stage that a state leads to, and says what it alone leaves.
    fn step<A: Ask<Self::Fact>>(policy: &Knobs, facts: &A, state: Self::State) -> Step<Self> {
        let mut step = Step::of(state);
        step.to = Self::advance(policy, facts, state, &mut step.trace, &mut step.aside);
        step
    }
}

/// A value of one fact that never comes with a value of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Impossible<F> {
    /// A fact, and the index of its value.
    pub one: (F, usize),
    /// Another fact, and the index of its value.
    pub other: (F, usize),
}

/// Lists pairs of values that cannot occur together, each value of the first fact with each of the second.
macro_rules! impossible {
    ( $fact:ident: $( $one:ident = $one_value:expr, with $other:ident = [ $( $other_value:expr ),+ $(,)? ]; )* ) => {
        &[ $( $(
            $crate::decide::engine::Impossible {
                one: ($fact::$one, $one_value as usize),
                other: ($fact::$other, $other_value as usize),
            },
        )+ )* ]
    };
}
pub(super) use impossible;

/// Whether a situation can occur.
#[must_use]
pub fn is_possible<E: Engine>(situation: &Situation<E::Fact>) -> bool {
    E::IMPOSSIBLE
        .iter()
        .all(|pair| situation.index(pair.one.0) != pair.one.1 || situation.index(pair.other.0) != pair.other.1)
}

/// What a stage leaves, and the rules that took part in it.
#[derive(Clone, Copy, Debug)]
pub struct Step<E: Engine> {
    /// Where it leads.
    pub to: To<E>,
    /// What it set aside.
    pub aside: E::Aside,
    /// The rules that took part in this stage.
    pub trace: Trace<E>,
}

/// Where a stage leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum To<E: Engine> {
    /// To the next stage.
    Next(E::State),
    /// To the end.
    End(E::Verdict),
}

/// A verdict, and the rules that took part in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decided<E: Engine> {
    /// What is decided. Equal answers are equal values.
    pub verdict: E::Verdict,
    /// What was set aside, where the verdict reports it.
    pub aside: E::Aside,
    /// The rules that took part, from all stages.
    pub trace: Trace<E>,
}

/// Decides a situation under a policy's knobs.
pub fn decide<E: Engine, A: Ask<E::Fact>>(policy: &Knobs, facts: &A) -> Decided<E> {
    finish(policy, facts, Step::of(E::START))
}

/// Goes on from a step to the verdict.
pub fn finish<E: Engine, A: Ask<E::Fact>>(policy: &Knobs, facts: &A, mut step: Step<E>) -> Decided<E> {
    loop {
        match step.to {
            To::Next(state) => {
                step.to = E::go_on(policy, facts, state, Goal::Verdict, &mut step.trace, &mut step.aside);
            }
            To::End(verdict) => {
                let aside = if E::reports_aside(&verdict) { step.aside } else { E::Aside::default() };
                return Decided { verdict, aside, trace: step.trace };
            }
        }
    }
}

/// Goes as far as the state at which a run may halt, or to the verdict.
pub fn until_halt<E: Engine, A: Ask<E::Fact>>(policy: &Knobs, facts: &A) -> Step<E> {
    let mut step = Step::of(E::START);
    step.to = E::go_on(policy, facts, E::START, Goal::Halt, &mut step.trace, &mut step.aside);
    step
}

/// How far a run goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// To the state at which it may halt.
    Halt,
    /// To the verdict.
    Verdict,
}

impl<E: Engine> Step<E> {
    /// Before a state's stage, when nothing took part and nothing was set aside yet.
    fn of(state: E::State) -> Self {
        Self { to: To::Next(state), aside: E::Aside::default(), trace: Trace::default() }
    }
}
