//! The answer of the token endpoint in one sentence.

use super::token_decision::TokenDecision;
use crate::answer::words::{duration, life};
use crate::input::Composed;
use crate::oauth::error::ErrorCode;

/// What a token request got, in one sentence.
pub(super) fn summary(decision: &TokenDecision) -> Composed {
    let start = Composed::default();
    if let Some(error) = &decision.error {
        let code = error.code.map_or("an error", ErrorCode::name);
        let start = start.and_fixed("Refused with ").and_fixed(code).and_fixed(": ");
        return start.and(error.description.clone());
    }
    let start = start.and_fixed("The client gets an access token");
    let start = match decision.access_token.as_ref().and_then(|token| token.expires_in) {
        Some(seconds) => duration(start.and_fixed(" for "), seconds),
        None => start,
    };
    match &decision.refresh_token {
        Some(token) => life(start.and_fixed(" and a refresh token that "), token).and_fixed("."),
        None => start.and_fixed(", and no new refresh token."),
    }
}
