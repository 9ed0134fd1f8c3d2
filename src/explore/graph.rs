//! Reduced ordered decision graphs: what follows from the facts, each asked at most once on a way and in one order.
//!
//! Two graphs of the same order say the same exactly where they are the same, however they came about. So a comparison
//! is one of two numbers, and a digest changes with a decision and with nothing else.
//!
//! R. Bryant, "Graph-Based Algorithms for Boolean Function Manipulation" (1986); here facts have two or more values.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// The most values that a fact has.
pub(super) const WIDEST: usize = 16;

/// The bit that tells a leaf from a node.
const LEAF: u32 = 1 << 31;

/// A graph: its topmost node, or a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Graph(u32);

/// A node: a fact by its place in the order, and where each of its values leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Node {
    /// The place of the fact in the order.
    pub(super) fact: u8,
    children: [Graph; WIDEST],
}

/// Graphs that share their nodes.
#[derive(Debug)]
pub(super) struct Graphs<L> {
    /// How many values each fact has.
    values: Vec<usize>,
    nodes: Vec<Node>,
    unique: Fast<Node, Graph>,
    leaves: Vec<L>,
    numbers: Fast<L, Graph>,
    chosen: Fast<Node, Graph>,
}

/// A map whose keys are small numbers of our own making, which nobody chooses to collide.
pub(super) type Fast<K, V> = HashMap<K, V, BuildHasherDefault<Mixed>>;

/// Mixes words by multiplication.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(26) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(u64::try_from(number).unwrap_or(u64::MAX));
    }

    fn write_isize(&mut self, number: isize) {
        self.write_usize(number.unsigned_abs());
    }
}

impl Node {
    /// Where a value leads.
    pub(super) fn child(&self, value: usize) -> Graph {
        self.children.get(value).copied().unwrap_or(Graph(LEAF))
    }
}

impl<L: Copy + Eq + Hash> Graphs<L> {
    /// No graph yet, of facts with so many values.
    pub(super) fn new(values: impl IntoIterator<Item = usize>) -> Self {
        Self {
            values: values.into_iter().collect(),
            nodes: Vec::new(),
            unique: Fast::default(),
            leaves: Vec::new(),
            numbers: Fast::default(),
            chosen: Fast::default(),
        }
    }

    /// The graph that says the same whatever the facts are.
    pub(super) fn leaf(&mut self, says: L) -> Graph {
        let Self { leaves, numbers, .. } = self;
        *numbers.entry(says).or_insert_with(|| {
            let number = u32::try_from(leaves.len()).unwrap_or(0);
            leaves.push(says);
            Graph(LEAF | number)
        })
    }

    /// What a leaf says; none for a node.
    pub(super) fn says(&self, graph: Graph) -> Option<L> {
        self.leaves.get(index(graph.0.checked_sub(LEAF)?)).copied()
    }

    /// The topmost node; none for a leaf.
    pub(super) fn node(&self, graph: Graph) -> Option<Node> {
        self.nodes.get(index(graph.0)).copied()
    }

    /// How many values a fact has.
    pub(super) fn values(&self, fact: u8) -> usize {
        self.values.get(usize::from(fact)).copied().unwrap_or(0)
    }

    /// How many facts there are.
    pub(super) fn facts(&self) -> usize {
        self.values.len()
    }

    /// A node whose children do not ask for its fact or one before it.
    fn ordered(&mut self, node: Node) -> Graph {
        let first = node.child(0);
        if (1..self.values(node.fact)).all(|value| node.child(value) == first) {
            return first;
        }
        let Self { nodes, unique, .. } = self;
        *unique.entry(node).or_insert_with(|| {
            let number = u32::try_from(nodes.len()).unwrap_or(0);
            nodes.push(node);
            Graph(number)
        })
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
    pub(super) fn choose(&mut self, fact: u8, children: impl Fn(usize) -> Graph) -> Graph {
        let mut node = Node { fact, children: [Graph(LEAF); WIDEST] };
        for (value, slot) in node.children.iter_mut().enumerate().take(self.values(fact)) {
            *slot = children(value);
        }
        self.chosen_by(node)
    }

    fn chosen_by(&mut self, node: Node) -> Graph {
        let Node { fact, children } = node;
        let width = self.values(fact);
        let tops = children.iter().take(width).filter_map(|child| self.node(*child)).map(|child| child.fact);
        let top = tops.min().unwrap_or(u8::MAX);
        if top > fact {
            return self.ordered(node);
        }
        if let Some(known) = self.chosen.get(&node) {
            return *known;
        }
        let mut result = Node { fact: top, children: [Graph(LEAF); WIDEST] };
        for value in 0..self.values(top) {
            let child = if top == fact {
                // Each child is asked where this very value is known.
                self.below(node.child(value), fact, value)
            } else {
                let mut below = node;
                for slot in below.children.iter_mut().take(width) {
                    *slot = self.below(*slot, top, value);
                }
                self.chosen_by(below)
            };
            if let Some(slot) = result.children.get_mut(value) {
                *slot = child;
            }
        }
        let graph = self.ordered(result);
        self.chosen.insert(node, graph);
        graph
    }

    /// A graph where a fact is known to have a value.
    pub(super) fn fixed(&mut self, graph: Graph, fact: u8, value: usize) -> Graph {
        let mut found: Fast<Graph, Graph> = Fast::default();
        let at = |found: &Fast<Graph, Graph>, graph: Graph| found.get(&graph).copied().unwrap_or(graph);
        for (place, node) in self.below_all(graph).into_iter().rev() {
            let fixed = if node.fact == fact {
                at(&found, node.child(value))
            } else {
                let mut fixed = node;
                fixed.children.iter_mut().for_each(|child| *child = at(&found, *child));
                self.ordered(fixed)
            };
            found.insert(place, fixed);
        }
        at(&found, graph)
    }

    /// Another graph with its leaves replaced.
    pub(super) fn mapped<M: Copy + Eq + Hash>(
        &mut self,
        source: &Graphs<M>,
        root: Graph,
        say: impl Fn(M) -> L,
    ) -> Graph {
        let mut found: Fast<Graph, Graph> = Fast::default();
        let leaf = self.leaves_of(source, root, &say, &mut found);
        for (graph, node) in source.below_all(root).into_iter().rev() {
            let mut mapped = Node { fact: node.fact, children: [Graph(LEAF); WIDEST] };
            for (value, slot) in mapped.children.iter_mut().enumerate().take(source.values(node.fact)) {
                *slot = found.get(&node.child(value)).copied().unwrap_or(leaf);
            }
            let mapped = self.ordered(mapped);
            found.insert(graph, mapped);
        }
        found.get(&root).copied().unwrap_or(leaf)
    }

    /// The leaves of another graph, replaced; one of them is returned.
    fn leaves_of<M: Copy + Eq + Hash>(
        &mut self,
        source: &Graphs<M>,
        root: Graph,
        say: &impl Fn(M) -> L,
        found: &mut Fast<Graph, Graph>,
    ) -> Graph {
        let nodes = source.below_all(root);
        let children = nodes.iter().flat_map(|(_, node)| (0..source.values(node.fact)).map(|value| node.child(value)));
        let mut last = Graph(LEAF);
        for leaf in std::iter::once(root).chain(children.collect::<Vec<_>>()) {
            if let Some(says) = source.says(leaf) {
                last = self.leaf(say(says));
                found.insert(leaf, last);
            }
        }
        last
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
        let facts = (one.node(left).map(|node| node.fact), other.node(right).map(|node| node.fact));
        let graph = match facts {
            (None, None) => match (one.says(left), other.says(right)) {
                (Some(left), Some(right)) => self.leaf(say(left, right)),
                // A graph that is neither node nor leaf does not exist.
                _ => left,
            },
            (fact, another) => {
                let fact = fact.unwrap_or(u8::MAX).min(another.unwrap_or(u8::MAX));
                let mut node = Node { fact, children: [Graph(LEAF); WIDEST] };
                for value in 0..self.values(fact) {
                    let below = (one.below(left, fact, value), other.below(right, fact, value));
                    let child = self.both_below(one, other, below, say, seen);
                    if let Some(slot) = node.children.get_mut(value) {
                        *slot = child;
                    }
                }
                self.ordered(node)
            }
        };
        seen.insert((left, right), graph);
        graph
    }
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
