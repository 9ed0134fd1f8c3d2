//! Every situation that can occur, component by component.

use std::collections::HashMap;

use super::exploration::Exploration;
use super::graph::{Graph, Graphs, fact, place, values};
use super::stages::Stages;
use super::walk::Known;
use crate::decide::component::Components;
use crate::decide::engine::Impossible;
use crate::decide::fact::{Fact, Situation};
use crate::policy::knobs::Knobs;

/// Explores an engine. What it found under one policy and what it found under another can be compared.
#[derive(Debug)]
pub struct Explorer<E: Components> {
    possible: (Graphs<bool>, Graph),
    /// What is said of each situation; nothing where it cannot occur.
    pub(super) graphs: Graphs<Option<E::Part>>,
    /// What was explored already.
    known: HashMap<(Knobs, E::Component), Explored>,
    /// What the stages lead to under each policy.
    stages: HashMap<Knobs, Stages<E>>,
}

/// What an explorer found: one component under one policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explored {
    pub(super) graph: Graph,
    /// How many ways lead through the stages from these states.
    pub steps: u64,
    /// How many states were met between the stages.
    pub states: usize,
}

/// A leaf: a condition on facts, and what follows from it.
#[derive(Clone, Debug)]
pub struct Condition<E: Components> {
    /// The facts that were asked, with the index of their value. Every other fact may be anything.
    pub way: Vec<(E::Fact, usize)>,
    /// What is said; nothing where that cannot occur.
    pub says: Option<E::Part>,
}

impl<E: Components> Default for Explorer<E> {
    fn default() -> Self {
        let mut graphs = Graphs::new(values::<E>());
        let (no, yes) = (graphs.leaf(false), graphs.leaf(true));
        let possible = E::IMPOSSIBLE.iter().fold(yes, |rest, Impossible { one, other }| {
            let both = graphs.choose(place(other.0), |value| if value == other.1 { no } else { rest });
            graphs.choose(place(one.0), |value| if value == one.1 { both } else { rest })
        });
        Self {
            possible: (graphs, possible),
            graphs: Graphs::new(values::<E>()),
            known: HashMap::new(),
            stages: HashMap::new(),
        }
    }
}

impl<E: Components> Explorer<E> {
    /// How many situations there are: one for every combination of values that can occur.
    #[must_use]
    pub fn situations(&self) -> u128 {
        let (graphs, possible) = &self.possible;
        graphs.situations(*possible, |possible| possible)
    }

    /// How many combinations of values there are, whether they can occur or not.
    #[must_use]
    pub fn combinations(&self) -> u128 {
        let (graphs, possible) = &self.possible;
        graphs.situations(*possible, |_| true)
    }

    /// Where a situation can occur.
    pub(super) const fn possible(&self) -> (&Graphs<bool>, Graph) {
        (&self.possible.0, self.possible.1)
    }

    /// Follows one component of the verdicts under a policy through every situation. What was followed once is
    /// remembered.
    pub fn explore(&mut self, policy: &Knobs, component: E::Component) -> Explored {
        if let Some(known) = self.known.get(&(*policy, component)) {
            return *known;
        }
        let mut whole = Graphs::new(values::<E>());
        let stages = self.stages.entry(*policy).or_default();
        let mut exploration = Exploration::<E, _, _>::new(policy, component, stages, &mut whole, |part| part);
        let graph = exploration.whole();
        let (steps, states) = (exploration.ways, exploration.states());
        let (possible, root) = &self.possible;
        let graph = self.graphs.both(&whole, possible, (graph, *root), |part, possible| possible.then_some(part));
        let explored = Explored { graph, steps, states };
        self.known.insert((*policy, component), explored);
        explored
    }

    /// What it says of a situation; nothing where that cannot occur.
    #[must_use]
    pub fn part(&self, explored: &Explored, situation: &Situation<E::Fact>) -> Option<E::Part> {
        self.graphs.at(explored.graph, |place| fact::<E>(place).map_or(0, |fact| situation.index(fact))).flatten()
    }

    /// What it says of the situations in which some facts have these values: every part, each once.
    #[must_use]
    pub fn parts_where(&self, explored: &Explored, known: &[(E::Fact, usize)]) -> Vec<E::Part> {
        let value = |place: u8| {
            let fact = fact::<E>(place)?;
            known.iter().find(|(known, _)| *known == fact).map(|(_, value)| *value)
        };
        self.graphs.leaves_where(explored.graph, value).into_iter().flatten().collect()
    }

    /// Whether every situation that can occur, and of which this is known, leads to the same part. Nothing is sampled,
    /// and only what is not known is followed.
    pub(super) fn is_settled(
        &self,
        policy: &Knobs,
        component: E::Component,
        part: E::Part,
        known: Known<E::Fact>,
    ) -> bool {
        let mut graphs = Graphs::new(values::<E>());
        let other = |said| said != part;
        let mut stages = Stages::given(known);
        let graph = Exploration::<E, _, _>::new(policy, component, &mut stages, &mut graphs, other).whole();
        let (possible, root) = &self.possible;
        let value = |place: u8| fact::<E>(place).and_then(|fact| known.value(fact));
        !graphs.meets(possible, (graph, *root), value)
    }

    /// How many leaves its tree has: conditions that exclude each other, each with what follows from it.
    #[must_use]
    pub fn leaves(&self, explored: &Explored) -> u128 {
        self.graphs.ways(explored.graph, |part| part.is_some())
    }

    /// Every leaf, in order: the values of the facts that lead there, and what it says. Only for small graphs.
    #[must_use]
    pub fn conditions(&self, explored: &Explored) -> Vec<Condition<E>> {
        let mut found = Vec::new();
        let mut left = vec![(explored.graph, Vec::new())];
        while let Some((graph, way)) = left.pop() {
            match (self.graphs.says(graph), self.graphs.node(graph)) {
                (Some(says), _) => found.push(Condition { way, says }),
                (None, Some(node)) => {
                    let Some(fact) = fact::<E>(node.fact) else { continue };
                    for value in (0..fact.values()).rev() {
                        let mut way = way.clone();
                        way.push((fact, value));
                        left.push((node.child(value), way));
                    }
                }
                (None, None) => {}
            }
        }
        found
    }

    /// How many nodes its graph has, where equal branches are one.
    #[must_use]
    pub fn nodes(&self, explored: &Explored) -> usize {
        self.graphs.nodes_below(explored.graph).graphs().len()
    }

    /// Every different thing that it says.
    #[must_use]
    pub fn parts(&self, explored: &Explored) -> Vec<E::Part> {
        self.graphs.leaves_below(explored.graph).into_iter().flatten().collect()
    }

    /// How many situations it says this of.
    #[must_use]
    pub fn saying(&self, explored: &Explored, what: impl Fn(E::Part) -> bool) -> u128 {
        self.graphs.situations(explored.graph, |part| part.is_some_and(&what))
    }
}
