//! A decision on an authorization request in one sentence.

use super::decision::{Decision, DecisionOutcome, TokenSet};
use crate::answer::words::{life, lower_first};

/// The answer in one sentence: what happens now, and the refresh token or why there is none.
pub(super) fn summary(decision: &Decision, client_id: Option<&str>) -> String {
    let client = client_id.unwrap_or("The client");
    match decision.outcome {
        DecisionOutcome::Error => refused(decision, client),
        DecisionOutcome::Login => "The user signs in first.".to_owned(),
        DecisionOutcome::Reauthenticate => "The user signs in again, though a session is there.".to_owned(),
        DecisionOutcome::SelectAccount => "The user chooses an account first.".to_owned(),
        DecisionOutcome::Consent => format!("The user is asked; if they approve, {}", gets(decision, client)),
        DecisionOutcome::Issue if decision.consent.is_some() => {
            format!("The user was asked and approved: {}", gets(decision, client))
        }
        DecisionOutcome::Issue => format!("The user sees no consent screen: {}", gets(decision, client)),
    }
}

fn refused(decision: &Decision, client: &str) -> String {
    let Some(error) = &decision.error else { return String::new() };
    match (error.code, decision.response.is_some()) {
        (Some(code), true) => format!("{client} gets the error {}: {}", code.name(), error.description),
        (Some(code), false) => format!("The user sees an error page ({}): {}", code.name(), error.description),
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
            format!("{client} gets {}, and no refresh token: {}", things.join(" and "), why_none(tokens))
        };
    };
    things.push("an access token".to_owned());
    match &endpoint.refresh_token {
        Some(token) => {
            things.push(format!("a refresh token that {}", life(token)));
            format!("{client} gets {}.", things.join(" and "))
        }
        None => format!("{client} gets {}, and no refresh token: {}", things.join(" and "), why_none(tokens)),
    }
}

/// Why no refresh token, as the end of a sentence.
fn why_none(tokens: &TokenSet) -> String {
    lower_first(&tokens.refresh_token_because.sentence)
}
