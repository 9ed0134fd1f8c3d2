//! Words that the summaries of several endpoints share.

use super::issued_tokens::{Lifetime, RefreshToken};
use crate::decide::life::Binding;

/// How long a refresh token lives, as the end of a sentence about it.
pub(crate) fn life(token: &RefreshToken) -> String {
    match (token.binding, token.lifetime) {
        (_, Lifetime::Session) | (Binding::Session, Lifetime::Unspecified) => "ends with the session".to_owned(),
        (Binding::Session, Lifetime::Fixed { seconds }) => {
            format!("ends with the session, after {} at the latest", duration(seconds))
        }
        (_, Lifetime::Fixed { seconds }) => format!("lives for {}", duration(seconds)),
        (_, Lifetime::Idle { seconds }) => format!("ends when it is not used for {}", duration(seconds)),
        (_, Lifetime::UntilRevoked) => "lives until it is revoked".to_owned(),
        (_, Lifetime::LongLived) => "lives long".to_owned(),
        (_, Lifetime::LongButFinite) => "lives long, but not for ever".to_owned(),
        (_, Lifetime::Unspecified) => "survives the session".to_owned(),
    }
}

/// Seconds in the largest unit that divides them.
pub(crate) fn duration(seconds: u64) -> String {
    let units = [(86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")];
    units
        .into_iter()
        .find(|(size, _)| seconds >= *size && seconds.is_multiple_of(*size))
        .and_then(|(size, name)| seconds.checked_div(size).map(|count| (count, name)))
        .map_or_else(
            || format!("{seconds} seconds"),
            |(count, name)| format!("{count} {name}{}", if count == 1 { "" } else { "s" }),
        )
}

/// A sentence that goes on after a colon; words such as offline_access and names keep their case.
pub(crate) fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => sentence.to_owned(),
    }
}
