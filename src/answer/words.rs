//! Words that the summaries of several endpoints share.

use super::issued_tokens::{Lifetime, RefreshToken};
use crate::decide::life::Binding;
use crate::input::Composed;

/// How long a refresh token lives, as the end of a sentence about it.
pub(crate) fn life(said: Composed, token: &RefreshToken) -> Composed {
    match (token.binding, token.lifetime) {
        (_, Lifetime::Session) | (Binding::Session, Lifetime::Unspecified) => said.and_fixed("ends with the session"),
        (Binding::Session, Lifetime::Fixed { seconds }) => {
            duration(said.and_fixed("ends with the session, after "), seconds).and_fixed(" at the latest")
        }
        (_, Lifetime::Fixed { seconds }) => duration(said.and_fixed("lives for "), seconds),
        (_, Lifetime::Idle { seconds }) => duration(said.and_fixed("ends when it is not used for "), seconds),
        (_, Lifetime::UntilRevoked) => said.and_fixed("lives until it is revoked"),
        (_, Lifetime::LongLived) => said.and_fixed("lives long"),
        (_, Lifetime::LongButFinite) => said.and_fixed("lives long, but not for ever"),
        (_, Lifetime::Unspecified) => said.and_fixed("survives the session"),
    }
}

/// Seconds in the largest unit that divides them, as the end of a sentence.
pub(crate) fn duration(said: Composed, seconds: u64) -> Composed {
    let units = [(86_400, " day", " days"), (3600, " hour", " hours"), (60, " minute", " minutes")];
    let (count, one, several) = units
        .into_iter()
        .find(|(size, ..)| seconds >= *size && seconds.is_multiple_of(*size))
        .and_then(|(size, one, several)| seconds.checked_div(size).map(|count| (count, one, several)))
        .unwrap_or((seconds, " second", " seconds"));
    said.and_count(count).and_fixed(if count == 1 { one } else { several })
}
