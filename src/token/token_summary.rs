//! The answer of the token endpoint in one sentence.

use super::token_decision::TokenDecision;
use crate::answer::words::{duration, life};
use crate::oauth::error::ErrorCode;

/// What a token request got, in one sentence.
pub(super) fn summary(decision: &TokenDecision) -> String {
    let mut text = String::with_capacity(160);
    if let Some(error) = &decision.error {
        let code = error.code.map_or("an error", ErrorCode::name);
        text.extend(["Refused with ", code, ": ", &error.description]);
        return text;
    }
    text.push_str("The client gets an access token");
    if let Some(seconds) = decision.access_token.as_ref().and_then(|token| token.expires_in) {
        text.push_str(" for ");
        duration(&mut text, seconds);
    }
    match &decision.refresh_token {
        Some(token) => {
            text.push_str(" and a refresh token that ");
            life(&mut text, token);
            text.push('.');
        }
        None => text.push_str(", and no new refresh token."),
    }
    text
}
