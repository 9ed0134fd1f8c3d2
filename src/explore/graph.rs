//! Reduced ordered decision graphs: what follows from the facts, each asked at most once on a way and in one order.
//!
//! Two graphs of the same order say the same exactly where they are the same, however they came about. So a comparison
//! is one of two numbers, and a digest changes with a decision and with nothing else.
//!
//! R. Bryant, "Graph-Based Algorithms for Boolean Function Manipulation" (1986); here facts have two or more values.

use std::hash::Hash;

use super::below::Below;
use super::fast::Fast;
use super::nodes::{Children, Nodes, index};
pub(super) use super::nodes::{Graph, Node, WIDEST};
use crate::decide::engine::Engine;
use crate::decide::fact::Fact;

/// Graphs that share their nodes.
#[derive(Debug)]
pub(super) struct Graphs<L> {
    /// How many values each fact has.
    values: Vec<usize>,
    nodes: Nodes,
    leaves: Vec<L>,
    numbers: Fast<L, Graph>,
    /// Choices whose children ask for the fact or one before it, and what each came to.
    choices: Nodes,
    chosen: Vec<Graph>,
}

impl<L: Copy + Eq + Hash> Graphs<L> {
    /// No graph yet, of facts with so many values.
    pub(super) fn new(values: impl IntoIterator<Item = usize>) -> Self {
        Self {
            values: values.into_iter().collect(),
            nodes: Nodes::default(),
            leaves: Vec::new(),
            numbers: Fast::default(),
            choices: Nodes::default(),
            chosen: Vec::new(),
        }
    }

    /// The graph that says the same whatever the facts are.
    pub(super) fn leaf(&mut self, says: L) -> Graph {
        let Self { leaves, numbers, .. } = self;
        *numbers.entry(says).or_insert_with(|| {
            let number = leaves.len();
            leaves.push(says);
            Graph::leaf(number)
        })
    }

    /// What a leaf says; none for a node.
    pub(super) fn says(&self, graph: Graph) -> Option<L> {
        self.leaves.get(graph.leaf_number()?).copied()
    }

    /// How many leaves there are.
    pub(super) const fn leaves(&self) -> usize {
        self.leaves.len()
    }

    /// The topmost node; none for a leaf.
    pub(super) fn node(&self, graph: Graph) -> Option<Node<'_>> {
        self.nodes.get(graph.node_number()?)
    }

    /// The nodes of a graph.
    pub(super) fn nodes_below(&self, graph: Graph) -> Below {
        Below::of(&self.nodes, graph)
    }

    /// The fact that a graph asks first; one after all others for a leaf.
    pub(super) fn top(&self, graph: Graph) -> u8 {
        graph.node_number().and_then(|number| self.nodes.fact(number)).unwrap_or(u8::MAX)
    }

    /// How many values a fact has.
    pub(super) fn values(&self, fact: u8) -> usize {
        self.values.get(usize::from(fact)).copied().unwrap_or(0)
    }

    /// How many facts there are.
    pub(super) const fn facts(&self) -> usize {
        self.values.len()
    }

    /// A node whose children do not ask for its fact or one before it.
    pub(super) fn ordered(&mut self, fact: u8, children: &[Graph]) -> Graph {
        match same(children) {
            Some(child) => child,
            None => Graph::node(self.nodes.number(fact, children)),
        }
    }

    /// Where a graph leads when a fact has a value, if that fact is its topmost; else the graph itself.
    pub(super) fn below(&self, graph: Graph, fact: u8, value: usize) -> Graph {
        match self.node(graph) {
            Some(node) if node.fact == fact => node.child(value),
            _ => graph,
        }
    }

    /// The graph that leads to the first of these where a fact has its first value, and so on. They may ask for any
    /// fact, also for this one, whose value is known by then.
    pub(super) fn choose(&mut self, fact: u8, children: impl FnMut(usize) -> Graph) -> Graph {
        let children = Children::of(self.values(fact), children);
        self.chosen_by(fact, children.as_slice())
    }

    /// The last of what was found is one graph for each value of a fact; the one that asks for it takes their place.
    pub(super) fn choose_last<F: Fact>(&mut self, fact: F, found: &mut Vec<Graph>) {
        let first = found.len().saturating_sub(fact.values());
        let chosen = self.chosen_by(place(fact), found.get(first..).unwrap_or_default());
        found.truncate(first);
        found.push(chosen);
    }

    /// The same of children in a list.
    pub(super) fn chosen_by(&mut self, fact: u8, children: &[Graph]) -> Graph {
        if let Some(child) = same(children) {
            return child;
        }
        let top = children.iter().map(|child| self.top(*child)).min().unwrap_or(u8::MAX);
        if top > fact {
            return Graph::node(self.nodes.number(fact, children));
        }
        let choice = index(self.choices.number(fact, children));
        if let Some(known) = self.chosen.get(choice) {
            return *known;
        }
        // Smaller choices are made on the way, but never this one.
        self.chosen.resize(self.choices.len(), Graph::leaf(0));
        let result = if top == fact {
            // Each child is asked where this very value is known.
            let below = Children::of(children.len(), |value| {
                children.get(value).map_or(Graph::leaf(0), |child| self.below(*child, fact, value))
            });
            self.ordered(fact, below.as_slice())
        } else {
            let chosen = Children::of(self.values(top), |value| {
                let below = Children::of(children.len(), |place| {
                    children.get(place).map_or(Graph::leaf(0), |child| self.below(*child, top, value))
                });
                self.chosen_by(fact, below.as_slice())
            });
            self.ordered(top, chosen.as_slice())
        };
        if let Some(slot) = self.chosen.get_mut(choice) {
            *slot = result;
        }
        result
    }

    /// A graph where a fact is known to have a value.
    pub(super) fn fixed(&mut self, graph: Graph, fact: u8, value: usize) -> Graph {
        let below = self.nodes_below(graph);
        let mut found: Vec<Graph> = Vec::with_capacity(below.graphs().len());
        for graph in below.graphs() {
            let Some(node) = self.node(*graph) else { continue };
            let at = |child: Graph| below.noted(&found, child).unwrap_or(child);
            let fixed = if node.fact == fact {
                at(node.child(value))
            } else {
                let (fact, children) = (node.fact, Children::of(node.children.len(), |value| at(node.child(value))));
                self.ordered(fact, children.as_slice())
            };
            found.push(fixed);
        }
        below.noted(&found, graph).unwrap_or(graph)
    }

    /// Another graph with its leaves replaced.
    pub(super) fn mapped<M: Copy + Eq + Hash>(
        &mut self,
        source: &Graphs<M>,
        root: Graph,
        say: impl Fn(M) -> L,
    ) -> Graph {
        let below = source.nodes_below(root);
        let mut found: Vec<Graph> = Vec::with_capacity(below.graphs().len());
        let mut leaves: Vec<Option<Graph>> = vec![None; source.leaves()];
        let mut at = |graphs: &mut Self, found: &[Graph], graph: Graph| {
            if let Some(known) = below.noted(found, graph) {
                return known;
            }
            let known = graph.leaf_number().and_then(|number| *leaves.get(number)?);
            known.unwrap_or_else(|| {
                // A graph that is neither node nor leaf does not exist.
                let Some(says) = source.says(graph) else { return graph };
                let leaf = graphs.leaf(say(says));
                if let Some(slot) = graph.leaf_number().and_then(|number| leaves.get_mut(number)) {
                    *slot = Some(leaf);
                }
                leaf
            })
        };
        for graph in below.graphs() {
            let Some(node) = source.node(*graph) else { continue };
            let children = Children::of(node.children.len(), |value| at(self, &found, node.child(value)));
            found.push(self.ordered(node.fact, children.as_slice()));
        }
        at(self, &found, root)
    }

    /// Two graphs as one: what both say together, by a function of their leaves.
    pub(super) fn both<M, N>(
        &mut self,
        one: &Graphs<M>,
        other: &Graphs<N>,
        roots: (Graph, Graph),
        say: impl Fn(M, N) -> L + Copy,
    ) -> Graph
    where
        M: Copy + Eq + Hash,
        N: Copy + Eq + Hash,
    {
        let mut seen = Fast::default();
        self.both_below(one, other, roots, say, &mut seen)
    }

    fn both_below<M, N>(
        &mut self,
        one: &Graphs<M>,
        other: &Graphs<N>,
        (left, right): (Graph, Graph),
        say: impl Fn(M, N) -> L + Copy,
        seen: &mut Fast<(Graph, Graph), Graph>,
    ) -> Graph
    where
        M: Copy + Eq + Hash,
        N: Copy + Eq + Hash,
    {
        if let Some(known) = seen.get(&(left, right)) {
            return *known;
        }
        let graph = match (one.says(left), other.says(right)) {
            (Some(left), Some(right)) => self.leaf(say(left, right)),
            _ => {
                let fact = one.top(left).min(other.top(right));
                let children = Children::of(self.values(fact), |value| {
                    let below = (one.below(left, fact, value), other.below(right, fact, value));
                    self.both_below(one, other, below, say, seen)
                });
                self.ordered(fact, children.as_slice())
            }
        };
        seen.insert((left, right), graph);
        graph
    }
}

/// The child that all are; none where they differ.
fn same(children: &[Graph]) -> Option<Graph> {
    let Some((first, others)) = children.split_first() else { return Some(Graph::leaf(0)) };
    others.iter().all(|other| other == first).then_some(*first)
}

/// The place of a fact in the order, which is that of the catalogue.
pub(super) fn place<F: Fact>(fact: F) -> u8 {
    u8::try_from(fact.index()).unwrap_or(u8::MAX)
}

/// The fact at a place.
pub(super) fn fact<E: Engine>(place: u8) -> Option<E::Fact> {
    E::Fact::ALL.get(usize::from(place)).copied()
}

/// How many values each fact has, in that order.
pub(super) fn values<E: Engine>() -> impl Iterator<Item = usize> {
    E::Fact::ALL.iter().map(|fact| fact.values())
}
