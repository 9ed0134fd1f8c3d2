//! The rules that took part in an answer, with their sources.

use crate::decide::rule::{Rule, RuleNumber, RuleTable, Strength, Trace};
use crate::decide::rules;
#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::{Declared, Description, Wire};
use crate::input::layout::Layout;
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Sentence, Shape, Text, Value};
use crate::sources::Citation;

spelled! {
    /// How binding a rule is in its source.
    Strength {
        /// The source says MUST.
        Must = "MUST",
        /// The source says SHOULD.
        Should = "SHOULD",
        /// The source says MAY, and the policy took it up.
        May = "MAY",
        /// A vendor documents that it behaves so.
        Vendor = "vendor",
        /// No source says so; it follows from what they say.
        Inferred = "inferred",
    }
}

/// The stable id of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleId(&'static Rule);

/// One step of the reasoning: a rule that took part. What it says is looked up where the entry is written; of one that
/// is handed back the id counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TraceEntry(RuleId);

shape! {
    /// One step of the reasoning, in the order in which it was made.
    pub struct WrittenTraceEntry as "TraceEntry" {
        /// The rule that took part.
        needed rule: RuleId,
        /// What it says.
        needed statement: Text,
        /// How binding it is in its source.
        needed strength: Strength,
        /// Where it comes from.
        needed sources: Vec<Source>,
    }
}

shape! {
    /// Where a sentence comes from.
    pub struct Source {
        /// Public name of the document.
        needed title: Text,
        /// Section, comment or paragraph; empty when the whole document is meant.
        needed section: Text,
        /// Address of the document, with the section's anchor where it has one.
        needed address: Text,
    }
}

impl RuleId {
    /// The id of a rule.
    #[must_use]
    pub const fn of(rule: &'static Rule) -> Self {
        Self(rule)
    }

    /// The rule.
    #[must_use]
    pub const fn rule(self) -> &'static Rule {
        self.0
    }

    /// For example `offline.prompt_lacks_consent`.
    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0.id
    }

    /// What the rule says.
    #[must_use]
    pub const fn statement(self) -> Sentence {
        self.0.statement
    }
}

impl<E: RuleTable> From<RuleNumber<E>> for RuleId {
    fn from(number: RuleNumber<E>) -> Self {
        Self::of(number.rule())
    }
}

impl Shape for RuleId {
    const LAYOUT: Layout = Layout::Table(number_of, "is the id of no rule");

    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
    fn write(&self) -> Value {
        self.0.id.into()
    }

    /// The ids stand outside of this engine, which writes numbers ([`Shape::encode`]).
    #[cfg(not(any(not(target_arch = "wasm32"), feature = "sentences")))]
    fn write(&self) -> Value {
        Value::whole(self.0.number.into())
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        let number = from.number()?;
        rules().find(|rule| u64::from(rule.number) == number).map(Self)
    }

    fn encode(&self, to: &mut Encoder) {
        to.number(self.0.number.into());
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Declared(Declared { name: "RuleId", wire: Wire::Table("rule_ids"), example: r#""code.redeemed""# })
    }
}

/// The number of a rule's id.
#[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
fn number_of(id: &str) -> Option<u64> {
    rules().find(|rule| rule.id == id).map(|rule| rule.number.into())
}

/// The ids stand outside of this engine, which is never given one.
#[cfg(not(any(not(target_arch = "wasm32"), feature = "sentences")))]
fn number_of(_id: &str) -> Option<u64> {
    None
}

written_by_serde!(RuleId);

impl TraceEntry {
    /// The rules of a trace, in order.
    #[must_use]
    pub fn list<E: RuleTable>(trace: Trace<E>) -> Vec<Self> {
        let mut entries = Vec::with_capacity(trace.count());
        entries.extend(trace.rules().map(Self::of));
        entries
    }

    /// A rule that took part.
    #[must_use]
    pub const fn of(rule: &'static Rule) -> Self {
        Self(RuleId(rule))
    }

    /// The id of the rule.
    #[must_use]
    pub const fn rule(&self) -> RuleId {
        self.0
    }

    /// Where it comes from.
    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
    #[must_use]
    pub fn sources(&self) -> Vec<Source> {
        self.0.0.sources.iter().copied().map(Into::into).collect()
    }

    /// How binding it is in its source.
    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
    #[must_use]
    pub const fn strength(&self) -> Strength {
        self.0.0.strength
    }

    /// What the rule says.
    #[must_use]
    pub fn statement(&self) -> Text {
        self.0.statement().into()
    }
}

#[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
impl From<&'static Rule> for WrittenTraceEntry {
    fn from(rule: &'static Rule) -> Self {
        Self {
            rule: RuleId::of(rule),
            statement: rule.statement.into(),
            strength: rule.strength,
            sources: rule.sources.iter().copied().map(Into::into).collect(),
        }
    }
}

/// As [`WrittenTraceEntry`].
impl Shape for TraceEntry {
    const LAYOUT: Layout = Layout::Member("rule", &RuleId::LAYOUT);

    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
    fn write(&self) -> Value {
        WrittenTraceEntry::from(self.0.0).write()
    }

    /// What a rule says stands outside of this engine, which writes numbers ([`Shape::encode`]).
    #[cfg(not(any(not(target_arch = "wasm32"), feature = "sentences")))]
    fn write(&self) -> Value {
        self.rule().write()
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Self> {
        RuleId::decode(from).map(Self)
    }

    fn encode(&self, to: &mut Encoder) {
        self.rule().encode(to);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Shared("trace", Box::new(WrittenTraceEntry::describe()))
    }
}

written_by_serde!(TraceEntry);

impl From<Citation> for Source {
    fn from(citation: Citation) -> Self {
        let address = citation.document.address;
        let address = match citation.anchor {
            "" => Text::fixed(address),
            anchor => Text::from(format!("{}#{anchor}", address.split('#').next().unwrap_or(address))),
        };
        Self { title: Text::fixed(citation.document.title), section: Text::fixed(citation.section), address }
    }
}
