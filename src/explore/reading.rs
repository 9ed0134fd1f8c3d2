//! What is read off a graph: how many situations say something, on how many ways, and which is the nearest.

use std::hash::Hash;

use super::graph::{Fast, Graph, Graphs, Node};
use crate::decide::engine::Engine;
use crate::decide::fact::{Fact, Situation};

impl<L: Copy + Eq + Hash> Graphs<L> {
    /// The nodes of a graph, each once, every one before those below it.
    pub(super) fn below_all(&self, graph: Graph) -> Vec<(Graph, Node)> {
        let mut found = Vec::new();
        let mut seen = Fast::default();
        let mut left = vec![graph];
        while let Some(graph) = left.pop() {
            if let Some(node) = self.node(graph)
                && seen.insert(graph, ()).is_none()
            {
                found.push((graph, node));
                left.extend((0..self.values(node.fact)).rev().map(|value| node.child(value)));
            }
        }
        found.sort_by_key(|(_, node)| node.fact);
        found
    }

    /// What its leaves say, each once.
    pub(super) fn leaves_below(&self, graph: Graph) -> Vec<L> {
        let children = |node: Node| (0..self.values(node.fact)).map(move |value| node.child(value));
        let below = self.below_all(graph).into_iter().flat_map(|(_, node)| children(node));
        let mut seen = Fast::default();
        std::iter::once(graph)
            .chain(below)
            .filter_map(|graph| self.says(graph))
            .filter(|says| seen.insert(*says, ()).is_none())
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
        let mut sums: Fast<Graph, S> = Fast::default();
        let of = |sums: &Fast<Graph, S>, graph: Graph| match self.says(graph) {
            Some(says) => Some(leaf(says)),
            None => sums.get(&graph).copied(),
        };
        for (place, below) in self.below_all(graph).into_iter().rev() {
            let mut children = (0..self.values(below.fact)).filter_map(|value| {
                let child = below.child(value);
                let asks = self.node(child).map_or(self.facts(), |node| usize::from(node.fact));
                Some((of(&sums, child)?, asks))
            });
            let sum = node(below.fact, &mut children);
            sums.insert(place, sum);
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
                    None => left.extend((0..self.values(node.fact)).map(|value| node.child(value))),
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
        let mut steps: Fast<Graph, (usize, usize)> = Fast::default();
        let far = |steps: &Fast<Graph, (usize, usize)>, graph: Graph| match self.says(graph) {
            Some(true) => 0,
            Some(false) => NEVER,
            None => steps.get(&graph).map_or(NEVER, |(far, _)| *far),
        };
        for (graph, node) in self.below_all(set).into_iter().rev() {
            let ways = (0..self.values(node.fact)).map(|value| {
                let changed = usize::from(value != wanted(node.fact));
                (far(&steps, node.child(value)).saturating_add(changed), value)
            });
            steps.insert(graph, ways.min().unwrap_or((NEVER, 0)));
        }
        if far(&steps, set) == NEVER {
            return None;
        }
        let mut situation = *to;
        let mut at = set;
        while let (Some(node), Some((_, value))) = (self.node(at), steps.get(&at)) {
            if let Some(fact) = E::Fact::ALL.get(usize::from(node.fact)) {
                situation = situation.with_index(*fact, *value);
            }
            at = node.child(*value);
        }
        Some(situation)
    }
}
