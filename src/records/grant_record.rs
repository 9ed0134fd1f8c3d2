//! The grant as it is stored. It is read as [`crate::oauth::grant::Grant`].

use serde::Serialize;

/// What this user granted this client, replacing an earlier record of the same `client_id`, `sub` and `grant_id`.
#[derive(Clone, Debug, Serialize)]
pub struct GrantRecord {
    /// The version of this shape.
    pub v: u8,
    /// Where grants are addressed; the server gives one to a new grant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<String>,
    /// The client.
    pub client_id: String,
    /// The user.
    pub sub: String,
    /// Space-delimited.
    pub scope: String,
    /// Offline access was part of it.
    pub offline: bool,
    /// How the consent came about.
    pub how: &'static str,
    /// Kept for later.
    pub remembered: bool,
    /// `active`.
    pub status: &'static str,
    /// Seconds since the epoch.
    pub granted_at: u64,
    /// Seconds since the epoch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<u64>,
    /// Whether a code of it was redeemed.
    pub first_code_exchanged: bool,
    /// Space-delimited scopes that the user refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}
