//! One component of an engine's verdicts under one policy, over every situation.

use std::hash::Hash;

use super::graph::{Fast, Graph, Graphs};
use super::walk::{Known, Walk};
use crate::decide::component::Components;
use crate::decide::engine::{Engine, To};
use crate::decide::fact::Fact;
use crate::decide::rule::Trace;
use crate::policy::knobs::Knobs;

/// Where a stage begins, as far as a component depends on it.
type Before<E> = (<E as Engine>::State, <E as Engine>::Aside);

/// Follows every situation through an engine, for one component.
pub(super) struct Exploration<'a, E: Components, L, S> {
    policy: &'a Knobs,
    component: E::Component,
    /// What every situation has that is followed.
    given: Known<E::Fact>,
    graphs: &'a mut Graphs<L>,
    /// What is noted of a part.
    say: S,
    /// What follows from a state, whatever led there.
    known: Fast<Before<E>, Graph>,
    /// How many ways through stages were gone.
    pub(super) ways: u64,
}

impl<'a, E, L, S> Exploration<'a, E, L, S>
where
    E: Components,
    L: Copy + Eq + Hash,
    S: Fn(E::Part) -> L,
{
    pub(super) fn new(policy: &'a Knobs, component: E::Component, graphs: &'a mut Graphs<L>, say: S) -> Self {
        Self { policy, component, given: Known::default(), graphs, say, known: Fast::default(), ways: 0 }
    }

    /// Only the situations in which this is so.
    pub(super) fn given(self, given: Known<E::Fact>) -> Self {
        Self { given, ..self }
    }

    /// The graph from the first stage on.
    pub(super) fn whole(&mut self) -> Graph {
        self.from((E::START, E::Aside::default()))
    }

    /// How many states were met between stages.
    pub(super) fn states(&self) -> usize {
        self.known.len()
    }

    fn from(&mut self, before: Before<E>) -> Graph {
        if let Some(known) = self.known.get(&before) {
            return *known;
        }
        let walk = Walk::<E::Fact>::new(self.given);
        // What is found and not yet chosen from: one graph for each way, then one for each question whose answers were
        // all followed.
        let mut found: Vec<Graph> = Vec::new();
        loop {
            self.ways = self.ways.saturating_add(1);
            let (state, mut aside) = before;
            let to = E::advance(self.policy, &walk, state, &mut Trace::default(), &mut aside);
            let graph = match to {
                To::Next(state) => self.from(E::forget(self.component, state, aside)),
                To::End(verdict) => {
                    let aside = if E::reports_aside(&verdict) { aside } else { E::Aside::default() };
                    let says = (self.say)(E::part(self.component, &verdict, &aside));
                    self.graphs.leaf(says)
                }
            };
            found.push(graph);
            let more = walk.next(|fact| {
                let first = found.len().saturating_sub(fact.values());
                let answers = found.split_off(first);
                let place = u8::try_from(fact.index()).unwrap_or(u8::MAX);
                let chosen = self.graphs.choose(place, |value| answers.get(value).copied().unwrap_or(graph));
                found.push(chosen);
            });
            if !more {
                let graph = found.pop().unwrap_or(graph);
                self.known.insert(before, graph);
                return graph;
            }
        }
    }
}
