//! Where something holds: a graph of yes and no over the facts.

use super::below::Below;
use super::explorer::{Explored, Explorer};
use super::graph::{Graph, Graphs, fact, values};
use super::walk::{Known, Walk};
use crate::decide::component::Components;
use crate::decide::engine::Engine;
use crate::decide::fact::Situation;
use crate::policy::knobs::Knobs;

/// Where something holds.
#[derive(Debug)]
pub(super) struct Truth {
    pub(super) graphs: Graphs<bool>,
    pub(super) root: Graph,
}

/// A condition on facts under a policy.
pub(super) type When<E> = fn(&Knobs, &Walk<<E as Engine>::Fact>) -> bool;

impl Truth {
    /// Where a situation can occur and satisfies a condition: each fact that the condition asks is followed value by
    /// value.
    pub(super) fn when<E: Components>(explorer: &Explorer<E>, policy: &Knobs, holds: When<E>) -> Self {
        let mut graphs = Graphs::new(values::<E>());
        let walk = Walk::<E::Fact>::new(Known::default());
        let mut found: Vec<Graph> = Vec::new();
        loop {
            let graph = graphs.leaf(holds(policy, &walk));
            found.push(graph);
            let more = walk.next(|fact| graphs.choose_last(fact, &mut found));
            if !more {
                let root = found.pop().unwrap_or(graph);
                let (possible, all) = explorer.possible();
                return Self::both(&graphs, root, possible, all, |one, other| one && other);
            }
        }
    }

    /// Where a component says something of this kind. It says nothing of what cannot occur.
    pub(super) fn saying<E: Components>(
        explorer: &Explorer<E>,
        explored: &Explored,
        says: impl Fn(&E::Part) -> bool,
    ) -> Self {
        let mut everywhere = Graphs::new(values::<E>());
        let yes = everywhere.leaf(true);
        Self::both(&explorer.graphs, explored.graph, &everywhere, yes, |part, _| part.is_some_and(|part| says(&part)))
    }

    /// Where this and another hold.
    pub(super) fn and(&self, other: &Self) -> Self {
        Self::both(&self.graphs, self.root, &other.graphs, other.root, |one, other| one && other)
    }

    pub(super) fn both<M: Copy + Eq + std::hash::Hash, N: Copy + Eq + std::hash::Hash>(
        one: &Graphs<M>,
        root: Graph,
        other: &Graphs<N>,
        other_root: Graph,
        say: impl Fn(M, N) -> bool,
    ) -> Self {
        let mut graphs = Graphs::new((0..one.facts()).map(|place| one.values(u8::try_from(place).unwrap_or(u8::MAX))));
        let root = graphs.both(one, other, (root, other_root), &say);
        Self { graphs, root }
    }

    /// Whether it holds nowhere.
    pub(super) fn is_nowhere(&self) -> bool {
        self.graphs.says(self.root) == Some(false)
    }

    /// Of the situations in which it holds the one that differs in the fewest facts from another.
    pub(super) fn nearest<E: Engine>(&self, to: &Situation<E::Fact>) -> Option<Situation<E::Fact>> {
        let way = self.nearest_way(|place| fact::<E>(place).map_or(0, |fact| to.index(fact)))?;
        Some(way.into_iter().fold(*to, |nearest, (place, value)| match fact::<E>(place) {
            Some(fact) => nearest.with_index(fact, value),
            None => nearest,
        }))
    }

    /// The same by the places of facts: the values of those that matter, where each is as it usually is if it can be.
    pub(super) fn nearest_way(&self, usually: impl Fn(u8) -> usize) -> Option<Vec<(u8, usize)>> {
        let below = self.graphs.nodes_below(self.root);
        let costs = self.costs(&below, &usually);
        let mut at = self.root;
        let mut way = Vec::new();
        while let Some(node) = self.graphs.node(at) {
            let cost = |value: &usize| self.cost(&below, &costs, node.child(*value), *value != usually(node.fact));
            let value = (0..node.children.len()).min_by_key(cost)?;
            way.push((node.fact, value));
            at = node.child(value);
        }
        self.graphs.says(at)?.then_some(way)
    }

    /// In how many facts a situation differs at least from what is usual, node by node.
    fn costs(&self, below: &Below, usually: &impl Fn(u8) -> usize) -> Vec<u32> {
        let mut costs: Vec<u32> = Vec::with_capacity(below.graphs().len());
        for node in below.graphs().iter().filter_map(|graph| self.graphs.node(*graph)) {
            let usual = usually(node.fact);
            let ways = node.children.iter().enumerate();
            let least = ways.map(|(value, child)| self.cost(below, &costs, *child, value != usual)).min();
            costs.push(least.unwrap_or(u32::MAX));
        }
        costs
    }

    fn cost(&self, nodes: &Below, costs: &[u32], below: Graph, differs: bool) -> u32 {
        let cost = match self.graphs.says(below) {
            Some(true) => 0,
            Some(false) => u32::MAX,
            None => nodes.noted(costs, below).unwrap_or(u32::MAX),
        };
        cost.saturating_add(u32::from(differs))
    }
}
