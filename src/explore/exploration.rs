//! One component of an engine's verdicts under one policy, over every situation.

use std::hash::Hash;

use super::fast::Fast;
use super::graph::{Graph, Graphs};
use super::nodes::Children;
use super::stages::{Before, Stages};
use crate::decide::component::Components;
use crate::policy::knobs::Knobs;

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
    /// What follows from each node and from each leaf of the stages.
    nodes: Vec<Option<Graph>>,
    leaves: Vec<Option<Graph>>,
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
        let (known, nodes, leaves) = (Fast::default(), Vec::new(), Vec::new());
        Self { policy, component, stages, graphs, say, known, nodes, leaves, ways: 0 }
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
        let stage = self.stages.from(self.policy, before);
        self.ways = self.ways.saturating_add(stage.ways);
        let graph = self.through(stage.graph);
        self.known.insert(before, graph);
        graph
    }

    /// What follows from a graph of the stages, where each leaf is a state or a verdict.
    fn through(&mut self, stage: Graph) -> Graph {
        if let Some(known) =
            noted(&self.nodes, stage.node_number()).or_else(|| noted(&self.leaves, stage.leaf_number()))
        {
            return known;
        }
        let children = self
            .stages
            .graphs
            .node(stage)
            .map(|node| (node.fact, Children::of(node.children.len(), |value| node.child(value))));
        let graph = match children {
            Some((fact, children)) => {
                let mut left = children.as_slice().iter();
                let below = Children::of(children.as_slice().len(), |_| {
                    left.next().map_or(stage, |child| self.through(*child))
                });
                self.graphs.chosen_by(fact, below.as_slice())
            }
            None => self.after(stage),
        };
        note(&mut self.nodes, stage.node_number(), graph);
        note(&mut self.leaves, stage.leaf_number(), graph);
        graph
    }

    fn after(&mut self, leaf: Graph) -> Graph {
        match self.stages.graphs.says(leaf) {
            Some((Some(state), _, aside)) => self.from(E::forget(self.component, state, aside)),
            Some((None, Some(verdict), aside)) => {
                let says = (self.say)(E::part(self.component, &verdict, &aside));
                self.graphs.leaf(says)
            }
            // A graph that is neither node nor leaf does not exist, and a leaf says one of the two.
            Some((None, None, _)) | None => leaf,
        }
    }
}

fn noted(graphs: &[Option<Graph>], number: Option<usize>) -> Option<Graph> {
    graphs.get(number?).copied().flatten()
}

fn note(graphs: &mut Vec<Option<Graph>>, number: Option<usize>, graph: Graph) {
    let Some(number) = number else { return };
    if graphs.len() <= number {
        graphs.resize(number.saturating_add(1), None);
    }
    if let Some(slot) = graphs.get_mut(number) {
        *slot = Some(graph);
    }
}
