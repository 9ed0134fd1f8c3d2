//! Decisions in words.

use crate::authorize::decision::{Decision, Lifetime, RefreshToken};

/// The answer in one sentence: what happens now, and the refresh token or why there is none.
#[must_use]
pub(crate) fn summary(decision: &Decision, client_id: Option<&str>) -> String {
    let client = client_id.unwrap_or("The client");
    match decision.outcome {
        "error" => refused(decision, client),
        "login" => "The user signs in first.".to_owned(),
        "reauthenticate" => "The user signs in again, though a session is there.".to_owned(),
        "select_account" => "The user chooses an account first.".to_owned(),
        "consent" => format!("The user is asked; if they approve, {}", gets(decision, client)),
        _ if decision.consent.is_some() => format!("The user was asked and approved: {}", gets(decision, client)),
        _ => format!("The user sees no consent screen: {}", gets(decision, client)),
    }
}

fn refused(decision: &Decision, client: &str) -> String {
    let Some(error) = &decision.error else { return String::new() };
    match (error.code, decision.response.is_some()) {
        (Some(code), true) => format!("{client} gets the error {code}: {}", error.description),
        (Some(code), false) => format!("The user sees an error page ({code}): {}", error.description),
        (None, _) => format!("The user sees an error page, and nothing is redirected: {}", error.description),
    }
}

fn gets(decision: &Decision, client: &str) -> String {
    let Some(tokens) = &decision.tokens else { return String::new() };
    let front = &tokens.front_channel;
    let mut things: Vec<String> = Vec::new();
    if front.access_token.is_some() {
        things.push("an access token in the browser".to_owned());
    }
    if front.id_token {
        things.push("an ID Token in the browser".to_owned());
    }
    let Some(endpoint) = &tokens.token_endpoint else {
        return if things.is_empty() {
            format!("{client} gets an answer without any token.")
        } else {
            format!("{client} gets {}, and no refresh token: {}", things.join(" and "), why_none(decision))
        };
    };
    things.push("an access token".to_owned());
    match &endpoint.refresh_token {
        Some(token) => {
            things.push(format!("a refresh token that {}", life(token)));
            format!("{client} gets {}.", things.join(" and "))
        }
        None => format!("{client} gets {}, and no refresh token: {}", things.join(" and "), why_none(decision)),
    }
}

/// Why no refresh token: what was ignored says it best, else the last rule on refresh tokens.
fn why_none(decision: &Decision) -> String {
    let ignored = decision.ignored.iter().find(|ignored| {
        matches!(ignored.param, "access_type")
            || (ignored.param == "scope"
                && matches!(ignored.value.as_str(), "offline_access" | "online_access" | "refresh_token"))
    });
    if let Some(ignored) = ignored {
        return lower_first(ignored.sentence);
    }
    let about =
        ["tokens.no_refresh_tokens", "tokens.no_code", "tokens.auto_approval_wins", "tokens.none_without_offline"];
    decision
        .trace
        .iter()
        .find(|entry| about.contains(&entry.rule))
        .map(|entry| match entry.rule {
            "tokens.none_without_offline" => "offline access is not part of what was granted.".to_owned(),
            _ => lower_first(entry.statement),
        })
        .unwrap_or_default()
}

fn life(token: &RefreshToken) -> String {
    match (token.binding, token.lifetime) {
        (_, Lifetime::Session) | ("session", Lifetime::Unspecified) => "ends with the session".to_owned(),
        ("session", Lifetime::Fixed { seconds }) => {
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
fn duration(seconds: u64) -> String {
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
fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => sentence.to_owned(),
    }
}

/// What a token request got, in one sentence.
#[must_use]
pub(crate) fn token_summary(decision: &crate::token::TokenDecision) -> String {
    if let Some(error) = &decision.error {
        return format!("Refused with {}: {}", error.code.unwrap_or("an error"), error.description);
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

/// What an event does, in one sentence.
#[must_use]
pub(crate) fn event_summary(decision: &crate::lifecycle::EventDecision) -> String {
    if let Some(error) = &decision.error {
        return format!("Refused: {}", error.description);
    }
    if decision.outcome == "ask_user" {
        return "The user is asked first.".to_owned();
    }
    decision
        .trace
        .iter()
        .rfind(|entry| decision.effects.iter().any(|effect| effect.rule == entry.rule))
        .or(decision.trace.last())
        .map_or_else(|| "Nothing ends.".to_owned(), |entry| entry.statement.to_owned())
}
