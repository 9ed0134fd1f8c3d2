//! The prompt parameter, in the union of all vocabularies.

use super::scope::Scopes;
use crate::input::Text;

/// The values of `prompt` as they were written.
///
/// OpenID Connect Core 1.0, section 3.1.2.1: a space-delimited, case-sensitive list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    /// Each value once, in the order in which it was written.
    pub values: Vec<Text>,
}

impl Prompt {
    /// Parses the parameter's value.
    #[must_use]
    pub fn parse(text: Option<&Text>) -> Self {
        let values: Scopes =
            text.into_iter().flat_map(|text| text.split(' ')).filter(|value| !value.is_empty()).collect();
        Self { values: values.to_vec() }
    }

    /// Whether a value was written.
    #[must_use]
    pub fn contains(&self, value: &str) -> bool {
        self.values.iter().any(|known| known == value)
    }
}
