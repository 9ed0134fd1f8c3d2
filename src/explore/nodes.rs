//! Nodes, each kept once: a node is found again by what it asks and where that leads.

use super::fast::mix;

/// The most values that a fact has.
pub(super) const WIDEST: usize = 16;

/// The bit that tells a leaf from a node.
const LEAF: u32 = 1 << 31;

/// Stands for a number that no node has.
const NONE: u32 = u32::MAX;

/// How many places a table has at first.
const FEWEST: usize = 32;

/// A graph: its topmost node, or a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Graph(u32);

impl Graph {
    /// A leaf by its number.
    pub(super) fn leaf(number: usize) -> Self {
        Self(LEAF | u32::try_from(number).unwrap_or(0))
    }

    pub(super) const fn node(number: u32) -> Self {
        Self(number)
    }

    /// The number of a leaf; none for a node.
    pub(super) fn leaf_number(self) -> Option<usize> {
        self.0.checked_sub(LEAF).map(index)
    }

    /// The number of a node; none for a leaf.
    pub(super) fn node_number(self) -> Option<usize> {
        (self.0 < LEAF).then(|| index(self.0))
    }
}

/// A node: a fact by its place in the order, and where each of its values leads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'a> {
    /// The place of the fact in the order.
    pub(super) fact: u8,
    /// Where each value leads.
    pub(super) children: &'a [Graph],
}

impl Node<'_> {
    /// Where a value leads.
    pub(super) fn child(&self, value: usize) -> Graph {
        self.children.get(value).copied().unwrap_or(Graph(LEAF))
    }
}

/// Where the values of a fact lead, before there is a node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Children {
    graphs: [Graph; WIDEST],
    count: usize,
}

impl Children {
    /// One child for each value.
    pub(super) fn of(count: usize, mut child: impl FnMut(usize) -> Graph) -> Self {
        let mut graphs = [Graph(LEAF); WIDEST];
        graphs.iter_mut().enumerate().take(count).for_each(|(value, slot)| *slot = child(value));
        Self { graphs, count }
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Graph> {
        self.graphs.iter_mut().take(self.count)
    }

    pub(super) fn as_slice(&self) -> &[Graph] {
        self.graphs.get(..self.count).unwrap_or(&self.graphs)
    }
}

/// What a node asks, and where its children stand.
#[derive(Clone, Copy, Debug)]
struct Head {
    fact: u8,
    count: u8,
    first: u32,
}

/// A place of the table, with a part of the hash, so that most other nodes are told apart without being looked at.
#[derive(Clone, Copy, Debug)]
struct Slot {
    hash: u32,
    number: u32,
}

/// Nodes by number, and the table in which they are found.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    heads: Vec<Head>,
    children: Vec<Graph>,
    /// A power of two, of which at most half is taken.
    slots: Vec<Slot>,
}

impl Nodes {
    pub(super) fn get(&self, number: usize) -> Option<Node<'_>> {
        let head = self.heads.get(number)?;
        let first = index(head.first);
        let children = self.children.get(first..first.wrapping_add(usize::from(head.count)))?;
        Some(Node { fact: head.fact, children })
    }

    /// The fact that a node asks.
    pub(super) fn fact(&self, number: usize) -> Option<u8> {
        self.heads.get(number).map(|head| head.fact)
    }

    pub(super) fn len(&self) -> usize {
        self.heads.len()
    }

    /// The number of a node, which is new if there is none like it.
    pub(super) fn number(&mut self, fact: u8, children: &[Graph]) -> u32 {
        if self.heads.len().saturating_mul(2) >= self.slots.len() {
            self.grow();
        }
        let hash = hash(fact, children);
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = index(hash) & mask;
        while let Some(slot) = self.slots.get(at).filter(|slot| slot.number != NONE) {
            if slot.hash == hash && self.is(slot.number, fact, children) {
                return slot.number;
            }
            at = at.wrapping_add(1) & mask;
        }
        let number = u32::try_from(self.heads.len()).unwrap_or(0);
        let first = u32::try_from(self.children.len()).unwrap_or(0);
        self.heads.push(Head { fact, count: u8::try_from(children.len()).unwrap_or(0), first });
        self.children.extend_from_slice(children);
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Slot { hash, number };
        }
        number
    }

    fn is(&self, number: u32, fact: u8, children: &[Graph]) -> bool {
        self.get(index(number)).is_some_and(|node| node.fact == fact && node.children == children)
    }

    fn grow(&mut self) {
        let size = self.slots.len().saturating_mul(2).max(FEWEST);
        let before = std::mem::replace(&mut self.slots, vec![Slot { hash: 0, number: NONE }; size]);
        let mask = size.wrapping_sub(1);
        for slot in before.into_iter().filter(|slot| slot.number != NONE) {
            let mut at = index(slot.hash) & mask;
            while self.slots.get(at).is_some_and(|taken| taken.number != NONE) {
                at = at.wrapping_add(1) & mask;
            }
            if let Some(free) = self.slots.get_mut(at) {
                *free = slot;
            }
        }
    }
}

/// The upper half of what is mixed from two children at a time.
fn hash(fact: u8, children: &[Graph]) -> u32 {
    let mixed = children.chunks(2).fold(u64::from(fact), |mixed, two| {
        let word = two.iter().fold(0, |word, child| (word << 32) | u64::from(child.0));
        mix(mixed, word)
    });
    u32::try_from(mixed >> 32).unwrap_or(0)
}

pub(super) fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
