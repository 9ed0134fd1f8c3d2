//! How a stage of the token endpoint refuses.

use super::verdict::{Fate, Token, TokenVerdict};
use crate::decide::rule::{RuleNumber, RulesOf};
use crate::oauth::error::ErrorCode;

/// A refusal, and what becomes of the presented record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Refused<R> {
    code: ErrorCode,
    rule: R,
    fate: Fate,
}

impl<R: RulesOf<Token>> Refused<R> {
    /// A refusal that leaves the presented record alone.
    pub(super) const fn by(code: ErrorCode, rule: R) -> Self {
        Self { code, rule, fate: Fate::Untouched }
    }

    /// A refusal that does something to the presented record.
    pub(super) const fn with(code: ErrorCode, rule: R, fate: Fate) -> Self {
        Self { code, rule, fate }
    }

    /// The rule that refused.
    pub(super) fn number(&self) -> RuleNumber<Token> {
        RuleNumber::of(self.rule)
    }

    /// The refusal as a verdict.
    pub(super) fn verdict(self) -> TokenVerdict {
        TokenVerdict::Refuse { code: self.code, fate: self.fate, rule: self.number() }
    }
}
