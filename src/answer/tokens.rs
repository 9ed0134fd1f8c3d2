//! The tokens that a client gets, and how long they live.

use serde::Serialize;

/// An access token.
#[derive(Clone, Debug, Serialize)]
pub struct AccessToken {
    /// Space-delimited.
    pub scope: String,
    /// Seconds; none when no lifetime is configured.
    pub expires_in: Option<u64>,
    /// `session` or `offline`.
    pub binding: &'static str,
}

/// A refresh token.
#[derive(Clone, Debug, Serialize)]
pub struct RefreshToken {
    /// Space-delimited.
    pub scope: String,
    /// `session` or `offline`.
    pub binding: &'static str,
    /// How long it lives.
    pub lifetime: Lifetime,
    /// `none`, `replaced` or `added`.
    pub rotation: &'static str,
}

/// How long a refresh token lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Lifetime {
    /// Ends with the user's session.
    Session,
    /// Until somebody revokes it.
    UntilRevoked,
    /// Long; the source gives no number.
    LongLived,
    /// Long, and not for ever; the source gives no number.
    LongButFinite,
    /// So many seconds from issuance.
    Fixed {
        /// Seconds.
        seconds: u64,
    },
    /// So many seconds without use.
    Idle {
        /// Seconds.
        seconds: u64,
    },
    /// The source does not say.
    Unspecified,
}
