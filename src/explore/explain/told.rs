//! From a reason to a sentence.

use super::shapes::{About, BelongsTo, BelongsToGroup, ExplainedFact, ExplainedKnob, Explanation, Sentence};
use crate::answer::{RuleId, Source};
use crate::decide::component::Components;
use crate::decide::fact::Situation;
use crate::decide::rule::{Rule, RuleNumber};
use crate::explore::place::{Belongs, Group, Placed};
use crate::explore::reason::{Reason, Reasons, Settling};
use crate::input::{Text, Value};

/// A reason names so many facts in words; all of them stand beside it.
const MOST_CLAUSES: usize = 4;

/// What a sentence is to say.
pub(super) struct Say {
    pub(super) about: About,
    pub(super) of: Option<Text>,
    /// Without the full stop.
    pub(super) says: String,
}

impl Say {
    pub(super) fn new(about: About, says: impl Into<String>) -> Self {
        Self { about, of: None, says: says.into() }
    }

    pub(super) fn of(self, of: &Text) -> Self {
        Self { of: Some(of.clone()), ..self }
    }

    /// The sentence without a reason.
    pub(super) fn plain(self, rule: Option<&'static Rule>) -> Sentence {
        Sentence {
            about: self.about,
            of: self.of,
            says: Text::from(format!("{}.", self.says)),
            because: None,
            rule: rule.map(RuleId::of),
            facts: Vec::new(),
            knobs: Vec::new(),
            sources: rule.map(sources).unwrap_or_default(),
        }
    }
}

fn sources(rule: &'static Rule) -> Vec<Source> {
    rule.sources.iter().copied().map(Into::into).collect()
}

/// Which rule decided.
pub(super) enum By<'a, E: Components> {
    /// The verdict names it.
    Rule(RuleNumber<E>),
    /// The most telling one of these.
    OneOf(&'a dyn Fn(&Rule) -> bool),
}

/// A sentence about a component, with its reason.
pub(super) fn told<E: Components<Fact: Placed>>(
    reasons: &Reasons<'_, E>,
    component: E::Component,
    by: &By<'_, E>,
    say: Say,
) -> Sentence {
    with(reasons, &reasons.why(component), by, say)
}

/// The same, for a reason that is known.
pub(super) fn with<E: Components<Fact: Placed>>(
    reasons: &Reasons<'_, E>,
    reason: &Reason<E>,
    by: &By<'_, E>,
    say: Say,
) -> Sentence {
    let rule = match by {
        By::Rule(rule) => Some(*rule),
        By::OneOf(is) => reason.rules.iter().copied().find(|rule| is(rule.rule())),
    };
    let mut decisive: Vec<&Settling<E::Fact>> =
        reason.facts.iter().filter(|one| one.decisive && !one.fact.is_question()).collect();
    // First those without which the rule would not have taken part.
    decisive.sort_by_key(|one| rule.is_none_or(|rule| !reasons.brings(one.fact, rule)));
    let clauses: Vec<&str> = decisive.iter().take(MOST_CLAUSES).map(|one| one.fact.says(one.value)).collect();
    Sentence {
        because: joined(&clauses).map(Text::from),
        facts: reason.facts.iter().map(|one| fact(&reasons.situation, one)).collect(),
        knobs: reason
            .knobs
            .iter()
            .map(|set| ExplainedKnob { knob: Text::fixed(set.id()), value: Value::from(set.option()) })
            .collect(),
        ..say.plain(rule.map(RuleNumber::rule))
    }
}

fn fact<F: Placed>(situation: &Situation<F>, one: &Settling<F>) -> ExplainedFact {
    let Belongs { group, member } = one.fact.belongs_in(situation);
    ExplainedFact {
        name: Text::fixed(one.fact.name()),
        value: Text::fixed(one.fact.value_names().get(one.value).copied().unwrap_or_default()),
        says: Text::fixed(one.fact.says(one.value)),
        decisive: one.decisive,
        belongs_to: BelongsTo {
            group: match group {
                Group::Request => BelongsToGroup::Request,
                Group::Registration => BelongsToGroup::Registration,
                Group::Record => BelongsToGroup::Record,
                Group::Now => BelongsToGroup::Now,
                Group::Server => BelongsToGroup::Server,
            },
            member: Text::fixed(member),
        },
    }
}

/// Clauses as the rest of a sentence.
pub(super) fn joined(clauses: &[&str]) -> Option<String> {
    match clauses.split_last()? {
        (last, []) => Some((*last).to_owned()),
        (last, [first]) => Some(format!("{first}, and {last}")),
        (last, others) => Some(format!("{}, and {last}", others.join(", "))),
    }
}

/// The sentences, with all of them as one text.
pub(super) fn explanation(sentences: Vec<Sentence>) -> Explanation {
    let mut text = Vec::new();
    let mut said: Vec<&Sentence> = Vec::new();
    for sentence in &sentences {
        let again = |same: fn(&Sentence, &Sentence) -> bool| said.iter().any(|other| same(other, sentence));
        let reason = sentence.because.as_deref().filter(|_| !again(|one, other| one.because == other.because));
        text.push(match reason {
            Some(because) => format!("{}: {because}.", sentence.says.trim_end_matches('.')),
            None => sentence.says.as_str().to_owned(),
        });
        // What a rule says is said once.
        text.extend(
            sentence.rule.filter(|_| !again(|one, other| one.rule == other.rule)).map(|rule| stated(rule, sentence)),
        );
        said.push(sentence);
    }
    Explanation { text: Text::from(text.join(" ")), sentences }
}

/// What a rule says, with its first source.
fn stated(rule: RuleId, sentence: &Sentence) -> String {
    let source = match sentence.sources.first() {
        None => String::new(),
        Some(source) if source.section.is_empty() => format!(" ({})", source.title.as_str()),
        Some(source) => format!(" ({}, {})", source.title.as_str(), source.section.as_str()),
    };
    let statement = rule.statement().text().trim_end_matches('.');
    format!("{statement}{source}.")
}
