//! The answer of the token endpoint, as it is handed over.

use super::token_response::TokenResponse;
use crate::answer::{
    AccessToken, IdTokenClaims, Ignored, PackedSituation, ProtocolError, RefreshToken, ScopeReport, TraceEntry,
};
use crate::effects::Effect;
use crate::input::Composed;

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
        /// What is sent to the client, but for the tokens; `tokenResponse` puts them in.
        needed response: TokenResponse,
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
        /// The situation that was decided, as one short text without personal data: with the policy it says why.
        needed situation: PackedSituation,
        /// The answer in one sentence.
        needed summary: Composed,
    }
}
