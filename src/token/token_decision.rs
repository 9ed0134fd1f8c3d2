//! The answer of the token endpoint, as it is handed over.

use serde::Serialize;

use crate::answer::{AccessToken, Ignored, ProtocolError, RefreshToken, ScopeReport, TraceEntry};
use crate::effects::Effect;

/// The answer to a token request.
#[derive(Clone, Debug, Serialize)]
pub struct TokenDecision {
    /// `tokens` or `error`.
    pub outcome: &'static str,
    /// Set when the outcome is `error`.
    pub error: Option<ProtocolError>,
    /// Requested and granted scopes of the access token.
    pub scope: ScopeReport,
    /// The access token.
    pub access_token: Option<AccessToken>,
    /// Claims of the ID Token that follow from the records, where one is returned.
    pub id_token: Option<IdTokenClaims>,
    /// The new refresh token, where one is issued.
    pub refresh_token: Option<RefreshToken>,
    /// What was set aside.
    pub ignored: Vec<Ignored>,
    /// What to do with stored records.
    pub effects: Vec<Effect>,
    /// The rules that took part.
    pub trace: Vec<TraceEntry>,
    /// The answer in one sentence.
    pub summary: String,
}

/// Claims of an ID Token that follow from the records.
#[derive(Clone, Debug, Serialize)]
pub struct IdTokenClaims {
    /// The user.
    pub sub: String,
    /// The client.
    pub aud: String,
    /// When the user signed in, in seconds since the epoch.
    pub auth_time: Option<u64>,
    /// Now, in seconds since the epoch.
    pub iat: u64,
    /// Only at the code exchange (OpenID Connect Core 1.0, section 12.2).
    pub nonce: Option<String>,
}
