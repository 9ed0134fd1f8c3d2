//! The nodes of one graph among all that share their nodes.

use super::nodes::{Graph, Nodes};

/// How many nodes a word of marks has.
const WORD: usize = 64;

/// The nodes of a graph, each once and after those below it, and the place of each among them.
///
/// A node is made after its children, so those below it have lower numbers.
#[derive(Debug)]
pub(super) struct Below {
    marks: Marks,
    /// How many are marked before each word.
    before: Vec<usize>,
    graphs: Vec<Graph>,
}

/// A set of nodes.
#[derive(Debug)]
pub(super) struct Marks(Vec<u64>);

impl Marks {
    /// Room for the nodes with at most this number.
    pub(super) fn up_to(number: usize) -> Self {
        Self(vec![0; (number >> 6).saturating_add(1)])
    }

    /// Marks a node; false where it is marked already.
    pub(super) fn add(&mut self, number: usize) -> bool {
        let Some(word) = self.0.get_mut(number >> 6) else { return false };
        let bit = bit(number);
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    /// Those of a word with lower numbers than this.
    fn lower(&self, number: usize) -> u64 {
        self.0.get(number >> 6).map_or(0, |word| word & bit(number).wrapping_sub(1))
    }

    fn has(&self, number: usize) -> bool {
        self.0.get(number >> 6).is_some_and(|word| word & bit(number) != 0)
    }
}

impl Below {
    pub(super) fn of(all: &Nodes, root: Graph) -> Self {
        let Some(top) = root.node_number() else {
            return Self { marks: Marks(Vec::new()), before: Vec::new(), graphs: Vec::new() };
        };
        let mut marks = Marks::up_to(top);
        marks.add(top);
        let mut graphs = Vec::new();
        for place in (0..marks.0.len()).rev() {
            let first = place.saturating_mul(WORD);
            let mut left = marks.0.get(place).copied().unwrap_or(0);
            while let Some(highest) = left.checked_ilog2() {
                let number = first.saturating_add(usize::try_from(highest).unwrap_or(0));
                graphs.push(Graph::node(u32::try_from(number).unwrap_or(0)));
                let children = all.get(number).map_or(&[][..], |node| node.children);
                for child in children.iter().filter_map(|child| child.node_number()) {
                    marks.add(child);
                }
                left = marks.lower(number);
            }
        }
        graphs.reverse();
        let counts = marks.0.iter().scan(0_usize, |sum, word| {
            let before = *sum;
            *sum = before.saturating_add(usize::try_from(word.count_ones()).unwrap_or(0));
            Some(before)
        });
        let before = counts.collect();
        Self { marks, before, graphs }
    }

    /// The nodes.
    pub(super) fn graphs(&self) -> &[Graph] {
        &self.graphs
    }

    /// The place of a node among them; none for a leaf.
    pub(super) fn place(&self, graph: Graph) -> Option<usize> {
        let number = graph.node_number().filter(|number| self.marks.has(*number))?;
        let before = self.before.get(number >> 6)?;
        Some(before.saturating_add(usize::try_from(self.marks.lower(number).count_ones()).unwrap_or(0)))
    }

    /// What was noted of a node, of what was noted of all that are before it in order.
    pub(super) fn noted<S: Copy>(&self, noted: &[S], graph: Graph) -> Option<S> {
        noted.get(self.place(graph)?).copied()
    }
}

const fn bit(number: usize) -> u64 {
    1 << (number & 63)
}
