//! Words that the summaries of several endpoints share.

use super::issued_tokens::{Lifetime, RefreshToken};
use crate::decide::life::Binding;
use crate::input::Composed;

/// How long a refresh token lives, as the end of a sentence about it.
pub(crate) fn life(token: &RefreshToken) -> Composed {
    let say = |words: &'static str| Composed::default().and_fixed(words);
    match (token.binding, token.lifetime) {
        (_, Lifetime::Session) | (Binding::Session, Lifetime::Unspecified) => say("ends with the session"),
        (Binding::Session, Lifetime::Fixed { seconds }) => {
            say("ends with the session, after ").and(duration(seconds)).and_fixed(" at the latest")
        }
        (_, Lifetime::Fixed { seconds }) => say("lives for ").and(duration(seconds)),
        (_, Lifetime::Idle { seconds }) => say("ends when it is not used for ").and(duration(seconds)),
        (_, Lifetime::UntilRevoked) => say("lives until it is revoked"),
        (_, Lifetime::LongLived) => say("lives long"),
        (_, Lifetime::LongButFinite) => say("lives long, but not for ever"),
        (_, Lifetime::Unspecified) => say("survives the session"),
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
