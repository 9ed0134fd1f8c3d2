//! What is read off a graph: how many situations say something, on how many ways, and which is the nearest.

use std::hash::Hash;

use super::below::Marks;
use super::fast::Fast;
use super::graph::{Graph, Graphs};
use crate::decide::engine::Engine;
use crate::decide::fact::{Fact, Situation};

impl<L: Copy + Eq + Hash> Graphs<L> {
    /// The nodes of a graph, each once, in the order of their facts, and as they are met from the top.
    fn in_order(&self, graph: Graph) -> Vec<Graph> {
        let mut by_fact: Vec<Vec<Graph>> = vec![Vec::new(); self.facts()];
        let mut seen = Marks::up_to(graph.node_number().unwrap_or(0));
        let mut left = vec![graph];
        while let Some(graph) = left.pop() {
            if let Some(node) = self.node(graph)
                && graph.node_number().is_some_and(|number| seen.add(number))
            {
                by_fact.get_mut(usize::from(node.fact)).into_iter().for_each(|nodes| nodes.push(graph));
                left.extend(node.children.iter().rev());
            }
        }
        by_fact.concat()
    }

    /// What its leaves say, each once.
    pub(super) fn leaves_below(&self, graph: Graph) -> Vec<L> {
        let mut seen = Marks::up_to(self.leaves());
        let nodes = self.in_order(graph);
        let below = nodes.iter().filter_map(|graph| self.node(*graph)).flat_map(|node| node.children);
        std::iter::once(&graph)
            .chain(below)
            .filter(|graph| graph.leaf_number().is_some_and(|number| seen.add(number)))
            .filter_map(|graph| self.says(*graph))
            .collect()
    }

    /// Sums up a graph from its leaves: `leaf` says what a leaf comes to, `node` what the sums of its values' graphs come
    /// to, each with the fact that it asks next (the number of facts where it asks none).
    pub(super) fn sum<S: Copy>(
        &self,
        graph: Graph,
        leaf: impl Fn(L) -> S,
        node: impl Fn(u8, &mut dyn Iterator<Item = (S, usize)>) -> S,
    ) -> Option<S> {
        let below = self.nodes_below(graph);
        let mut sums: Vec<S> = Vec::with_capacity(below.graphs().len());
        let of = |sums: &[S], graph: Graph| self.says(graph).map(&leaf).or_else(|| below.noted(sums, graph));
        for graph in below.graphs() {
            let Some(at) = self.node(*graph) else { continue };
            let mut children = at.children.iter().filter_map(|child| {
                let asks = self.node(*child).map_or(self.facts(), |node| usize::from(node.fact));
                Some((of(&sums, *child)?, asks))
            });
            let sum = node(at.fact, &mut children);
            sums.push(sum);
        }
        of(&sums, graph)
    }

    /// How many situations lead to a leaf that is looked for.
    pub(super) fn situations(&self, graph: Graph, looked_for: impl Fn(L) -> bool) -> u128 {
        let between = |from: usize, to: usize| {
            let values = (from..to).map(|fact| self.values(u8::try_from(fact).unwrap_or(u8::MAX)));
            values.fold(1_u128, |product, values| product.saturating_mul(u128::try_from(values).unwrap_or(1)))
        };
        let first = self.node(graph).map_or(self.facts(), |node| usize::from(node.fact));
        let below = self.sum(
            graph,
            |says| u128::from(looked_for(says)),
            |fact, children| {
                let next = usize::from(fact).saturating_add(1);
                children
                    .fold(0_u128, |sum, (below, asks)| sum.saturating_add(below.saturating_mul(between(next, asks))))
            },
        );
        below.unwrap_or(0).saturating_mul(between(0, first))
    }

    /// How many ways lead from the top to a leaf that is looked for.
    pub(super) fn ways(&self, graph: Graph, looked_for: impl Fn(L) -> bool) -> u128 {
        let ways = self.sum(
            graph,
            |says| u128::from(looked_for(says)),
            |_, children| children.fold(0_u128, |sum, (below, _)| sum.saturating_add(below)),
        );
        ways.unwrap_or(0)
    }

    /// What a graph says where each fact has the value that `of` gives.
    pub(super) fn at(&self, graph: Graph, of: impl Fn(u8) -> usize) -> Option<L> {
        let mut at = graph;
        while let Some(node) = self.node(at) {
            at = node.child(of(node.fact));
        }
        self.says(at)
    }

    /// What it says where some facts have the values that `value` gives: every leaf, each once.
    pub(super) fn leaves_where(&self, graph: Graph, value: impl Fn(u8) -> Option<usize>) -> Vec<L> {
        let mut found = Vec::new();
        let mut seen = Fast::default();
        let mut left = vec![graph];
        while let Some(graph) = left.pop() {
            if seen.insert(graph, ()).is_some() {
                continue;
            }
            match self.node(graph) {
                None => found.extend(self.says(graph)),
                Some(node) => match value(node.fact) {
                    Some(value) => left.push(node.child(value)),
                    None => left.extend(node.children),
                },
            }
        }
        found
    }
}

impl Graphs<bool> {
    /// Whether something leads to true in both graphs, where some facts have the values that `value` gives.
    pub(super) fn meets(&self, other: &Self, roots: (Graph, Graph), value: impl Fn(u8) -> Option<usize>) -> bool {
        let mut seen = Fast::default();
        let mut left = vec![roots];
        while let Some((one, another)) = left.pop() {
            let said = (self.says(one), other.says(another));
            if said == (Some(true), Some(true)) {
                return true;
            }
            if said.0 == Some(false) || said.1 == Some(false) || seen.insert((one, another), ()).is_some() {
                continue;
            }
            let facts = [self.node(one), other.node(another)].into_iter().flatten().map(|node| node.fact);
            let Some(fact) = facts.min() else { continue };
            let below = |value| (self.below(one, fact, value), other.below(another, fact, value));
            match value(fact) {
                Some(value) => left.push(below(value)),
                None => left.extend((0..self.values(fact)).map(below)),
            }
        }
        false
    }

    /// The situation of a set in which as few facts as possible have another value than in a given one; none where the
    /// set is empty.
    pub(super) fn nearest<E: Engine>(&self, set: Graph, to: &Situation<E::Fact>) -> Option<Situation<E::Fact>> {
        /// Farther than any situation is.
        const NEVER: usize = usize::MAX;
        let wanted = |fact: u8| E::Fact::ALL.get(usize::from(fact)).map_or(0, |fact| to.index(*fact));
        let below = self.nodes_below(set);
        let mut steps: Vec<(usize, usize)> = Vec::with_capacity(below.graphs().len());
        let far = |steps: &[(usize, usize)], graph: Graph| match self.says(graph) {
            Some(true) => 0,
            Some(false) => NEVER,
            None => below.noted(steps, graph).map_or(NEVER, |(far, _)| far),
        };
        for graph in below.graphs() {
            let Some(node) = self.node(*graph) else { continue };
            let ways = node.children.iter().enumerate().map(|(value, child)| {
                let changed = usize::from(value != wanted(node.fact));
                (far(&steps, *child).saturating_add(changed), value)
            });
            let nearest = ways.min().unwrap_or((NEVER, 0));
            steps.push(nearest);
        }
        if far(&steps, set) == NEVER {
            return None;
        }
        let mut situation = *to;
        let mut at = set;
        while let (Some(node), Some((_, value))) = (self.node(at), below.noted(&steps, at)) {
            if let Some(fact) = E::Fact::ALL.get(usize::from(node.fact)) {
                situation = situation.with_index(*fact, value);
            }
            at = node.child(value);
        }
        Some(situation)
    }
}
