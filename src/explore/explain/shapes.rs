//! What an explanation looks like when it is handed over.

use crate::answer::{RuleId, Source};
#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::{Declared, Description, Wire};
use crate::input::layout::Layout;
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Codec, Shape, Text, Value};

shape! {
    /// Why a decision is as it is.
    pub struct Explanation {
        /// All sentences, one after the other, each with its reason and its source.
        needed text: Text,
        /// What happens first, then the refresh token, then what was set aside, the scopes, and the records.
        needed sentences: Vec<Sentence>,
    }
}

words! {
    /// What a sentence is about.
    pub enum About as "ExplanationAbout" {
        /// What happens now.
        Outcome = "outcome",
        /// Whether there is a refresh token, and what it is bound to.
        RefreshToken = "refresh_token",
        /// How long the refresh token lives.
        Lifetime = "lifetime",
        /// The access token.
        AccessToken = "access_token",
        /// Something in the request that was set aside.
        Ignored = "ignored",
        /// A scope on the consent page.
        Scope = "scope",
        /// What becomes of the code or the refresh token that was presented.
        Presented = "presented",
        /// What ends.
        Ends = "ends",
        /// A stored record.
        Record = "record",
    }
}

shape! {
    /// One thing that is so, and why.
    pub struct Sentence as "ExplanationSentence" {
        /// What it is about.
        needed about: About,
        /// The parameter, the scope or the record, where there is one for each.
        nullable of: Text,
        /// What is so.
        needed says: Text,
        /// Why, in words: the facts that decide it; null where it needs no reason beside what was said before.
        nullable because: Text,
        /// The rule that decided it; null where none did.
        nullable rule: RuleId,
        /// The facts that settle it: whatever else were otherwise, it would be so. None of them could be left out.
        needed facts: Vec<ExplainedFact>,
        /// The knobs that it hangs on: another value would say something else of this request.
        needed knobs: Vec<ExplainedKnob>,
        /// Where the rule comes from.
        needed sources: Vec<Source>,
    }
}

shape! {
    /// A fact, with its value.
    pub struct ExplainedFact as "ExplanationFact" {
        /// Its name.
        needed name: Text,
        /// Its value.
        needed value: Text,
        /// The same as a clause.
        needed says: Text,
        /// Another value of this fact alone would say something else, and not just refuse the request.
        needed decisive: bool,
        /// Where it comes from.
        needed belongs_to: BelongsTo,
    }
}

words! {
    /// Who has a fact in their hands.
    pub enum BelongsToGroup {
        /// The request.
        Request = "request",
        /// What is registered of the client.
        Registration = "registration",
        /// What is on record.
        Record = "record",
        /// What happens now.
        Now = "now",
        /// The server.
        Server = "server",
    }
}

shape! {
    /// Where a fact comes from.
    pub struct BelongsTo {
        /// Who has it in their hands.
        needed group: BelongsToGroup,
        /// A parameter, a member of the client metadata, of a record or of an answer, or a configuration key.
        needed member: Text,
    }
}

shape! {
    /// A knob, with the value that the policy gives it.
    pub struct ExplainedKnob as "ExplanationKnob" {
        /// The knob.
        needed knob: Text as KnobId,
        /// Its value.
        needed value: Value as WrittenKnobValue,
    }
}

/// The id of a knob.
#[derive(Clone, Copy, Debug)]
pub(super) struct KnobId;

impl Codec<Text> for KnobId {
    const LAYOUT: Layout = <Text as Shape>::LAYOUT;

    fn write(value: &Text) -> Value {
        value.write()
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Text> {
        Text::decode(from)
    }

    fn encode(value: &Text, to: &mut Encoder) {
        value.encode(to);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Declared(Declared { name: "KnobId", wire: Wire::Text, example: r#""auto_approval""# })
    }
}

/// A knob's value, a flag or a word. An explanation is given and not taken: of what is read, it is a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct WrittenKnobValue;

impl Codec<Value> for WrittenKnobValue {
    const LAYOUT: Layout = Layout::Text;

    fn write(value: &Value) -> Value {
        value.write()
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Value> {
        from.text().map(Value::Text)
    }

    fn encode(value: &Value, to: &mut Encoder) {
        value.encode(to);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Declared(Declared { name: "KnobValue", wire: Wire::Text, example: r#""show_consent""# })
    }
}
