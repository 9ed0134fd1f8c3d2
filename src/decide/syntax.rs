//! Whether parameters are well formed, at whichever endpoint.

finite! {
    /// Whether the parameters are well formed.
    Syntax {
        /// They are.
        WellFormed,
        /// One is no percent-encoded UTF-8.
        Malformed,
        /// One was sent more than once.
        Repeated,
    }
}
