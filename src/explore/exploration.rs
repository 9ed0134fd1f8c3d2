//! One component of an engine's verdicts under one policy, over every situation.

use std::hash::Hash;

use super::fast::Fast;
use super::graph::{Graph, Graphs};
use super::nodes::Children;
use super::stages::{After, Stages};
use crate::decide::component::Components;
use crate::decide::engine::Engine;
use crate::policy::knobs::Knobs;

/// Where a stage begins, as far as a component depends on it.
type Before<E> = (<E as Engine>::State, <E as Engine>::Aside);

/// Follows every situation through an engine, for one component.
pub(super) struct Exploration<'a, E: Components, L, S> {
    policy: &'a Knobs,
    component: E::Component,
    stages: &'a mut Stages<E>,
    graphs: &'a mut Graphs<L>,
    /// What is noted of a part.
    say: S,
    /// What follows from a state, as far as the component depends on it, whatever led there.
    known: Fast<Before<E>, Graph>,
    /// What follows from the graphs of the stages, after what was set aside before.
    noted: Vec<(E::Aside, Noted)>,
    /// How many ways lead through the stages from these states.
    pub(super) ways: u64,
}

impl<'a, E, L, S> Exploration<'a, E, L, S>
where
    E: Components,
    L: Copy + Eq + Hash,
    S: Fn(E::Part) -> L,
{
    pub(super) fn new(
        policy: &'a Knobs,
        component: E::Component,
        stages: &'a mut Stages<E>,
        graphs: &'a mut Graphs<L>,
        say: S,
    ) -> Self {
        Self { policy, component, stages, graphs, say, known: Fast::default(), noted: Vec::new(), ways: 0 }
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
        let (state, aside) = before;
        let stage = self.stages.from(self.policy, state);
        self.ways = self.ways.saturating_add(stage.ways);
        let known = self.noted.iter().position(|(known, _)| *known == aside);
        let place = known.unwrap_or_else(|| {
            self.noted.push((aside, Noted::default()));
            self.noted.len().saturating_sub(1)
        });
        let graph = self.through(stage.graph, aside, place);
        self.known.insert(before, graph);
        graph
    }

    /// What follows from a graph of the stages, where each leaf is a state or a verdict. `place` is where that is noted.
    fn through(&mut self, stage: Graph, aside: E::Aside, place: usize) -> Graph {
        if let Some(known) = self.noted.get(place).and_then(|(_, noted)| noted.get(stage)) {
            return known;
        }
        let asked = self
            .stages
            .graphs
            .node(stage)
            .map(|node| (node.fact, Children::of(node.children.len(), |value| node.child(value))));
        let graph = match asked {
            Some((fact, mut children)) => {
                children.iter_mut().for_each(|child| *child = self.through(*child, aside, place));
                self.graphs.chosen_by(fact, children.as_slice())
            }
            None => self.after(stage, aside),
        };
        if let Some((_, noted)) = self.noted.get_mut(place) {
            noted.note(stage, graph);
        }
        graph
    }

    fn after(&mut self, leaf: Graph, before: E::Aside) -> Graph {
        match self.stages.graphs.says(leaf) {
            Some(After::State(state, more)) => self.from(E::forget(self.component, state, E::set_aside(before, more))),
            Some(After::Verdict(verdict, more)) => {
                let aside = if E::reports_aside(&verdict) { E::set_aside(before, more) } else { E::Aside::default() };
                let says = (self.say)(E::part(self.component, &verdict, &aside));
                self.graphs.leaf(says)
            }
            // A graph that is neither node nor leaf does not exist.
            None => leaf,
        }
    }
}

/// A graph for each of other graphs.
#[derive(Default)]
struct Noted {
    nodes: Vec<Option<Graph>>,
    leaves: Vec<Option<Graph>>,
}

impl Noted {
    fn get(&self, of: Graph) -> Option<Graph> {
        let (graphs, number) = match of.node_number() {
            Some(number) => (&self.nodes, number),
            None => (&self.leaves, of.leaf_number()?),
        };
        graphs.get(number).copied().flatten()
    }

    fn note(&mut self, of: Graph, graph: Graph) {
        let (graphs, number) = match of.node_number() {
            Some(number) => (&mut self.nodes, number),
            None => (&mut self.leaves, of.leaf_number().unwrap_or(0)),
        };
        if graphs.len() <= number {
            graphs.resize(number.saturating_add(1), None);
        }
        if let Some(slot) = graphs.get_mut(number) {
            *slot = Some(graph);
        }
    }
}
