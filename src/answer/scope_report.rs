//! Which scopes were asked for, and which came out.

use crate::oauth::scope::{Listed, Scopes};

shape! {
    /// Requested and granted scopes.
    pub struct ScopeReport {
        /// As sent.
        needed requested: Scopes as Listed,
        /// What the result has.
        needed granted: Scopes as Listed,
        /// An access token is issued whose scope differs from the request, so that the response has to say it (RFC
        /// 6749, section 3.3).
        needed must_report: bool,
    }
}
