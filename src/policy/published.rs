//! Values of knobs and configuration keys as they are published.

use super::configuration::Configured;
use super::in_force::Policy;
use super::knobs::OptionValue;
use crate::input::{Shape, Value};

impl From<OptionValue> for Value {
    fn from(value: OptionValue) -> Self {
        match value {
            OptionValue::Flag(flag) => Self::Boolean(flag),
            OptionValue::Word(word) => Self::from(word),
        }
    }
}

impl From<Configured> for Value {
    fn from(value: Configured) -> Self {
        match value {
            Configured::Number(number) => number.map_or(Self::Null, Self::whole),
            Configured::Names(names) => names.map_or(Self::Null, |names| names.to_vec().write()),
            Configured::Text(text) => text.map_or(Self::Null, Self::Text),
        }
    }
}

/// Every knob and configuration key of a policy with the value in force.
#[must_use]
pub fn settings(policy: &Policy) -> Vec<(&'static str, Value)> {
    let knobs = policy.knobs.settings().into_iter().map(|setting| (setting.id(), setting.option().into()));
    let configuration = policy.configuration.settings().into_iter().map(|(id, value)| (id, value.into()));
    knobs.chain(configuration).collect()
}
