//! Which scopes were asked for, and which came out.

use serde::Serialize;

/// Requested and granted scopes.
#[derive(Clone, Debug, Serialize)]
pub struct ScopeReport {
    /// As sent.
    pub requested: Vec<String>,
    /// What the result has.
    pub granted: Vec<String>,
    /// Whether an access token is issued whose scope differs from the request (RFC 6749, section 3.3).
    pub must_report: bool,
}
