//! Words that the summaries of several endpoints share.

use super::issued_tokens::{Lifetime, RefreshToken};
use crate::decide::life::Binding;

/// How long a refresh token lives, as the end of a sentence about it.
pub(crate) fn life(text: &mut String, token: &RefreshToken) {
    match (token.binding, token.lifetime) {
        (_, Lifetime::Session) | (Binding::Session, Lifetime::Unspecified) => text.push_str("ends with the session"),
        (Binding::Session, Lifetime::Fixed { seconds }) => {
            text.push_str("ends with the session, after ");
            duration(text, seconds);
            text.push_str(" at the latest");
        }
        (_, Lifetime::Fixed { seconds }) => {
            text.push_str("lives for ");
            duration(text, seconds);
        }
        (_, Lifetime::Idle { seconds }) => {
            text.push_str("ends when it is not used for ");
            duration(text, seconds);
        }
        (_, Lifetime::UntilRevoked) => text.push_str("lives until it is revoked"),
        (_, Lifetime::LongLived) => text.push_str("lives long"),
        (_, Lifetime::LongButFinite) => text.push_str("lives long, but not for ever"),
        (_, Lifetime::Unspecified) => text.push_str("survives the session"),
    }
}

/// Seconds in the largest unit that divides them.
pub(crate) fn duration(text: &mut String, seconds: u64) {
    let units = [(86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")];
    let (count, unit) = units
        .into_iter()
        .find(|(size, _)| seconds >= *size && seconds.is_multiple_of(*size))
        .and_then(|(size, unit)| seconds.checked_div(size).map(|count| (count, unit)))
        .unwrap_or((seconds, "second"));
    number(text, count);
    text.push(' ');
    text.push_str(unit);
    if count != 1 {
        text.push('s');
    }
}

fn number(text: &mut String, number: u64) {
    if let Some(tens) = number.checked_div(10).filter(|tens| *tens > 0) {
        self::number(text, tens);
    }
    text.extend(char::from_digit(u32::try_from(number.checked_rem(10).unwrap_or(0)).unwrap_or(0), 10));
}

/// A sentence that goes on after a colon; words such as offline_access and names keep their case.
pub(crate) fn lower_first(text: &mut String, sentence: &str) {
    let mut letters = sentence.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            text.extend(first.to_lowercase());
            text.push_str(letters.as_str());
        }
        _ => text.push_str(sentence),
    }
}
