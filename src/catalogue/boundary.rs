//! What crosses the boundary: the operations with their shapes, and the tables of what crosses as a number.

use crate::answer::TraceEntry;
use crate::authorize::{AuthorizeInput, Decision, FormPost};
use crate::decide::authorize::verdict::{Authorize, NoRefreshToken};
use crate::decide::reason::Reason;
use crate::decide::rule::RuleTable;
use crate::decide::rules;
use crate::input::describe::Description;
use crate::input::{RULE_SENTENCES, Sentence, Shape, Text, Value};
use crate::lifecycle::{EventDecision, EventInput, ManageGrantInput, RevokeInput, Status, StatusInput};
use crate::policy::PolicyWarning;
use crate::simulate::Moment;
use crate::token::{ExchangeInput, FullTokenResponse, RefreshInput, TokenDecision};

/// Something that the package asks the engine.
#[derive(Debug)]
pub struct Operation {
    /// How the package calls it.
    pub name: &'static str,
    /// Whether the engine for pages knows it, too.
    pub of_pages: bool,
    /// What is handed in; none where it is handed in as values.
    pub input: Option<Description>,
    /// What comes back.
    pub answer: Description,
}

fn typed<I: Shape, A: Shape>(name: &'static str) -> Operation {
    Operation { name, of_pages: false, input: Some(I::describe()), answer: A::describe() }
}

fn untyped<A: Shape>(name: &'static str) -> Operation {
    Operation { name, of_pages: false, input: None, answer: A::describe() }
}

impl Operation {
    fn of_pages(self) -> Self {
        Self { of_pages: true, ..self }
    }
}

/// Every operation whose input or answer has a shape.
#[must_use]
pub fn operations() -> Vec<Operation> {
    vec![
        typed::<AuthorizeInput, Decision>("authorize").of_pages(),
        untyped::<Text>("location"),
        untyped::<FormPost>("form"),
        typed::<ExchangeInput, TokenDecision>("exchange"),
        typed::<RefreshInput, TokenDecision>("refresh"),
        typed::<RevokeInput, EventDecision>("revoke"),
        typed::<ManageGrantInput, EventDecision>("manageGrant"),
        typed::<EventInput, EventDecision>("event"),
        typed::<StatusInput, Status>("status"),
        untyped::<FullTokenResponse>("tokenResponse"),
        untyped::<Value>("settings").of_pages(),
        untyped::<Vec<PolicyWarning>>("warnings").of_pages(),
        untyped::<Moment>("step"),
    ]
}

/// Every sentence at the place of its number; places without a sentence are empty.
#[must_use]
pub fn sentences() -> Vec<&'static str> {
    let reasons = Reason::ALL.iter().map(|reason| reason.sentence());
    let others = NoRefreshToken::OWN.iter().map(|why| why.sentence());
    let all: Vec<Sentence> = reasons.chain(others).chain(rules().map(|rule| rule.statement)).collect();
    let length = all.iter().map(|sentence| usize::from(sentence.number())).max().unwrap_or(0).saturating_add(1);
    let mut table = vec![""; length.max(usize::from(RULE_SENTENCES))];
    for sentence in all {
        if let Some(place) = table.get_mut(usize::from(sentence.number())) {
            *place = sentence.text();
        }
    }
    table
}

/// How many rules the engine for pages knows: those of authorization requests, which are the first.
#[must_use]
pub fn rules_of_pages() -> usize {
    Authorize::TABLES.iter().map(|table| table.len()).sum()
}

/// Every rule as it stands in a trace, at the place of its number.
#[must_use]
pub fn trace() -> Vec<TraceEntry> {
    rules().map(TraceEntry::of).collect()
}
