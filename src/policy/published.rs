//! Values of knobs and configuration keys as they are published.

use serde::Serialize;

use super::configuration::Configured;
use super::in_force::Policy;
use super::knobs::OptionValue;

/// A value of a knob or a configuration key.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum PublishedValue {
    /// A flag.
    Flag(bool),
    /// A word.
    Word(&'static str),
    /// A number, or null.
    Number(Option<u64>),
    /// A list, or null.
    Names(Option<Vec<String>>),
    /// A text, or null.
    Text(Option<String>),
}

impl From<OptionValue> for PublishedValue {
    fn from(value: OptionValue) -> Self {
        match value {
            OptionValue::Flag(flag) => Self::Flag(flag),
            OptionValue::Word(word) => Self::Word(word),
        }
    }
}

impl From<Configured> for PublishedValue {
    fn from(value: Configured) -> Self {
        match value {
            Configured::Number(number) => Self::Number(number),
            Configured::Names(names) => Self::Names(names),
            Configured::Text(text) => Self::Text(text),
        }
    }
}

/// Every knob and configuration key of a policy with the value in force.
#[must_use]
pub fn settings(policy: &Policy) -> Vec<(&'static str, PublishedValue)> {
    let knobs = policy.knobs.settings().into_iter().map(|setting| (setting.id(), setting.option().into()));
    let configuration = policy.configuration.settings().into_iter().map(|(id, value)| (id, value.into()));
    knobs.chain(configuration).collect()
}
