//! Misuse of the interface. A protocol refusal is never one: that is a decision.

use thiserror::Error;

/// The caller handed over something that is no input.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct Misuse {
    code: MisuseCode,
    path: String,
    message: String,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MisuseCode {
    /// No profile has this name.
    UnknownProfile,
    /// A key that does not exist here.
    UnknownKey,
    /// A key that is needed.
    MissingKey,
    /// A value of another type.
    WrongType,
    /// A value that the key cannot take.
    WrongValue,
    /// A member that the object inherits instead of owning it.
    NotOwnProperty,
    /// A getter or a proxy threw.
    Unreadable,
    /// A string with a lone surrogate.
    MalformedString,
    /// Two values that cannot both hold.
    Contradiction,
    /// Nested deeper than any input is.
    TooDeep,
}

impl MisuseCode {
    /// The stable code.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnknownProfile => "unknown_profile",
            Self::UnknownKey => "unknown_key",
            Self::MissingKey => "missing_key",
            Self::WrongType => "wrong_type",
            Self::WrongValue => "wrong_value",
            Self::NotOwnProperty => "not_own_property",
            Self::Unreadable => "unreadable",
            Self::MalformedString => "malformed_string",
            Self::Contradiction => "contradiction",
            Self::TooDeep => "too_deep",
        }
    }
}

impl Misuse {
    /// Misuse at a path.
    #[must_use]
    pub fn new(code: MisuseCode, path: impl Into<String>, problem: &str) -> Self {
        let path = path.into();
        let message = if path.is_empty() { problem.to_owned() } else { format!("`{path}`: {problem}") };
        Self { code, path, message }
    }

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> MisuseCode {
        self.code
    }

    /// Where in the arguments, for example `session.auth_time`; empty for the argument itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}
