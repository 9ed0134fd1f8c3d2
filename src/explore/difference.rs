//! Where two policies differ: as few conditions as say it, none of which holds where they agree.
//!
//! A difference is said against what one of the two says: "where the second issues a refresh token, the first gives none
//! if ...". So a condition does not have to repeat everything that lets a request come so far. What follows from another
//! difference is not said again: where one asks and the other does not, an answer to the page differs as well.

use super::cause::causes;
use super::condition::{Condition, Values};
use super::explorer::{Explored, Explorer};
use super::graph::{Graph, Graphs, place as place_of, values};
use super::ordinary::Ordinary;
use super::sets::Sets;
use crate::decide::component::{Aspect, Components};
use crate::decide::fact::{Fact, Situation};
use crate::policy::knobs::{KnobSetting, Knobs};

/// A condition under which two policies say different things.
#[derive(Clone, Debug)]
pub struct Difference<E: Components> {
    /// Of which component.
    pub component: E::Component,
    /// Of which aspect of it.
    pub aspect: &'static str,
    /// What the first says.
    pub one: &'static str,
    /// What the second says.
    pub other: &'static str,
    /// Against which of them it is said.
    pub given: Side,
    /// Before the person answers, whatever the answer will be.
    pub unanswered: bool,
    condition: Condition,
    /// How many situations differ so.
    pub situations: u128,
    /// The most ordinary of them.
    pub example: Situation<E::Fact>,
    /// The fewest knobs that make the difference there, as the second policy has them; none where no more than
    /// three were found that do.
    pub causes: Vec<KnobSetting>,
}

/// One of two policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The first.
    One,
    /// The second.
    Other,
}

impl<E: Components> Difference<E> {
    /// The facts of the condition, each with the values that it has one of.
    pub fn condition(&self) -> impl Iterator<Item = (E::Fact, Vec<usize>)> {
        self.condition.facts().filter_map(|(fact, values)| {
            let fact = E::Fact::ALL.get(usize::from(fact)).copied()?;
            Some((fact, values.indices().take(fact.values()).collect()))
        })
    }

    /// Whether a situation satisfies the condition.
    #[must_use]
    pub fn holds(&self, situation: &Situation<E::Fact>) -> bool {
        self.condition().all(|(fact, values)| values.contains(&situation.index(fact)))
    }
}

/// What two policies say of one aspect.
type Pair = (Option<&'static str>, Option<&'static str>);

/// The pairs of what two policies say of one aspect, over every situation.
struct Pairs {
    graphs: Graphs<Option<Pair>>,
    root: Graph,
}

impl Pairs {
    /// Those of which there is something to say.
    fn differing(&self) -> Vec<(&'static str, &'static str)> {
        let pairs = self.graphs.leaves_below(self.root).into_iter().flatten();
        pairs.filter_map(|(one, other)| one.zip(other)).filter(|(one, other)| one != other).collect()
    }
}

/// What is compared, and what was said of it already.
#[derive(Debug)]
struct Told {
    sets: Sets,
    /// Situations in which the two are known to differ.
    set: Graph,
}

/// A comparison of two policies over every situation, one component after the other, so that somebody can watch it and
/// stop it.
#[derive(Debug)]
pub struct Comparison<E: Ordinary> {
    explorer: Explorer<E>,
    policies: [Knobs; 2],
    told: Told,
    /// Situations in which the two differ before the person answers.
    differing: Graph,
    found: Vec<Difference<E>>,
    done: usize,
}

impl<E: Ordinary> Comparison<E> {
    /// How many steps a comparison has.
    pub const STEPS: usize = E::OPENING.len().saturating_add(E::COMPONENTS.len());

    /// Before the first component.
    #[must_use]
    pub fn new(one: &Knobs, other: &Knobs) -> Self {
        let sets = Sets::new(values::<E>());
        Self {
            explorer: Explorer::default(),
            policies: [*one, *other],
            differing: sets.none,
            told: Told { set: sets.none, sets },
            found: Vec::new(),
            done: 0,
        }
    }

    /// Compares one more component. Those that say what happens next come first; what follows from them is not told
    /// again. False where all are compared.
    pub fn step(&mut self) -> bool {
        let opening = E::OPENING.get(self.done);
        let rest = self.done.checked_sub(E::OPENING.len()).and_then(|place| E::COMPONENTS.get(place));
        let Some(component) = opening.or(rest).copied() else { return false };
        let unanswered = opening.is_some();
        for (aspect, pairs) in self.explorer.pairs(&self.policies, component, unanswered) {
            if unanswered {
                let differs = |pair: Option<Pair>| pair.is_some_and(|(one, other)| one != other);
                let differs = self.told.sets.of(&pairs.graphs, pairs.root, differs);
                self.differing = self.told.sets.together(self.differing, differs);
            }
            self.found.extend(self.told.tell::<E>(&self.policies, &pairs, component, aspect, unanswered));
        }
        self.done = self.done.saturating_add(1);
        if self.done == E::OPENING.len() {
            self.told.set = self.differing;
        }
        true
    }

    /// How many steps were made.
    #[must_use]
    pub const fn done(&self) -> usize {
        self.done
    }

    /// The differences that were found so far, the most ordinary first.
    #[must_use]
    pub fn found(&self) -> Vec<Difference<E>> {
        let mut found = self.found.clone();
        found.sort_by_key(Difference::ordinariness);
        found
    }
}

impl<E: Ordinary> Explorer<E> {
    /// What two policies say of one component, aspect by aspect where they differ; before the person answers, or
    /// whatever was answered.
    fn pairs(
        &mut self,
        [one, other]: &[Knobs; 2],
        component: E::Component,
        unanswered: bool,
    ) -> Vec<(&'static str, Pairs)> {
        let (one, other): (Explored, Explored) = (self.explore(one, component), self.explore(other, component));
        if one.graph == other.graph {
            return Vec::new();
        }
        let said = self
            .graphs
            .leaves_below(one.graph)
            .into_iter()
            .chain(self.graphs.leaves_below(other.graph))
            .flatten()
            .next();
        let names: Vec<&'static str> = said.map(E::aspects).into_iter().flatten().map(|(name, _)| name).collect();
        let pairs = names.into_iter().enumerate().filter_map(|(place, name)| {
            let word = |part| E::aspects(part).get(place).and_then(|(_, word)| *word);
            let mut words: Graphs<Option<Option<&'static str>>> = Graphs::new(values::<E>());
            let one = words.mapped(&self.graphs, one.graph, |part| part.map(word));
            let other = words.mapped(&self.graphs, other.graph, |part| part.map(word));
            // The same graph says the same.
            if one == other {
                return None;
            }
            let mut graphs = Graphs::new(values::<E>());
            let root = graphs.both(&words, &words, (one, other), |one, other| one.zip(other));
            let root = match E::UNANSWERED {
                Some((fact, value)) if unanswered => graphs.fixed(root, place_of(fact), value),
                _ => root,
            };
            Some((name, Pairs { graphs, root }))
        });
        pairs.collect()
    }
}

impl Told {
    fn tell<E: Ordinary>(
        &mut self,
        policies: &[Knobs; 2],
        pairs: &Pairs,
        component: E::Component,
        aspect: &'static str,
        unanswered: bool,
    ) -> Vec<Difference<E>> {
        let mut found = Vec::new();
        for (one, other) in pairs.differing() {
            let differs = self.sets.of(&pairs.graphs, pairs.root, |pair| pair == Some((Some(one), Some(other))));
            let must = self.sets.without(differs, self.set);
            if must == self.sets.none {
                continue;
            }
            // Against what the first says, it does not matter where that says something else; and so of the second.
            let against = |side, pair| match (side, pair) {
                (_, None) => true,
                (Side::One, Some((left, right))) => left != Some(one) || (right != Some(other) && right != Some(one)),
                (Side::Other, Some((left, right))) => {
                    right != Some(other) || (left != Some(one) && left != Some(other))
                }
            };
            let cover = |told: &mut Self, side| {
                let elsewhere = told.sets.of(&pairs.graphs, pairs.root, |pair| against(side, pair));
                let may = told.sets.together(elsewhere, told.set);
                let may = told.sets.together(may, must);
                (side, told.sets.cover(must, may))
            };
            // No cover has fewer conditions than one.
            let of_other = cover(self, Side::Other);
            let of_one = (of_other.1.len() > 1).then(|| cover(self, Side::One));
            let (given, conditions) = of_one.filter(|of_one| of_one.1.len() < of_other.1.len()).unwrap_or(of_other);
            for condition in merged(conditions) {
                let satisfying = self.sets.satisfying(&condition);
                let within = self.sets.common(satisfying, must);
                let situations = self.sets.graphs.situations(within, |within| within);
                let Some(example) = self.sets.graphs.nearest::<E>(within, &E::ordinary()) else { continue };
                let causes =
                    causes::<E>(policies, &example, |part| said_of(E::aspects(part), aspect) == Some(other), component);
                found.push(Difference {
                    component,
                    aspect,
                    one,
                    other,
                    given,
                    unanswered,
                    condition,
                    situations,
                    example,
                    causes,
                });
            }
        }
        found
    }
}

impl<E: Ordinary> Difference<E> {
    /// How far its example is from an ordinary request, and how long the condition is.
    fn ordinariness(&self) -> (usize, usize) {
        let ordinary = E::ordinary();
        let changed = E::Fact::ALL.iter().filter(|fact| self.example.index(**fact) != ordinary.index(**fact)).count();
        (changed, self.condition.len())
    }
}

/// The word for an aspect.
pub(super) fn said_of(aspects: Vec<Aspect>, aspect: &str) -> Option<&'static str> {
    aspects.into_iter().find(|(name, _)| *name == aspect).and_then(|(_, word)| word)
}

/// Conditions that differ in the values of one fact alone become one, until no two do.
fn merged(mut conditions: Vec<Condition>) -> Vec<Condition> {
    let mut at = 0;
    while let Some(one) = conditions.get(at).cloned() {
        let found = conditions.iter().enumerate().skip(at.saturating_add(1)).find_map(|(place, other)| {
            let (fact, values): (u8, Values) = one.merged(other)?;
            Some((place, one.clone().with(fact, Some(values))))
        });
        match found {
            Some((place, both)) => {
                conditions.remove(place);
                if let Some(slot) = conditions.get_mut(at) {
                    *slot = both;
                }
                at = 0;
            }
            None => at = at.saturating_add(1),
        }
    }
    conditions
}
