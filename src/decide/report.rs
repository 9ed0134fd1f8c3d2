//! When a client is told the scope of its access token.

use super::rule::Noted;
use crate::policy::knobs::{Knobs, TokenResponseScope};
use crate::sources::{RFC_6749, SMART_LAUNCH};

rules! {
    /// When the scope of an access token is reported.
    ReportRule;
    ScopeReported = "tokens.scope_reported", Must, "The client is told the scope of its access token where that is not the requested one.", [RFC_6749.at("sections 3.3 and 5.1", "section-5.1")], of [scope];
    ScopeAlwaysReported = "tokens.scope_always_reported", Must, "Every token response says the scope and the lifetime of the access token.", [SMART_LAUNCH.at("Obtain access token", "obtain-access-token")], of [scope];
}

/// When the scope of an access token is reported to the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScopeReported {
    /// There is nothing to report.
    Never,
    /// Where it differs from the requested one.
    IfOther,
    /// In every token response.
    Always,
}

/// When the scope of an access token is reported.
pub(super) fn of(policy: &Knobs, noted: &mut Noted<ReportRule>) -> ScopeReported {
    match policy.token_response_scope {
        TokenResponseScope::IfChanged => {
            noted.note(ReportRule::ScopeReported);
            ScopeReported::IfOther
        }
        TokenResponseScope::Always => {
            noted.note(ReportRule::ScopeAlwaysReported);
            ScopeReported::Always
        }
    }
}
