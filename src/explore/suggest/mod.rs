//! What would change a decision: the smallest sets of changes with which a goal is reached.
//!
//! Each change is tried by itself first: the input is edited and read again, and what that does to the facts is its
//! effect. Sets of changes are then tried on facts and knobs alone, which costs a run of the engine each; only what
//! reaches the goal there is carried out in whole, and counts only if the decision that comes out reaches it. A change
//! of which a run asks nothing is not tried on it.

mod change;
mod edit;
mod effect;
mod goal;
mod reads;
mod search;
mod set;
mod ways;

use std::collections::BTreeSet;

use change::changes;
pub use change::{Change, Owner};
use effect::{Effect, Effects, Turn};
pub use goal::Goal;
pub use reads::reads;
use search::Search;
use set::MOST;

use crate::authorize::Decision;
use crate::decide::authorize::component::Component;
use crate::decide::authorize::facts::AuthorizeFact;
use crate::decide::authorize::verdict::Authorize;
use crate::decide::component::Components;
use crate::decide::engine::Decided;
use crate::decide::fact::{Fact, Situation};
use crate::input::{Misuse, Text, Value};
use crate::policy::Policy;
use crate::policy::published::settings;

/// What reaches a goal.
#[derive(Clone, Debug)]
pub struct Suggestions {
    /// The goal is reached as it is.
    pub reached: bool,
    /// Every smallest set of changes, the least intrusive first.
    pub sets: Vec<Suggestion>,
    /// Where no set of at most three changes reaches it: the rules that stand in the way.
    pub blocked_by: Vec<&'static str>,
}

/// A set of changes that reaches a goal, no part of which does.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// The changes.
    pub changes: Vec<Change>,
    /// What else changes.
    pub side_effects: Vec<SideEffect>,
    /// The input with the changes, which can be decided as it stands.
    pub input: Value,
    /// The policy with the changes.
    pub policy: Policy,
}

/// Something else that a set of changes moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SideEffect {
    /// Of which component.
    pub component: &'static str,
    /// Of which aspect of it.
    pub aspect: &'static str,
    /// What was said; nothing where there was nothing to say.
    pub before: Option<&'static str>,
    /// What is said now.
    pub after: Option<&'static str>,
}

impl Policy {
    /// The smallest sets of at most three changes with which an authorization request reaches a goal.
    ///
    /// # Errors
    /// On misuse of the interface.
    pub fn suggest(&self, input: &Value, goal: &Goal) -> Result<Suggestions, Misuse> {
        let (decision, decided) = self.authorize_decided(input)?;
        if reaches(goal, self, &decided, &decision) {
            return Ok(Suggestions { reached: true, sets: Vec::new(), blocked_by: Vec::new() });
        }
        let mut sets = self.sets(input, goal, &decided, &[]);
        // A scope that is not asked for is asked for first.
        if let Some(asks) = goal.scope().and_then(|scope| asked_for(self, input, scope)) {
            let asked = self.sets(input, goal, &decided, &[asks]);
            sets.extend(asked);
        }
        let smallest: Vec<bool> = sets.iter().map(|set| !sets.iter().any(|other| other.is_part_of(set))).collect();
        let mut smallest = smallest.into_iter();
        sets.retain(|_| smallest.next().unwrap_or(true));
        sets.sort_by_key(cost);
        let blocked_by = if sets.is_empty() { decided.trace.rules().map(|rule| rule.id).collect() } else { Vec::new() };
        Ok(Suggestions { reached: false, sets, blocked_by })
    }

    /// The policy as a profile and what differs from it, as `Policy.profile` takes them.
    #[must_use]
    pub fn overrides(&self) -> Value {
        let own = settings(&Self::from(self.profile));
        let differing = settings(self).into_iter().zip(own).filter(|(setting, own)| setting != own);
        Value::Members(differing.map(|((id, value), _)| (Text::fixed(id), value)).collect())
    }

    /// The smallest sets of changes beside some that are made in any case.
    fn sets(&self, input: &Value, goal: &Goal, before: &Decided<Authorize>, made: &[Change]) -> Vec<Suggestion> {
        let (policy, changed) = changed(self, input, made);
        let Ok(situation) = policy.authorize_situation(&changed) else { return Vec::new() };
        if let Some(enough) = self.carried_out(input, goal, made.to_vec(), before) {
            return vec![enough];
        }
        let changes = changes(&policy, &changed, goal.scope());
        let effects = effects(&policy, &changed, &situation, &changes);
        let most = MOST.saturating_sub(made.len());
        let found = Search::new(&policy.knobs, goal, &effects).smallest(situation, most);
        let sets = found.into_iter().filter_map(|set| {
            let more = effects.places(set).into_iter().filter_map(|place| changes.get(place));
            self.carried_out(input, goal, made.iter().chain(more).cloned().collect(), before)
        });
        sets.collect()
    }

    /// A set of changes as it comes out in the whole decision; nothing where it does not reach the goal there.
    fn carried_out(
        &self,
        input: &Value,
        goal: &Goal,
        changes: Vec<Change>,
        before: &Decided<Authorize>,
    ) -> Option<Suggestion> {
        let (policy, changed) = changed(self, input, &changes);
        let (decision, after) = policy.authorize_decided(&changed).ok()?;
        reaches(goal, &policy, &after, &decision).then(|| Suggestion {
            changes,
            side_effects: side_effects(goal, before, &after),
            input: changed,
            policy,
        })
    }
}

impl Suggestion {
    /// Whether another suggestion is this one and more.
    fn is_part_of(&self, other: &Self) -> bool {
        self.changes.len() < other.changes.len()
            && self.changes.iter().all(|change| other.changes.iter().any(|known| known.says == change.says))
    }
}

/// The change with which the request asks for a scope; nothing where it does.
fn asked_for(policy: &Policy, input: &Value, scope: &Text) -> Option<Change> {
    let says = format!("scope contains {scope}");
    changes(policy, input, Some(scope)).into_iter().find(|change| change.says == says)
}

/// Everything that is tried on a request, one change at a time.
#[must_use]
pub fn possible(policy: &Policy, input: &Value, goal: &Goal) -> Vec<Change> {
    changes(policy, input, goal.scope())
}

/// A policy and an input with some changes.
#[must_use]
pub fn changed(policy: &Policy, input: &Value, changes: &[Change]) -> (Policy, Value) {
    let (mut policy, mut changed) = (policy.clone(), input.clone());
    changes.iter().for_each(|change| change.edit.apply(&mut policy, &mut changed));
    (policy, changed)
}

/// Whether a decision reaches a goal.
fn reaches(goal: &Goal, policy: &Policy, decided: &Decided<Authorize>, decision: &Decision) -> bool {
    let scope = goal.scope().is_none_or(|wanted| decision.scope.granted.iter().any(|granted| granted == wanted));
    scope && goal.is_reached(&policy.knobs, &decided.verdict)
}

/// Each change by itself: those that do something to the facts, or turn a knob.
fn effects(policy: &Policy, input: &Value, situation: &Situation<AuthorizeFact>, changes: &[Change]) -> Effects {
    let mut seen = BTreeSet::new();
    let mut effects = Effects { facts: Vec::new(), turns: Vec::new() };
    for (place, change) in changes.iter().enumerate() {
        if let Some(setting) = change.knob() {
            effects.turns.push(Turn { place, setting });
            continue;
        }
        let (mut policy, mut changed) = (policy.clone(), input.clone());
        change.edit.apply(&mut policy, &mut changed);
        let Ok(after) = policy.authorize_situation(&changed) else { continue };
        let differs = AuthorizeFact::ALL.iter().filter(|fact| after.index(**fact) != situation.index(**fact));
        let facts: Vec<(AuthorizeFact, usize)> = differs.map(|fact| (*fact, after.index(*fact))).collect();
        if !facts.is_empty() && seen.insert(facts.clone()) {
            effects.facts.push(Effect::of(place, facts));
        }
    }
    effects
}

/// What else a set of changes moves, beside the goal's own component.
fn side_effects(goal: &Goal, before: &Decided<Authorize>, after: &Decided<Authorize>) -> Vec<SideEffect> {
    /// What a person or a client notices.
    const NOTICED: [Component; 7] = [
        Component::Outcome,
        Component::Error,
        Component::ConsentPage,
        Component::Scope,
        Component::RefreshToken,
        Component::RefreshTokenLifetime,
        Component::Tokens,
    ];
    let said = |component, decided: &Decided<Authorize>| {
        Authorize::aspects(Authorize::part(component, &decided.verdict, &decided.aside))
    };
    let components = NOTICED.iter().filter(|component| **component != goal.component());
    let changes = components.flat_map(|component| {
        let (before, after) = (said(*component, before), said(*component, after));
        // What appears and disappears with a page or a result is told by the outcome.
        let told = before
            .into_iter()
            .zip(after)
            .filter(|((_, before), (_, after))| before != after && before.is_some() && after.is_some());
        told.map(|((aspect, before), (_, after))| SideEffect {
            component: Authorize::component_name(*component),
            aspect,
            before,
            after,
        })
    });
    changes.collect()
}

/// How much a suggestion costs: first the number of changes, then whether it adds a screen or widens a scope, then whom
/// it takes.
fn cost(suggestion: &Suggestion) -> (usize, bool, usize, Vec<Owner>) {
    let adds_screen = suggestion
        .side_effects
        .iter()
        .any(|effect| effect.component == "outcome" && effect.after.is_some_and(|outcome| outcome != "issue"));
    let widens =
        suggestion.side_effects.iter().any(|effect| effect.component == "scope" && effect.after == Some("yes"));
    let mut owners: Vec<Owner> = suggestion.changes.iter().map(|change| change.owner).collect();
    owners.sort_unstable();
    (suggestion.changes.len(), adds_screen || widens, suggestion.side_effects.len(), owners)
}
