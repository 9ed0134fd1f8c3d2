//! Sets of situations, as graphs: what they have in common, together, and one without the other; and a cover of a set by
//! few conditions.

use super::condition::Condition;
use super::fast::Fast;
use super::graph::{Graph, Graphs};
use super::nodes::Children;

/// Sets of situations.
#[derive(Debug)]
pub(super) struct Sets {
    pub(super) graphs: Graphs<bool>,
    /// No situation, and every situation.
    pub(super) none: Graph,
    pub(super) all: Graph,
    known: Fast<(Operation, Graph, Graph), Graph>,
    covered: Fast<(Graph, Graph), Covered>,
}

/// What becomes of two sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Operation {
    /// What is in both.
    Common,
    /// What is in either.
    Together,
    /// What is in the first and not in the second.
    Without,
}

/// A cover: its conditions, and the situations that satisfy at least one of them.
#[derive(Clone, Debug)]
struct Covered {
    conditions: Vec<Condition>,
    set: Graph,
}

impl Operation {
    /// The result where it is known without looking further.
    fn at_once(self, sets: &Sets, one: Graph, other: Graph) -> Option<Graph> {
        let Sets { none, all, .. } = *sets;
        match self {
            Self::Common if one == none || other == none => Some(none),
            Self::Common if one == all || one == other => Some(other),
            Self::Common if other == all => Some(one),
            Self::Together if one == all || other == all => Some(all),
            Self::Together if one == none || one == other => Some(other),
            Self::Together if other == none => Some(one),
            Self::Without if one == none || other == all || one == other => Some(none),
            Self::Without if other == none => Some(one),
            Self::Common | Self::Together | Self::Without => None,
        }
    }

    const fn of(self, one: bool, other: bool) -> bool {
        match self {
            Self::Common => one && other,
            Self::Together => one || other,
            Self::Without => one && !other,
        }
    }
}

impl Sets {
    pub(super) fn new(values: impl IntoIterator<Item = usize>) -> Self {
        let mut graphs = Graphs::new(values);
        let (none, all) = (graphs.leaf(false), graphs.leaf(true));
        Self { graphs, none, all, known: Fast::default(), covered: Fast::default() }
    }

    /// The situations of which a graph says what is looked for.
    pub(super) fn of<L: Copy + Eq + std::hash::Hash>(
        &mut self,
        source: &Graphs<L>,
        root: Graph,
        looked_for: impl Fn(L) -> bool,
    ) -> Graph {
        self.graphs.mapped(source, root, looked_for)
    }

    pub(super) fn common(&mut self, one: Graph, other: Graph) -> Graph {
        self.apply(Operation::Common, one, other)
    }

    pub(super) fn together(&mut self, one: Graph, other: Graph) -> Graph {
        self.apply(Operation::Together, one, other)
    }

    pub(super) fn without(&mut self, one: Graph, other: Graph) -> Graph {
        self.apply(Operation::Without, one, other)
    }

    fn apply(&mut self, operation: Operation, one: Graph, other: Graph) -> Graph {
        if let Some(known) = operation.at_once(self, one, other) {
            return known;
        }
        if let Some(known) = self.known.get(&(operation, one, other)) {
            return *known;
        }
        let result = match self.top(one, other) {
            Some(fact) => {
                let children = Children::of(self.graphs.values(fact), |value| {
                    let (one, other) = (self.graphs.below(one, fact, value), self.graphs.below(other, fact, value));
                    self.apply(operation, one, other)
                });
                self.graphs.ordered(fact, children.as_slice())
            }
            None => {
                let says = |graph| self.graphs.says(graph) == Some(true);
                if operation.of(says(one), says(other)) { self.all } else { self.none }
            }
        };
        self.known.insert((operation, one, other), result);
        result
    }

    fn top(&self, one: Graph, other: Graph) -> Option<u8> {
        let fact = self.graphs.top(one).min(self.graphs.top(other));
        (fact != u8::MAX).then_some(fact)
    }

    /// The situations that satisfy a condition.
    pub(super) fn satisfying(&mut self, condition: &Condition) -> Graph {
        let (none, all) = (self.none, self.all);
        condition.facts().rev().fold(all, |rest, (fact, values)| {
            let children = Children::of(self.graphs.values(fact), |value| if values.has(value) { rest } else { none });
            self.graphs.ordered(fact, children.as_slice())
        })
    }

    /// Conditions that together hold for every situation that must be covered, and for none that may not be.
    ///
    /// S. Minato, "Fast Generation of Prime-Irredundant Covers from Binary Decision Diagrams" (1993), for facts of two or
    /// more values: what can be said without the topmost fact is said without it.
    pub(super) fn cover(&mut self, must: Graph, may: Graph) -> Vec<Condition> {
        self.covered(must, may).conditions
    }

    fn covered(&mut self, must: Graph, may: Graph) -> Covered {
        if must == self.none {
            return Covered { conditions: Vec::new(), set: self.none };
        }
        if may == self.all {
            return Covered { conditions: vec![Condition::default()], set: self.all };
        }
        if let Some(known) = self.covered.get(&(must, may)) {
            return known.clone();
        }
        // A set that is neither empty nor everything asks at least one fact.
        let Some(fact) = self.top(must, may) else {
            return Covered { conditions: vec![Condition::default()], set: self.all };
        };
        let values = self.graphs.values(fact);
        let below: Vec<(Graph, Graph)> = (0..values)
            .map(|value| (self.graphs.below(must, fact, value), self.graphs.below(may, fact, value)))
            .collect();
        let anyway = below.iter().fold(self.all, |anyway, (_, may)| self.common(anyway, *may));
        let mut conditions = Vec::new();
        let mut sets = vec![self.none; values];
        let mut rest = self.none;
        for (first, (must, may)) in below.iter().enumerate() {
            let alike: Vec<usize> = (0..values).filter(|value| below.get(*value) == Some(&(*must, *may))).collect();
            if alike.first() != Some(&first) {
                continue;
            }
            let own = self.without(*must, anyway);
            let covered = self.covered(own, *may);
            conditions.extend(covered.conditions.into_iter().map(|condition| condition.and(fact, &alike)));
            alike.iter().filter_map(|value| sets.get_mut(*value).map(|set| *set = covered.set)).for_each(drop);
            let left = self.without(*must, covered.set);
            rest = self.together(rest, left);
        }
        let covered = self.covered(rest, anyway);
        conditions.extend(covered.conditions);
        let children: Vec<Graph> = sets.into_iter().map(|set| self.together(set, covered.set)).collect();
        let result = Covered { conditions, set: self.graphs.ordered(fact, &children) };
        self.covered.insert((must, may), result.clone());
        result
    }
}
