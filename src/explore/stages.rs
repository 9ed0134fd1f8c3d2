//! What every stage leads to from a state, whichever component is looked at.
//!
//! A state that is met on the way of several components is followed once. What it leads to is a graph, reduced and
//! ordered like any other, so a component goes through its nodes, which are few, and not through the ways, which are many.

use super::fast::Fast;
use super::graph::{Graph, Graphs, values};
use super::walk::{Known, Walk};
use crate::decide::engine::{Engine, To};
use crate::decide::rule::Trace;
use crate::policy::knobs::Knobs;

/// Where a stage leads, with what it sets aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum After<S, V, A> {
    /// To a state.
    State(S, A),
    /// To a verdict.
    Verdict(V, A),
}

/// The same of an engine.
pub(super) type AfterStage<E> = After<<E as Engine>::State, <E as Engine>::Verdict, <E as Engine>::Aside>;

/// What the stages of an engine lead to under one policy.
#[derive(Debug)]
pub(super) struct Stages<E: Engine> {
    /// What every situation has that is followed.
    given: Known<E::Fact>,
    pub(super) graphs: Graphs<AfterStage<E>>,
    known: Fast<E::State, Stage>,
}

/// What one stage leads to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stage {
    pub(super) graph: Graph,
    /// How many ways lead through it.
    pub(super) ways: u64,
}

impl<E: Engine> Default for Stages<E> {
    fn default() -> Self {
        Self::given(Known::default())
    }
}

impl<E: Engine> Stages<E> {
    /// Only the situations in which this is so.
    pub(super) fn given(given: Known<E::Fact>) -> Self {
        Self { given, graphs: Graphs::new(values::<E>()), known: Fast::default() }
    }

    /// What follows from a state, as far as the next one.
    pub(super) fn from(&mut self, policy: &Knobs, state: E::State) -> Stage {
        if let Some(known) = self.known.get(&state) {
            return *known;
        }
        let stage = self.followed(policy, state);
        self.known.insert(state, stage);
        stage
    }

    fn followed(&mut self, policy: &Knobs, state: E::State) -> Stage {
        let walk = Walk::<E::Fact>::new(self.given);
        // What is found and not yet chosen from: one graph for each way, then one for each question whose answers were
        // all followed.
        let mut found: Vec<Graph> = Vec::new();
        let mut last: Option<(AfterStage<E>, Graph)> = None;
        let mut ways = 0_u64;
        loop {
            ways = ways.saturating_add(1);
            // What was set aside before changes no answer, so it is added later.
            let mut aside = E::Aside::default();
            let after = match E::advance(policy, &walk, state, &mut Trace::default(), &mut aside) {
                To::Next(state) => After::State(state, aside),
                To::End(verdict) if E::reports_aside(&verdict) => After::Verdict(verdict, aside),
                To::End(verdict) => After::Verdict(verdict, E::Aside::default()),
            };
            let graph = match &last {
                Some((known, graph)) if *known == after => *graph,
                _ => self.graphs.leaf(after),
            };
            last = Some((after, graph));
            found.push(graph);
            if !walk.next(|fact| self.graphs.choose_last(fact, &mut found)) {
                return Stage { graph: found.pop().unwrap_or(graph), ways };
            }
        }
    }
}
