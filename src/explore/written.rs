//! What the explorer finds, as plain values for whoever asked.

use super::claim::{Claim, Counterexample, Explorers};
use super::clause::clause;
use super::difference::{Comparison, Difference, Side};
use super::explorer::Explorer;
use super::ordinary::Ordinary;
use super::place::Placed;
use super::sample::{Sample, authorization, occurrence, token_request};
use super::suggest::{Goal, Suggestions};
use super::words::Words;
use crate::answer::PackedSituation;
use crate::decide::authorize::verdict::Authorize;
use crate::decide::fact::{Fact, Situation};
use crate::decide::lifecycle::verdict::Lifecycle;
use crate::decide::token::verdict::Token;
use crate::input::{Misuse, MisuseCode, Node, Shape, Value};
use crate::policy::Policy;
use crate::policy::knobs::KnobSetting;

/// A comparison of two policies at all three endpoints, step by step.
#[derive(Debug)]
pub struct Differing {
    policies: [Policy; 2],
    authorize: Comparison<Authorize>,
    token: Comparison<Token>,
    lifecycle: Comparison<Lifecycle>,
}

impl Differing {
    /// How many steps there are.
    pub const STEPS: usize = Comparison::<Authorize>::STEPS
        .saturating_add(Comparison::<Token>::STEPS)
        .saturating_add(Comparison::<Lifecycle>::STEPS);

    /// Before the first step.
    #[must_use]
    pub fn new(one: &Policy, other: &Policy) -> Self {
        let (left, right) = (&one.knobs, &other.knobs);
        Self {
            authorize: Comparison::new(left, right),
            token: Comparison::new(left, right),
            lifecycle: Comparison::new(left, right),
            policies: [one.clone(), other.clone()],
        }
    }

    /// One step; false where all are made.
    pub fn step(&mut self) -> bool {
        self.authorize.step() || self.token.step() || self.lifecycle.step()
    }

    /// How many steps were made.
    #[must_use]
    pub const fn done(&self) -> usize {
        self.authorize.done().saturating_add(self.token.done()).saturating_add(self.lifecycle.done())
    }

    /// The differences that were found.
    #[must_use]
    pub fn written(&self) -> Value {
        let [policy, _] = &self.policies;
        let mut differences = Vec::new();
        let found = self.authorize.found();
        differences.extend(found.iter().map(|found| difference(found, authorization(policy, &found.example))));
        let found = self.token.found();
        differences.extend(found.iter().map(|found| difference(found, token_request(policy, &found.example))));
        let found = self.lifecycle.found();
        differences.extend(found.iter().map(|found| difference(found, occurrence(policy, &found.example))));
        Value::List(differences)
    }
}

fn difference<E: Ordinary + Words>(found: &Difference<E>, sample: Sample<E::Fact>) -> Value
where
    E::Fact: Placed,
{
    let component = E::component_name(found.component);
    let given = match found.given {
        Side::One => "one",
        Side::Other => "other",
    };
    let condition = found.condition().map(|(fact, values)| {
        let names = values.iter().filter_map(|value| fact.value_names().get(*value)).map(|name| Value::from(*name));
        let says: Vec<&str> = values.iter().map(|value| fact.says(*value)).collect();
        Value::object([
            ("fact", Value::from(fact.name())),
            ("values", Value::List(names.collect())),
            ("says", Value::from(says.join(", or "))),
            ("belongs_to", belongs_to(fact)),
        ])
    });
    Value::object([
        ("endpoint", Value::from(E::ENGINE)),
        ("component", Value::from(component)),
        ("aspect", Value::from(found.aspect)),
        ("one", Value::from(found.one)),
        ("other", Value::from(found.other)),
        ("one_says", Value::from(clause(component, found.aspect, found.one))),
        ("other_says", Value::from(clause(component, found.aspect, found.other))),
        ("given", Value::from(given)),
        ("before_answer", Value::Boolean(found.unanswered)),
        ("condition", Value::List(condition.collect())),
        ("situations", Value::from(found.situations.to_string())),
        ("causes", Value::List(found.causes.iter().map(|setting| knob(*setting)).collect())),
        ("example", example(found.example, sample)),
    ])
}

fn belongs_to<F: Placed>(fact: F) -> Value {
    let belongs = fact.belongs();
    Value::object([("group", Value::from(belongs.group.name())), ("member", Value::from(belongs.member))])
}

fn knob(setting: KnobSetting) -> Value {
    Value::object([("knob", Value::from(setting.id())), ("value", setting.option().into())])
}

/// A situation as an input that can be decided.
fn example<F: Fact>(situation: Situation<F>, sample: Sample<F>) -> Value {
    let configuration = sample.configuration.into_iter().map(|(key, value)| (key.into(), Value::from(value)));
    Value::object([
        ("situation", PackedSituation::from(situation).write()),
        ("call", Value::from(sample.call.name())),
        ("input", sample.input),
        ("configuration", Value::Members(configuration.collect())),
        ("exact", Value::Boolean(sample.differs.is_empty())),
    ])
}

impl Policy {
    /// What would change an authorization request's decision, as a plain value.
    ///
    /// # Errors
    /// On misuse of the interface.
    pub fn suggestions(&self, input: &Value, goal: &Value) -> Result<Value, Misuse> {
        Ok(suggestions(&self.suggest(input, &read_goal(goal)?)?))
    }

    /// The most ordinary situation that refutes a claim about this policy and one that is to take its place; null where
    /// the claim holds in every situation.
    #[must_use]
    pub fn refuted(&self, claim: Claim, after: &Self) -> Value {
        match Explorers::default().refute(claim, &self.knobs, &after.knobs) {
            None => Value::Null,
            Some(Counterexample::Authorize(found)) => example(found, authorization(self, &found)),
            Some(Counterexample::Token(found)) => example(found, token_request(self, &found)),
            Some(Counterexample::Lifecycle(found)) => example(found, occurrence(self, &found)),
        }
    }

    /// How large the space of situations is, and what each component's graph comes to.
    #[must_use]
    pub fn explored(&self) -> Value {
        let mut components = Vec::new();
        let spaces = [
            self.explored_by::<Authorize>(&mut components),
            self.explored_by::<Token>(&mut components),
            self.explored_by::<Lifecycle>(&mut components),
        ];
        Value::object([("endpoints", Value::List(spaces.into())), ("components", Value::List(components))])
    }

    fn explored_by<E: Words>(&self, components: &mut Vec<Value>) -> Value {
        let mut explorer = Explorer::<E>::default();
        for component in E::COMPONENTS {
            let explored = explorer.explore(&self.knobs, *component);
            components.push(Value::object([
                ("endpoint", Value::from(E::ENGINE)),
                ("component", Value::from(E::component_name(*component))),
                ("leaves", Value::from(explorer.leaves(&explored).to_string())),
                ("nodes", count(explorer.nodes(&explored))),
                ("digest", Value::from(explorer.digest(&explored).to_string())),
            ]));
        }
        Value::object([
            ("endpoint", Value::from(E::ENGINE)),
            ("facts", count(E::Fact::ALL.len())),
            ("situations", Value::from(explorer.situations().to_string())),
            ("combinations", Value::from(explorer.combinations().to_string())),
        ])
    }
}

fn count(number: usize) -> Value {
    Value::whole(u64::try_from(number).unwrap_or(u64::MAX))
}

/// A goal is a word, or an object with the scope that is to be granted.
fn read_goal(goal: &Value) -> Result<Goal, Misuse> {
    let node = Node::root(goal, "goal");
    if matches!(goal, Value::Members(_)) {
        let members = node.members()?;
        return match members.iter().collect::<Vec<_>>().as_slice() {
            [(name, scope)] if *name == "scope" => Ok(Goal::Scope(scope.text()?.clone())),
            _ => Err(node.misuse(MisuseCode::WrongValue, "must be a word, or { scope } alone")),
        };
    }
    let word = node.text()?;
    let known = Goal::NAMED.iter().find(|(name, _)| word == name);
    known.map(|(_, goal)| goal.clone()).ok_or_else(|| {
        let names: Vec<&str> = Goal::NAMED.iter().map(|(name, _)| *name).collect();
        node.misuse(MisuseCode::WrongValue, &format!("must be {{ scope }} or one of {}", names.join(", ")))
    })
}

fn suggestions(found: &Suggestions) -> Value {
    let sets = found.sets.iter().map(|set| {
        let changes = set.changes.iter().map(|change| {
            Value::object([
                ("owner", Value::from(change.owner.name())),
                ("member", Value::from(change.member.as_str())),
                ("says", Value::from(change.says.as_str())),
                ("knob", change.knob().map_or(Value::Null, knob)),
            ])
        });
        let side_effects = set.side_effects.iter().map(|effect| {
            let word = |word: Option<&'static str>| word.map_or(Value::Null, Value::from);
            Value::object([
                ("component", Value::from(effect.component)),
                ("aspect", Value::from(effect.aspect)),
                ("before", word(effect.before)),
                ("after", word(effect.after)),
                (
                    "says",
                    effect.after.map_or(Value::Null, |after| clause(effect.component, effect.aspect, after).into()),
                ),
            ])
        });
        let policy =
            Value::object([("profile", Value::from(set.policy.profile.name)), ("overrides", set.policy.overrides())]);
        Value::object([
            ("changes", Value::List(changes.collect())),
            ("side_effects", Value::List(side_effects.collect())),
            ("applied", Value::object([("input", set.input.clone()), ("policy", policy)])),
        ])
    });
    Value::object([
        ("reached", Value::Boolean(found.reached)),
        ("suggestions", Value::List(sets.collect())),
        ("blocked_by", Value::List(found.blocked_by.iter().map(|rule| Value::from(*rule)).collect())),
    ])
}
