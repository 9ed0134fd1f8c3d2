//! The answer of the token endpoint in one sentence.

use super::token_decision::TokenDecision;
use crate::answer::words::{duration, life};
use crate::oauth::error::ErrorCode;

/// What a token request got, in one sentence.
pub(super) fn summary(decision: &TokenDecision) -> String {
    if let Some(error) = &decision.error {
        return format!("Refused with {}: {}", error.code.map_or("an error", ErrorCode::name), error.description);
    }
    let access_token = match decision.access_token.as_ref().and_then(|token| token.expires_in) {
        Some(seconds) => format!("an access token for {}", duration(seconds)),
        None => "an access token".to_owned(),
    };
    match &decision.refresh_token {
        Some(token) => format!("The client gets {access_token} and a refresh token that {}.", life(token)),
        None => format!("The client gets {access_token}, and no new refresh token."),
    }
}
