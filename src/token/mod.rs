//! The token endpoint: code exchange, refresh, client credentials.

mod context;
mod expand;

pub(crate) use context::code_ends_at;

use serde::Serialize;

use crate::authorize::decision::{AccessToken, Ignored, ProtocolError, RefreshToken, ScopeReport, TraceEntry};
use crate::decide::token::decide;
use crate::effects::Effect;
use crate::input::{Misuse, Value};
use crate::policy::Policy;

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

/// Redeems a code, or answers client_credentials.
///
/// # Errors
/// On misuse of the interface; whatever the request says is a decision.
pub fn exchange(policy: &Policy, input: &Value) -> Result<TokenDecision, Misuse> {
    let context = context::exchange(input)?;
    let verdict = decide(&policy.knobs, &context.situation(policy));
    Ok(expand::decision(policy, &context, &verdict))
}

/// Answers a refresh request.
///
/// # Errors
/// On misuse of the interface; whatever the request says is a decision.
pub fn refresh(policy: &Policy, input: &Value) -> Result<TokenDecision, Misuse> {
    let context = context::refresh(input)?;
    let verdict = decide(&policy.knobs, &context.situation(policy));
    Ok(expand::decision(policy, &context, &verdict))
}
