//! How a stage refuses.

use super::rule::{RuleNumber, RuleTable, RulesOf};
use crate::oauth::error::{ErrorCode, ErrorPlacement};

/// A refusal by a rule: of a stage while it is on its way, and of an engine in a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Refusal<R> {
    /// None where the standard names none.
    pub code: Option<ErrorCode>,
    /// Where it is put.
    pub placement: ErrorPlacement,
    /// The rule that refused.
    pub rule: R,
}

impl<R> Refusal<R> {
    /// The same refusal by a rule of an engine's table.
    #[must_use]
    pub fn of_engine<E: RuleTable>(self) -> Refusal<RuleNumber<E>>
    where
        R: RulesOf<E>,
    {
        Refusal { code: self.code, placement: self.placement, rule: RuleNumber::of(self.rule) }
    }
}
