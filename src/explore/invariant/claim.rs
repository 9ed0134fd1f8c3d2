//! What an invariant claims of every situation, and the search for one in which it does not hold.

use super::super::explorer::{Explored, Explorer};
use super::super::fast::Fast;
use super::super::graph::{Graph, fact};
use super::super::truth::{Truth, When};
use crate::decide::component::Components;
use crate::decide::engine::Engine;
use crate::decide::fact::{Fact, Situation};
use crate::policy::knobs::Knobs;

/// A claim on every situation.
pub(super) enum Claim<E: Components> {
    /// There is no situation like this.
    Never(Case<E>),
    /// There is no situation like `from` that becomes one like `to` when some facts move and all others stay.
    NeverMoved {
        /// How facts may move; each may stay as it is, too.
        moves: &'static [Move<E::Fact>],
        /// Before.
        from: Case<E>,
        /// After.
        to: Case<E>,
    },
}

/// What a situation is like: the facts, and what components say of it.
pub(super) struct Case<E: Components> {
    pub(super) when: When<E>,
    pub(super) says: &'static [Says<E>],
}

/// That a component says something of this kind.
pub(super) type Says<E> = (<E as Components>::Component, fn(&<E as Components>::Part) -> bool);

/// A value that a fact may move from, and one that it may move to.
pub(super) struct Move<F> {
    pub(super) fact: F,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// A situation in which a claim does not hold, or two of which it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Breach<F: Fact> {
    /// The situation.
    pub situation: Situation<F>,
    /// What it becomes, where the claim is about two.
    pub moved: Option<Situation<F>>,
}

/// What was explored of an engine under one policy.
#[derive(Debug)]
pub struct Survey<E: Components> {
    /// The explorer, in whose graphs the rest lies.
    pub explorer: Explorer<E>,
    /// Every component.
    pub found: Vec<(E::Component, Explored)>,
    /// An ordinary situation, from which counterexamples differ as little as can be.
    ordinary: Situation<E::Fact>,
}

impl<E: Components> Survey<E> {
    /// Explores every component under a policy.
    #[must_use]
    pub(super) fn of(policy: &Knobs, ordinary: Situation<E::Fact>, then: &mut dyn FnMut(&'static str)) -> Self {
        let mut explorer = Explorer::default();
        let mut explored = |component: &E::Component| {
            let explored = explorer.explore(policy, *component);
            then(E::component_name(*component));
            (*component, explored)
        };
        let found = E::COMPONENTS.iter().map(&mut explored).collect();
        Self { explorer, found, ordinary }
    }

    /// What was found of a component.
    #[must_use]
    pub fn explored(&self, component: E::Component) -> Option<&Explored> {
        self.found.iter().find(|(known, _)| *known == component).map(|(_, explored)| explored)
    }

    fn case(&self, policy: &Knobs, case: &Case<E>) -> Truth {
        case.says.iter().fold(Truth::when(&self.explorer, policy, case.when), |truth, (component, says)| {
            match self.explored(*component) {
                Some(explored) if !truth.is_nowhere() => truth.and(&Truth::saying(&self.explorer, explored, says)),
                _ => truth,
            }
        })
    }
}

impl<E: Components> Claim<E> {
    /// A situation in which it does not hold.
    pub(super) fn breach(&self, survey: &Survey<E>, policy: &Knobs) -> Option<Breach<E::Fact>> {
        match self {
            Self::Never(case) => {
                let situation = survey.case(policy, case).nearest::<E>(&survey.ordinary)?;
                Some(Breach { situation, moved: None })
            }
            Self::NeverMoved { moves, from, to } => {
                let (from, to) = (survey.case(policy, from), survey.case(policy, to));
                let mut pairs = Pairs { from: &from, to: &to, moves, found: Vec::new(), dead: Fast::default() };
                if !pairs.search::<E>(from.root, to.root, 0) {
                    return None;
                }
                let mut breach = (survey.ordinary, survey.ordinary);
                for (fact, before, after) in &pairs.found {
                    breach.0 = breach.0.with_index(*fact, *before);
                    breach.1 = breach.1.with_index(*fact, *after);
                }
                Some(Breach { situation: breach.0, moved: Some(breach.1) })
            }
        }
    }

    /// Whether the facts of the claim occur, and whether what it denies is said anywhere: the engine could break it where
    /// both are true of some policy.
    pub(super) fn telling(&self, survey: &Survey<E>, policy: &Knobs) -> Telling {
        let cases: &[&Case<E>] = match self {
            Self::Never(case) => &[case],
            Self::NeverMoved { from, to, .. } => &[from, to],
        };
        let occurs = |case: &&Case<E>| !Truth::when(&survey.explorer, policy, case.when).is_nowhere();
        let said = |(component, says): &Says<E>| {
            survey.explored(*component).is_some_and(|explored| survey.explorer.parts(explored).iter().any(says))
        };
        Telling { occurs: cases.iter().all(occurs), said: cases.iter().flat_map(|case| case.says).all(said) }
    }
}

/// Whether a claim tells anything under a policy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    /// Its facts occur.
    pub occurs: bool,
    /// What it denies is said of some situation.
    pub said: bool,
}

/// A search through two graphs at once.
struct Pairs<'a, F> {
    from: &'a Truth,
    to: &'a Truth,
    moves: &'a [Move<F>],
    /// The facts on the way, with both values.
    found: Vec<(F, usize, usize)>,
    /// Where no way leads on.
    dead: Fast<(Graph, Graph), ()>,
}

impl<F: Fact> Pairs<'_, F> {
    /// Whether there is a way from here on; it is in `found` then.
    fn search<E: Engine<Fact = F>>(&mut self, from: Graph, to: Graph, place: u8) -> bool {
        match (self.from.graphs.says(from), self.to.graphs.says(to)) {
            (Some(false), _) | (_, Some(false)) => return false,
            (Some(true), Some(true)) => return true,
            _ if self.dead.contains_key(&(from, to)) => return false,
            _ => {}
        }
        let asked = |truth: &Truth, graph| truth.graphs.top(graph);
        let next = asked(self.from, from).min(asked(self.to, to)).max(place);
        let Some(fact) = fact::<E>(next) else { return false };
        let below = |truth: &Truth, graph, value| match truth.graphs.node(graph) {
            Some(node) if node.fact == next => node.child(value),
            _ => graph,
        };
        let stays = (0..fact.values()).map(|value| (value, value));
        let moves = self.moves.iter().filter(|a_move| a_move.fact == fact).map(|a_move| (a_move.from, a_move.to));
        for (before, after) in stays.chain(moves) {
            self.found.push((fact, before, after));
            let ends = (below(self.from, from, before), below(self.to, to, after));
            if self.search::<E>(ends.0, ends.1, next.saturating_add(1)) {
                return true;
            }
            self.found.pop();
        }
        self.dead.insert((from, to), ());
        false
    }
}

#[cfg(test)]
mod tests {
    use super::{Breach, Case, Claim, Move, Says, Survey};
    use crate::decide::fact::Situation;
    use crate::decide::lifecycle::component::{Component, Outcome, Part};
    use crate::decide::lifecycle::facts::{LifecycleFact, LifecycleFacts, Occurrence, UserAnswer};
    use crate::decide::lifecycle::verdict::Lifecycle;
    use crate::explore::ordinary::Ordinary;
    use crate::policy::knobs::Knobs;

    const ENDS: Says<Lifecycle> = (Component::Outcome, |part| *part == Part::Outcome(Outcome::Ends));
    const ASKS: Says<Lifecycle> = (Component::Outcome, |part| *part == Part::Outcome(Outcome::AskUser));

    fn breach(claim: &Claim<Lifecycle>) -> Option<Breach<LifecycleFact>> {
        let policy = Knobs::default();
        let survey = Survey::of(&policy, Lifecycle::ordinary(), &mut |_| {});
        claim.breach(&survey, &policy)
    }

    fn differ(one: &Situation<LifecycleFact>, other: &Situation<LifecycleFact>) -> Vec<LifecycleFact> {
        use crate::decide::fact::Fact;
        LifecycleFact::ALL.iter().copied().filter(|fact| one.index(*fact) != other.index(*fact)).collect()
    }

    /// A claim that does not hold has a counterexample that differs from what is ordinary in one fact; one that holds has
    /// none.
    #[test]
    fn a_false_claim_is_found_out() {
        let asks =
            Claim::Never(Case { when: |_, facts| facts.occurrence() == Occurrence::RpInitiatedLogout, says: &[ASKS] });
        let found = breach(&asks).map(|breach| differ(&breach.situation, &Lifecycle::ordinary()));
        assert_eq!(found, Some(vec![LifecycleFact::Occurrence]));
        let holds = Claim::Never(Case { when: |_, facts| facts.occurrence() == Occurrence::Logout, says: &[ASKS] });
        assert_eq!(breach(&holds), None);
    }

    /// Of two situations only what may move differs.
    #[test]
    fn a_false_claim_on_two_situations_is_found_out() {
        const ANSWER: Move<LifecycleFact> =
            Move { fact: LifecycleFact::UserAnswer, from: UserAnswer::Open as usize, to: UserAnswer::Yes as usize };
        let claim = |moves| Claim::NeverMoved {
            moves,
            from: Case { when: |_, _| true, says: &[ASKS] },
            to: Case { when: |_, _| true, says: &[ENDS] },
        };
        let found = breach(&claim(&[ANSWER])).and_then(|breach| Some(differ(&breach.situation, &breach.moved?)));
        assert_eq!(found, Some(vec![LifecycleFact::UserAnswer]));
        assert_eq!(breach(&claim(&[])), None);
    }
}
