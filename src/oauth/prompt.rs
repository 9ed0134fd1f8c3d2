//! The prompt parameter, in the union of all vocabularies.

use super::scope::Scopes;
use crate::input::Text;

/// The values of `prompt` as they were written.
///
/// OpenID Connect Core 1.0, section 3.1.2.1: a space-delimited, case-sensitive list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    text: Text,
    /// `none` was written.
    pub none: bool,
    /// `login` was written.
    pub login: bool,
    /// `consent` was written.
    pub consent: bool,
    /// `select_account` was written.
    pub select_account: bool,
    /// `force` was written.
    pub force: bool,
    /// `auto` was written.
    pub auto: bool,
    /// A value was written that no vocabulary has.
    pub unknown: bool,
}

impl Prompt {
    /// Parses the parameter's value.
    #[must_use]
    pub fn parse(text: Option<&Text>) -> Self {
        let Some(text) = text else { return Self::default() };
        let mut prompt = Self { text: text.clone(), ..Self::default() };
        for value in text.as_bytes().split(|byte| *byte == b' ') {
            match value {
                b"" => {}
                b"none" => prompt.none = true,
                b"login" => prompt.login = true,
                b"consent" => prompt.consent = true,
                b"select_account" => prompt.select_account = true,
                b"force" => prompt.force = true,
                b"auto" => prompt.auto = true,
                _ => prompt.unknown = true,
            }
        }
        prompt
    }

    /// Each value once, in the order in which it was written.
    #[must_use]
    pub fn values(&self) -> Scopes {
        Scopes::parse(&self.text)
    }
}
