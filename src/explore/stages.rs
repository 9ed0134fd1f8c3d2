//! What every stage leads to from a state, whichever component is looked at.
//!
//! A state that is met on the way of several components is followed once. What it leads to is a graph, reduced and
//! ordered like any other, so a component goes through its nodes, which are few, and not through the ways, which are many.

use super::explorer::values;
use super::fast::Fast;
use super::graph::{Graph, Graphs};
use super::walk::{Known, Walk};
use crate::decide::engine::{Engine, To};
use crate::decide::rule::Trace;
use crate::policy::knobs::Knobs;

/// Where a stage begins: a state, and what was set aside before.
pub(super) type Before<E> = (<E as Engine>::State, <E as Engine>::Aside);

/// Where a stage leads: to a state or to a verdict, with what was set aside.
pub(super) type After<E> = (Option<<E as Engine>::State>, Option<<E as Engine>::Verdict>, <E as Engine>::Aside);

/// What the stages of an engine lead to under one policy.
#[derive(Debug)]
pub(super) struct Stages<E: Engine> {
    /// What every situation has that is followed.
    given: Known<E::Fact>,
    pub(super) graphs: Graphs<After<E>>,
    known: Fast<Before<E>, Stage>,
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
    pub(super) fn from(&mut self, policy: &Knobs, before: Before<E>) -> Stage {
        if let Some(known) = self.known.get(&before) {
            return *known;
        }
        let stage = self.followed(policy, before);
        self.known.insert(before, stage);
        stage
    }

    fn followed(&mut self, policy: &Knobs, before: Before<E>) -> Stage {
        let walk = Walk::<E::Fact>::new(self.given);
        // What is found and not yet chosen from: one graph for each way, then one for each question whose answers were
        // all followed.
        let mut found: Vec<Graph> = Vec::new();
        let mut last: Option<(After<E>, Graph)> = None;
        let mut ways = 0_u64;
        loop {
            ways = ways.saturating_add(1);
            let (state, mut aside) = before;
            let after = match E::advance(policy, &walk, state, &mut Trace::default(), &mut aside) {
                To::Next(state) => (Some(state), None, aside),
                To::End(verdict) if E::reports_aside(&verdict) => (None, Some(verdict), aside),
                To::End(verdict) => (None, Some(verdict), E::Aside::default()),
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
