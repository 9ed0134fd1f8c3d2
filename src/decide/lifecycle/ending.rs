//! What stages of the lifecycle say: a refusal, a question to the user, or what ends.

use super::verdict::{Consequence, Consequences, Lifecycle, LifecycleVerdict, RefusedStatus};
use crate::decide::rule::{Noted, RuleNumber, RulesOf};
use crate::oauth::error::ErrorCode;

/// A refusal.
pub(super) fn refuse<R: RulesOf<Lifecycle>>(
    noted: &mut Noted<R>,
    code: Option<ErrorCode>,
    status: RefusedStatus,
    rule: R,
) -> LifecycleVerdict {
    noted.note(rule);
    LifecycleVerdict::Refuse { code, status, rule: RuleNumber::of(rule) }
}

/// Nothing ends, and a rule says why.
pub(super) fn keeps<R: RulesOf<Lifecycle>>(noted: &mut Noted<R>, rule: R) -> LifecycleVerdict {
    noted.note(rule);
    LifecycleVerdict::Ends(Consequences::default())
}

/// Adds one thing that ends by a rule.
pub(super) fn ends<R: RulesOf<Lifecycle>>(
    noted: &mut Noted<R>,
    consequences: &mut Consequences,
    consequence: Consequence,
    rule: R,
) {
    noted.note(rule);
    consequences.add(consequence, RuleNumber::of(rule));
}
