//! Which scopes were asked for, and which came out.

shape! {
    /// Requested and granted scopes.
    pub struct ScopeReport {
        /// As sent.
        needed requested: Vec<String>,
        /// What the result has.
        needed granted: Vec<String>,
        /// An access token is issued whose scope differs from the request, so that the response has to say it (RFC
        /// 6749, section 3.3).
        needed must_report: bool,
    }
}
