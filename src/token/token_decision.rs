//! The answer of the token endpoint, as it is handed over.

use crate::answer::{AccessToken, Ignored, ProtocolError, RefreshToken, ScopeReport, TraceEntry};
use crate::effects::Effect;
use crate::input::{Composed, Text, Time};

words! {
    /// What a token request gets.
    pub enum TokenOutcome {
        /// Tokens.
        Tokens = "tokens",
        /// A refusal.
        Error = "error",
    }
}

shape! {
    /// The answer to a token request.
    pub struct TokenDecision {
        /// What the request gets.
        needed outcome: TokenOutcome,
        /// Set when the outcome is `error`.
        nullable error: ProtocolError,
        /// Requested and granted scopes of the access token.
        needed scope: ScopeReport,
        /// The access token.
        nullable access_token: AccessToken,
        /// Claims of the ID Token that follow from the records, where one is returned.
        nullable id_token: IdTokenClaims,
        /// The new refresh token, if one is issued.
        nullable refresh_token: RefreshToken,
        /// What was set aside.
        needed ignored: Vec<Ignored>,
        /// What to do with stored records.
        needed effects: Vec<Effect>,
        /// The rules that took part, in order.
        needed trace: Vec<TraceEntry>,
        /// The answer in one sentence.
        needed summary: Composed,
    }
}

shape! {
    /// Claims of an ID Token that follow from the records.
    pub struct IdTokenClaims {
        /// The user.
        needed sub: Text,
        /// The client.
        needed aud: Text,
        /// When the user signed in. Seconds since the epoch.
        nullable auth_time: u64 as Time,
        /// Now. Seconds since the epoch.
        needed iat: u64 as Time,
        /// Only at the code exchange (OpenID Connect Core 1.0, section 12.2).
        nullable nonce: Text,
    }
}
